"""What pages show while something is missing: the network, the host, a login, an answer, or everything."""

import re

from playwright.sync_api import expect

from story import Story

LIVE = "#link-chip[data-link=live]"
LOOKED = "document.dispatchEvent(new Event('visibilitychange'))"
GONE = ("WebSocket connection|ERR_CONNECTION_REFUSED|Failed to load resource",)


class States(Story):
    def with_status(self, page, status: str, platform: str = "kick", missing: tuple[str, ...] = ()):
        """As if that platform's login had come to this."""

        def answer(route):
            reply = route.fetch()
            session = reply.json()
            for one in session["data"]["connectedPlatforms"]:
                if one["platform"] == platform:
                    one["status"] = status
                    one["missingScopes"] = list(missing)
            route.fulfill(response=reply, json=session)

        page.route("**/api/session", answer)

    def hold_first(self, page, address) -> list:
        """Keeps the first request to an address waiting; the ones after it go through."""
        held = []
        page.route(address, lambda route: route.continue_() if held else held.append(route))
        return held

    def test_offline_and_back(self):
        page = self.sign_in("/dashboard/alerts")
        expect(page.locator(LIVE)).to_be_attached()
        self.context.set_offline(True)
        expect(page.locator("#link-text")).to_have_text("Offline")
        expect(page.locator("#alerts-offline")).to_be_visible()
        self.context.set_offline(False)
        expect(page.locator("#link-text")).to_have_text("No overlay open")
        expect(page.locator("#alerts-offline")).to_be_hidden()

    def test_a_host_that_is_away_is_waited_for_and_what_was_known_stays(self):
        page = self.sign_in()
        self.api("POST", "/api/events/test", {"type": "event:follow"})
        row = page.locator("#events-list li")
        expect(row).to_have_count(1)
        with self.complaining(*GONE):
            self.host.stop()
            expect(page.locator("#link-text")).to_have_text(re.compile(r"Reconnecting in [1-4] s"))
            expect(row).to_have_count(1)
            expect(page.locator("#greeting")).to_contain_text("demo")
            self.host.start()
            expect(page.locator(LIVE)).to_be_attached()
        self.api("POST", "/api/events/test", {"type": "event:raid"})
        expect(row).to_have_count(2)

    def test_an_expired_login_is_renewed_in_place_and_nobody_is_logged_out(self):
        page = self.sign_in()
        self.with_status(page, "needs-login")
        self.open("/dashboard", page)
        row = page.locator("#connections-list li[data-platform=kick]")
        expect(row.locator(".badge.bad")).to_have_text("Expired")
        expect(row.get_by_role("link", name="Reconnect Kick")).to_have_attribute(
            "href", "/auth/login/kick?intent=connect"
        )
        partial = page.locator("#events-partial")
        expect(partial).to_contain_text("Kick events are missing. Reconnect Kick")
        # What is there is shown all the same.
        self.api("POST", "/api/events/test", {"type": "event:follow"})
        expect(page.locator("#events-list li")).to_have_count(1)

        self.open("/dashboard/settings", page)
        row = page.locator("#connections li[data-platform=kick]")
        expect(row.locator(".badge.bad")).to_have_text("Expired")
        expect(row).to_contain_text("Events from Kick are not arriving.")
        expect(row.get_by_role("link", name="Reconnect Kick")).to_be_visible()
        expect(page).to_have_url(re.compile("/dashboard/settings$"))

    def test_a_login_that_ends_while_the_settings_are_open_is_told_there_and_what_is_typed_stays(self):
        page = self.sign_in("/dashboard/settings")
        row = page.locator("#connections li[data-platform=kick]")
        followers = row.get_by_label("Followers at the start")
        followers.fill("12")
        self.with_status(page, "needs-login")
        page.evaluate(LOOKED)
        expect(row.locator(".badge.bad")).to_have_text("Expired")
        expect(row).to_contain_text("Events from Kick are not arriving.")
        expect(row.get_by_role("link", name="Reconnect Kick")).to_be_visible()
        expect(followers).to_be_focused()

        # It heals behind an open question, and who leaves that is where they were.
        disconnect = row.get_by_role("button", name="Disconnect Kick")
        disconnect.click()
        dialog = page.get_by_role("dialog", name="Disconnect Kick?")
        expect(dialog).to_be_visible()
        self.with_status(page, "connected")
        page.evaluate(LOOKED)
        expect(row.locator(".badge.ok")).to_have_text("Connected")
        expect(row.locator("a")).to_have_count(0)
        dialog.get_by_role("button", name="Cancel").click()
        expect(disconnect).to_be_focused()
        expect(followers).to_have_value("12")

    def test_a_login_with_too_few_rights_is_said_to_work_on_and_renewed_in_place(self):
        page = self.sign_in()
        self.with_status(page, "needs-login", "twitch", ("bits:read",))
        for path, place in (("/dashboard", "#connections-list"), ("/dashboard/settings", "#connections")):
            with self.subTest(path):
                self.open(path, page)
                row = page.locator(f"{place} li[data-platform=twitch]")
                expect(row.locator(".badge.warn")).to_have_text("Needs a new login")
                expect(row.get_by_role("link", name="Reconnect Twitch")).to_have_attribute(
                    "href", "/auth/login/twitch?intent=connect"
                )
                said = page.locator("#events-partial") if path == "/dashboard" else row
                expect(said).to_contain_text("needs more rights on Twitch")
                expect(said).to_contain_text("What worked goes on")
                expect(page.locator("body")).not_to_contain_text("Twitch events are missing")

    def test_a_platform_that_does_not_answer_is_a_notice_and_no_more(self):
        page = self.sign_in()
        self.with_status(page, "connecting", "twitch")
        self.open("/dashboard", page)
        expect(page.locator("#events-partial")).to_contain_text("Twitch does not answer at the moment")
        expect(page.locator("#number-goal")).to_have_text("0 / 100")
        expect(page.locator("#number-messages")).to_have_text("0")
        overlay = self.overlay()
        expect(overlay.locator("#stage")).to_be_attached()

    def test_what_takes_long_says_so_and_can_be_asked_for_again(self):
        self.context.clock.install()
        page = self.sign_in()
        held = self.hold_first(page, re.compile(r"/api/themes\?"))
        page.goto(f"{self.host.base}/dashboard/theme")
        body = page.locator("#themes .stack").first
        expect(body.locator(".skeleton")).to_have_count(3)
        # Seen at once: who sees them has waited 150 ms before they came.
        expect(body.locator(".skeleton").first).to_have_css("animation-delay", "0s")
        expect(body.get_by_text("Still loading")).to_have_count(0)
        self.context.clock.fast_forward(8_100)
        expect(body.get_by_text("Still loading")).to_be_visible()
        body.get_by_role("button", name="Try again").click()
        expect(page.locator("#theme-choice option")).to_have_count(1)
        # The first answer, when it comes at last, changes nothing.
        held[0].continue_()
        expect(page.locator("#theme-choice option")).to_have_count(1)

    def test_the_events_of_Home_take_long_too_and_come_once(self):
        self.context.clock.install()
        page = self.sign_in()
        self.api("POST", "/api/events/test", {"type": "event:follow"})
        lists = re.compile(r"/api/events\?types=event:\*,stream")
        held = self.hold_first(page, lists)
        page.goto(f"{self.host.base}/dashboard")
        self.context.clock.fast_forward(8_100)
        expect(page.locator("#events-slow")).to_be_visible()
        page.locator("#events-slow").get_by_role("button", name="Try again").click()
        expect(page.locator("#events-list li")).to_have_count(1)
        with page.expect_response(lists):
            held[0].continue_()
        expect(page.locator("#events-list li")).to_have_count(1)

    def test_a_part_that_fails_says_so_alone_with_its_code(self):
        page = self.sign_in()
        page.route("**/api/sessions*", lambda route: route.fulfill(
            status=503, json={"error": {"code": "UNAVAILABLE", "message": "A table is locked."}}
        ))
        with self.complaining("503"):
            page.goto(f"{self.host.base}/dashboard/settings")
            part = page.locator("#sessions")
            expect(part.get_by_role("alert")).to_contain_text("The host cannot do this at the moment.")
        expect(part.locator("code")).to_have_text("E503")
        expect(page.locator("#profile").get_by_label("Display name")).to_have_value("demo")
        page.unroute("**/api/sessions*")
        part.get_by_role("button", name="Try again").click()
        expect(part.locator("li")).to_have_count(1)

    def test_alerts_that_do_not_come_say_so_and_claim_nothing(self):
        page = self.sign_in()
        page.route("**/api/alerts", lambda route: route.fulfill(
            status=500, json={"error": {"code": "INTERNAL_ERROR", "message": "Something."}}
        ))
        with self.complaining("500"):
            page.goto(f"{self.host.base}/dashboard/alerts")
            expect(page.locator("#alerts-failed")).to_contain_text("Your overlay is not affected.")
            expect(page.get_by_text("Nothing is waiting.")).to_be_hidden()
            expect(page.locator("#link-text")).to_have_text("No overlay open")
        page.unroute("**/api/alerts")
        page.locator("#alerts-failed").get_by_role("button", name="Try again").click()
        expect(page.get_by_text("Nothing is waiting.")).to_be_visible()

    def test_alerts_that_did_not_come_are_asked_for_again_when_the_page_is_looked_at(self):
        page = self.sign_in()
        lists = re.compile(r"/api/events\?types=")
        page.route(lists, lambda route: route.fulfill(
            status=500, json={"error": {"code": "INTERNAL_ERROR", "message": "Something."}}
        ))
        with self.complaining("500"):
            page.goto(f"{self.host.base}/dashboard/alerts")
            expect(page.locator("#alerts-failed")).to_be_visible()
            with page.expect_response(lists):
                page.evaluate(LOOKED)
            expect(page.locator("#alerts-failed")).to_be_visible()
            expect(page.get_by_text("Nothing is waiting.")).to_be_hidden()
        page.unroute(lists)
        page.evaluate(LOOKED)
        expect(page.get_by_text("Nothing is waiting.")).to_be_visible()

    def test_a_part_that_is_asked_for_again_leaves_what_is_typed_in_another(self):
        page = self.sign_in()
        page.route("**/api/session", lambda route: route.fulfill(
            status=503, json={"error": {"code": "UNAVAILABLE", "message": "A table is locked."}}
        ))
        with self.complaining("503"):
            self.open("/dashboard", page)
            expect(page.locator("#connections-failed")).to_be_visible()
            # More than one part asks.
            page.wait_for_load_state("networkidle")
        name = page.locator("#setup").get_by_label("Display name")
        name.fill("Half a na")
        page.unroute("**/api/session")
        page.locator("#connections-retry").click()
        expect(page.locator("#connections-list li")).to_have_count(2)
        page.wait_for_load_state("networkidle")
        expect(name).to_have_value("Half a na")

    def test_a_failure_is_said_in_the_language_of_the_page(self):
        page = self.sign_in("/dashboard/settings", self.new_context(locale="de-DE"))
        page.route("**/api/settings", lambda route: route.fulfill(
            status=429, json={"error": {"code": "RATE_LIMITED", "message": "Too many requests."}}
        ))
        with self.complaining("429"):
            page.locator("#profile .actions .button").click()
            said = "Das war zu oft in einer Minute. Nichts wurde geändert."
            expect(page.locator(".toast.bad")).to_contain_text(said)
        expect(page.locator(".toast.bad code")).to_have_text("E429")

    def test_a_session_that_ends_asks_to_sign_in_and_leaves_what_was_typed(self):
        page = self.sign_in("/dashboard/settings")
        page.locator("#display-name").fill("Not lost")
        # Another tab of the same browser signs out.
        other = self.open("/dashboard", self.context.new_page())
        other.locator("#account-button").click()
        other.get_by_role("button", name="Log out").click()
        other.wait_for_url(lambda address: "/dashboard" not in address)
        with self.complaining("401"):
            page.locator("#profile").get_by_role("button", name="Save name").click()
            dialog = page.get_by_role("dialog", name="Sign in again?")
            expect(dialog).to_contain_text("nothing was sent")
        dialog.get_by_role("button", name="Cancel").click()
        expect(page.locator("#display-name")).to_have_value("Not lost")

    def test_nothing_yet_is_one_sentence_and_one_thing_to_do(self):
        page = self.sign_in()
        empty = page.locator("#events-empty")
        expect(empty).to_contain_text("Send a test event to see how it looks.")
        empty.get_by_role("button", name="Send test follow").click()
        expect(page.locator("#events-list li")).to_have_count(1)
        expect(empty).to_be_hidden()
