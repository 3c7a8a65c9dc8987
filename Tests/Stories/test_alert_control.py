"""Alerts in hand: from a desk, from a phone, and as a dock in OBS."""

from playwright.sync_api import expect

from story import Story

LONG_NAME = "Annabella_with_a_very_long_name_indeed"
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class AlertControl(Story):
    def follow(self, name: str, context=None):
        user = {"id": name, "login": name.lower(), "displayName": name}
        self.api("POST", "/api/events/test", {"type": "event:follow", "payload": {"user": user}}, context)

    def show_long(self):
        """Lets alerts stay as long as they may, so that a slow machine meets the one that it expects."""
        events = next(one for one in self.api("GET", "/api/widgets") if one["type"] == "events")
        self.api("PUT", f"/api/widgets/{events['id']}", {"config": {"displayDuration": 15}})

    def test_pause_holds_skip_ends_and_clear_can_be_undone(self):
        overlay = self.overlay()
        page = self.sign_in("/dashboard/alerts")
        self.show_long()
        now, waiting = page.locator("#now"), page.locator("#waiting-list li")
        page.get_by_role("button", name="Pause alerts").click()
        expect(page.get_by_text("Alerts are paused.")).to_be_visible()
        for name in ("Anna", "Ben", "Cleo"):
            self.follow(name)
        expect(waiting).to_have_count(3)
        expect(overlay.locator("[data-alert]")).to_have_count(0)
        self.assertTrue(self.api("GET", "/api/alerts")["paused"])

        page.get_by_role("button", name="Resume alerts").click()
        expect(now).to_contain_text("Anna")
        expect(overlay.locator("[data-alert]")).to_contain_text("Anna")
        page.get_by_role("button", name="Skip alert").click()
        expect(now).to_contain_text("Ben")
        expect(waiting).to_have_count(1)
        page.get_by_role("button", name="Clear waiting").click()
        expect(waiting).to_have_count(0)
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(page.locator("#waiting-list, #now").filter(has_text="Cleo")).to_have_count(1)

    def test_what_is_over_comes_again(self):
        page = self.sign_in("/dashboard/alerts")
        self.show_long()
        self.follow("Anna")
        overlay = self.overlay()
        expect(page.locator("#now")).to_contain_text("Anna")
        page.get_by_role("button", name="Skip alert").click()
        past = page.locator("#past-list li")
        expect(past).to_contain_text("Anna")
        expect(overlay.locator("[data-alert]")).to_have_count(0)
        past.get_by_role("button", name="Replay").click()
        expect(overlay.locator("[data-alert]")).to_contain_text("Anna")

    def test_Home_replays_as_well(self):
        overlay = self.overlay()
        self.sign_in().close()
        self.show_long()
        page = self.open("/dashboard", self.context.new_page())
        self.follow("Anna")
        expect(overlay.locator("[data-alert]")).to_contain_text("Anna")
        self.api("POST", "/api/alerts/skip")
        expect(overlay.locator("[data-alert]")).to_have_count(0)
        page.locator("#events-list li").get_by_role("button").click()
        page.get_by_role("menuitem", name="Replay on overlay").click()
        expect(overlay.locator("[data-alert]")).to_contain_text("Anna")

    def test_a_dock_of_250_pixels_and_a_phone_have_all_of_it_in_reach(self):
        self.overlay()
        for width, height in ((250, 480), (390, 844)):
            with self.subTest(width=width):
                context = self.new_context(viewport={"width": width, "height": height})
                page = self.sign_in("/dashboard/alerts", context)
                self.follow(LONG_NAME, context)
                expect(page.locator("#now")).to_contain_text(LONG_NAME)
                self.assertLessEqual(page.evaluate(OVERHANG), 0)
                for name in ("Pause alerts", "Skip alert", "Clear waiting"):
                    box = page.get_by_role("button", name=name).bounding_box()
                    self.assertGreaterEqual(box["height"], 44, name)
                    self.assertLessEqual(box["x"] + box["width"], width, name)
                page.get_by_role("button", name="Pause alerts").click()
                expect(page.get_by_role("button", name="Resume alerts")).to_be_in_viewport()
                page.get_by_role("button", name="Resume alerts").click()
                expect(page.get_by_role("button", name="Pause alerts")).to_be_visible()
