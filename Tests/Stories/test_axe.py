"""Nothing that shuts somebody out, on any page: as it stands there, without an answer, after the session's end."""

import re

from playwright.sync_api import expect

from axe import OF_COLOURS, AxeTour
from places import CHECKLIST, OPEN_PAGES, OWN_PAGES, PLACES, PUT_AWAY, WIZARD

BROKEN = {"error": {"code": "INTERNAL_ERROR", "message": "Something is broken."}}


class Axe(AxeTour):
    def test_every_page_at_rest(self):
        page = self.context.new_page()
        for name in OPEN_PAGES:
            self.visit(name, page)
            self.expect_nothing(page, f"{name} before anybody has signed in")
        page = self.sign_in()
        for step in range(WIZARD, CHECKLIST + 1):
            self.set_up(step)
            self.visit("home", page)
            self.expect_nothing(page, f"first run at step {step}")
        self.set_up(PUT_AWAY)
        for name in PLACES:
            self.visit(name, page)
            self.expect_nothing(page, name)

    def test_every_page_once_something_has_happened(self):
        page = self.sign_in()
        self.set_up(CHECKLIST)
        self.api("POST", "/api/themes", {"name": "Another"})
        self.api("POST", "/api/layouts", {"name": "Another"})
        for kind in ("follow", "subscribe", "tip", "raid"):
            self.api("POST", "/api/events/test", {"type": f"event:{kind}"})
        self.overlay()
        self.visit("home", page)
        expect(page.locator("#sources-list li")).to_have_count(1)
        expect(page.locator("#events-list li")).to_have_count(4)
        self.expect_nothing(page, "home with events and an overlay")
        self.visit("alerts", page)
        page.get_by_role("button", name="Pause alerts").click()
        expect(page.locator("#alerts-paused")).to_be_visible()
        self.expect_nothing(page, "alerts paused, with some that wait")

    def test_every_page_where_the_host_fails(self):
        page = self.sign_in()
        for name in OWN_PAGES:
            for what, answer, complaint in (
                ("does not answer", lambda route: route.abort(), r"ERR_FAILED"),
                ("answers 500", lambda route: route.fulfill(status=500, json=BROKEN), r"500 \(Internal"),
            ):
                with self.answering(page, answer, re.compile(r"/api/"), complaint):
                    self.open(PLACES[name], page)
                    self.expect_nothing(page, f"{name} where the host {what}")

    def test_after_the_sessions_end(self):
        page = self.sign_in()
        deeds = {
            "home": lambda: page.locator("#empty-test").click(),
            "editor": lambda: page.locator(".box[data-type=goals]").press("ArrowDown"),
            "widgets": lambda: page.locator(".catalogue-foot button").first.click(),
            "theme": lambda: page.get_by_role("button", name="Save theme").click(),
            "settings": lambda: page.get_by_role("button", name="Save name").click(),
            "alerts": lambda: page.get_by_role("button", name="Pause alerts").click(),
        }
        kept = self.context.cookies()
        for name, deed in deeds.items():
            self.context.add_cookies(kept)
            self.visit(name, page)
            self.context.clear_cookies()
            with self.complaining(r"401 \(Unauthorized\)"):
                deed()
                expect(page.get_by_role("dialog")).to_be_visible()
                self.expect_nothing(page, f"{name} after the session's end")

    def test_a_denied_sign_in(self):
        page = self.open("/auth/login?problem=denied&platform=twitch")
        expect(page.get_by_role("alert")).to_be_visible()
        self.expect_nothing(page, "sign-in with a problem")

    def test_what_is_wrong_is_found(self):
        page = self.open("/auth/login")
        page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        page.evaluate("document.querySelector('h1').style.color = '#333'")
        found = " ".join(self.findings(page))
        self.assertIn("button-name", found)
        self.assertIn("color-contrast", found)
        self.assertIn("color-contrast", " ".join(self.findings(page, OF_COLOURS)))
