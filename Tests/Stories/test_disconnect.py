"""A platform that is let go, and the last one that is not; what Kick cannot do, and what is typed for it."""

import contextlib
import re

from playwright.sync_api import expect

from places import PLATFORMS
from story import Story


class Disconnect(Story):
    def test_what_is_lost_is_said_first_and_the_last_platform_stays(self):
        page = self.sign_in("/dashboard/settings")
        part = page.locator("section#connections")
        kick = part.locator("li[data-platform=kick]")
        kick.get_by_role("button", name="Disconnect Kick").click()
        dialog = page.get_by_role("dialog", name="Disconnect Kick?")
        expect(dialog).to_contain_text("its overlay address no longer works")
        dialog.get_by_role("button", name="Cancel").click()
        self.assertEqual(len(self.api("GET", "/api/session")["connectedPlatforms"]), 2)

        kick.get_by_role("button", name="Disconnect Kick").click()
        dialog.get_by_role("button", name="Disconnect Kick").click()
        expect(kick).to_contain_text("Not connected")
        expect(page.locator(".toast")).to_contain_text("Kick is disconnected")
        left = [one["platform"] for one in self.api("GET", "/api/session")["connectedPlatforms"]]
        self.assertEqual(left, ["twitch"])

        part.get_by_role("button", name="Disconnect Twitch").click()
        expect(page.locator(".toast.bad")).to_contain_text("You must have at least one platform connected")
        self.api("DELETE", "/api/connections/twitch", status=409)
        self.assertEqual(len(self.api("GET", "/api/session")["connectedPlatforms"]), 1)

    def test_a_question_stays_until_it_is_known_what_came_of_it(self):
        page = self.sign_in("/dashboard/settings")
        opener = page.locator("section#connections").get_by_role("button", name="Disconnect Kick")
        opener.click()
        dialog = page.get_by_role("dialog", name="Disconnect Kick?")
        accept = dialog.get_by_role("button", name="Disconnect Kick")
        cancel = dialog.get_by_role("button", name="Cancel")
        held = []
        page.route("**/api/connections/kick", lambda route: held.append(route))
        with page.expect_request("**/api/connections/kick"):
            accept.click()
        expect(accept).to_have_attribute("aria-busy", "true")
        expect(cancel).to_be_disabled()
        # Chromium asks a page about the first of two only.
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        page.mouse.click(5, 5)
        expect(dialog).to_be_visible()

        with self.complaining("503"):
            held[0].fulfill(status=503, json={"error": {"code": "UNAVAILABLE", "message": "A table is locked."}})
            expect(dialog.get_by_role("alert")).to_contain_text("E503")
        expect(accept).not_to_have_attribute("aria-busy", "true")
        expect(cancel).to_be_enabled()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()
        self.assertEqual(len(self.api("GET", "/api/session")["connectedPlatforms"]), 2)

    def test_followers_before_the_start_are_told_for_Kick(self):
        page = self.sign_in("/dashboard/settings")
        row = page.locator("section#connections li[data-platform=kick]")
        field = row.get_by_label("Followers at the start")
        expect(field).to_have_value("")
        expect(field).to_have_accessible_description(re.compile("^Kick tells nobody"))
        save = row.get_by_role("button", name="Save followers")
        for wrong in ("", "-1", "1000000001", "1.5"):
            field.fill(wrong)
            save.click()
            expect(field).to_have_attribute("aria-invalid", "true")
            expect(field).to_have_accessible_description(re.compile("^Enter a whole number"))
            expect(field).to_be_focused()
        self.assertIsNone(self.kept())
        field.fill("1234")
        expect(field).not_to_have_attribute("aria-invalid", "true")
        with self.refusing(page):
            save.click()
            expect(page.locator(".toast.bad")).to_contain_text("E503")
        expect(field).to_have_value("1234")
        self.assertIsNone(self.kept())
        save.click()
        expect(page.locator(".toast").last).to_contain_text("Saved")
        self.assertEqual(self.kept(), 1234)
        for most in (0, 1_000_000_000):
            field.fill(str(most))
            with page.expect_response("**/api/connections/kick"):
                page.keyboard.press("Tab")
                page.keyboard.press("Enter")
            self.assertEqual(self.kept(), most)
        self.open("/dashboard/settings", page)
        expect(field).to_have_value("1000000000")
        # Nothing is counted anew where nothing was changed.
        asked = []
        page.on("request", lambda request: asked.append(request.url) if request.method == "PUT" else None)
        save.click()
        expect(field).to_be_focused()
        self.assertEqual(asked, [])
        # Twitch tells the number itself.
        twitch = page.locator("section#connections li[data-platform=twitch]")
        expect(twitch.get_by_label("Followers at the start")).to_have_count(0)

    def kept(self) -> int | None:
        """How many followers the host counts from."""
        export = self.context.request.get(f"{self.host.base}/api/account/export").json()
        return {one["platform"]: one["followersAtStart"] for one in export["channels"]}["kick"]

    @contextlib.contextmanager
    def refusing(self, page):
        """The host is there and cannot do it for a while."""
        page.route("**/api/connections/kick", lambda route: route.fulfill(
            status=503, json={"error": {"code": "UNAVAILABLE", "message": "A table is locked."}}
        ))
        with self.complaining("503"):
            yield
        page.unroute("**/api/connections/kick")


# As the page is where PUBLIC_URL is one of HTTPS, before any of its modules looks.
ENCRYPTED = """new MutationObserver((_, observer) => {
  if (!document.body) return
  Object.assign(document.body.dataset, { delivers: "yes", sockets: "" })
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })"""


class EventWays(Story):
    """How events come to a host, at which both platforms are offered."""

    environment = PLATFORMS

    def test_without_HTTPS_connecting_Kick_says_first_that_nothing_comes(self):
        page = self.sign_in()
        self.api("DELETE", "/api/connections/kick")
        page.route("**/auth/login/kick*", lambda route: route.fulfill(body="<title>the login</title>"))
        for path, place in (("/dashboard/settings", "#connections"), ("/dashboard", "#connections-list")):
            with self.subTest(path):
                self.open(path, page)
                button = page.locator(place).get_by_role("button", name="Connect Kick")
                button.click()
                dialog = page.get_by_role("dialog", name="Kick cannot deliver here. Connect anyway?")
                expect(dialog).to_contain_text("nothing from Kick arrives")
                expect(dialog).to_contain_text("set PUBLIC_URL to that address")
                dialog.get_by_role("button", name="Cancel").click()
                expect(dialog).to_have_count(0)
                expect(button).to_be_focused()
                expect(page).to_have_url(f"{self.host.base}{path}")
                page.keyboard.press("Enter")
                dialog.get_by_role("button", name="Connect anyway").click()
                expect(page).to_have_url(re.compile(r"/auth/login/kick\?intent=connect$"))

    def test_the_settings_say_how_events_come_without_HTTPS(self):
        part = self.sign_in("/dashboard/settings").locator("section#connections")
        twitch, kick = (part.locator(f"li[data-platform={platform}]") for platform in ("twitch", "kick"))
        expect(twitch).to_contain_text("Events come over a socket of Twitch while a page is open.")
        expect(kick).to_contain_text("Kick cannot deliver events here")

    def test_under_HTTPS_both_deliver_and_nothing_is_asked(self):
        page = self.sign_in()
        page.add_init_script(ENCRYPTED)
        self.open("/dashboard/settings", page)
        part = page.locator("section#connections")
        for name in ("Twitch", "Kick"):
            row = part.locator(f"li[data-platform={name.lower()}]")
            expect(row).to_contain_text(f"{name} delivers events to this host.")
        expect(page.locator("#tip-services")).not_to_contain_text("no public HTTPS address")
        self.api("DELETE", "/api/connections/kick")
        self.open("/dashboard/settings", page)
        expect(part.get_by_role("link", name="Connect Kick")).to_have_attribute(
            "href", "/auth/login/kick?intent=connect"
        )
