"""How one gets in: through Twitch, through a denial, with Kick beside it, and what a platform's bad day changes."""

import os
import re
import unittest
from unittest import mock

from playwright.sync_api import expect

from story import Story


@unittest.skipUnless("TWITCH_AUTH_URL" in os.environ, "needs the fake Twitch and Kick that StoryTests starts")
class SignIn(Story):
    def login_page(self):
        page = self.context.new_page()
        page.goto(f"{self.host.base}/")
        page.get_by_role("link", name="Sign in").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        expect(page.locator("main")).to_contain_text("Kick cannot deliver events to this host")
        return page

    def test_a_denial_is_said_in_words_and_the_second_try_leads_in(self):
        page = self.login_page()
        expect(page.locator("main")).to_contain_text("We never post as you.")
        page.get_by_role("link", name="Continue with Twitch").click()
        expect(page).to_have_title("twitch")
        page.locator("#deny").click()
        expect(page).to_have_url(re.compile("/auth/login"))
        expect(page.get_by_role("alert")).to_contain_text("Twitch")
        self.assertEqual(page.request.get(f"{self.host.base}/api/session").status, 401)

        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        expect(page.locator("#greeting")).to_contain_text("Alice")
        expect(page.locator("#link-chip[data-link=live]")).to_be_attached()
        session = self.api("GET", "/api/session")
        self.assertEqual([one["platform"] for one in session["connectedPlatforms"]], ["twitch"])
        # No script can reach what signs one in.
        self.assertNotIn("session", page.evaluate("document.cookie"))

    def connect_Kick(self, page):
        """As one does at a host without HTTPS, where Kick's events do not come."""
        page.get_by_role("button", name="Connect Kick").click()
        page.get_by_role("dialog").get_by_role("button", name="Connect anyway").click()

    def test_Kick_is_connected_from_Settings_and_both_can_be_shown(self):
        page = self.login_page()
        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        self.open("/dashboard/settings", page)
        self.connect_Kick(page)
        expect(page).to_have_title("kick")
        page.locator("#deny").click()
        expect(page.get_by_role("alert")).to_contain_text("Kick")
        self.connect_Kick(page)
        page.locator("#allow").click()
        expect(page.locator(".notice.ok")).to_have_text("Kick is connected.")

        page.locator("#platform-button").click()
        page.locator("#platform-menu").get_by_role("link", name="Kick").click()
        expect(page.locator("body")).to_have_attribute("data-platform", "kick")
        self.open("/dashboard", page)
        expect(page.locator("#overlay-address")).to_have_value(f"{self.host.base}/kick/alice-live/overlay")
        self.assertEqual(len(self.api("GET", "/api/session")["connectedPlatforms"]), 2)

    def test_logging_out_ends_the_session_on_the_host(self):
        page = self.login_page()
        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        page.locator("#account-button").click()
        page.get_by_role("button", name="Log out").click()
        expect(page).to_have_url(re.compile("/$|/auth/login"))
        self.assertEqual(page.request.get(f"{self.host.base}/api/session").status, 401)
        page.goto(f"{self.host.base}/dashboard")
        expect(page).to_have_url(re.compile("/auth/login"))

    def test_a_platform_whose_api_is_down_is_told_of_and_the_pages_work(self):
        page = self.login_page()
        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        self.api("POST", "/api/events/test", {"type": "event:follow"})
        page.goto("about:blank")
        self.host.stop()
        # Nobody listens there.
        nobody = "http://127.0.0.1:9"
        with mock.patch.dict(os.environ, {"TWITCH_AUTH_URL": nobody, "TWITCH_API_URL": nobody}):
            self.host.start()

        def status():
            return self.api("GET", "/api/session")["connectedPlatforms"][0]["status"]

        self.wait(lambda: status() == "connecting", "that Twitch does not answer")
        self.open("/dashboard", page)
        expect(page.locator("#events-partial")).to_contain_text("Twitch does not answer at the moment")
        expect(page.locator("#connections-list .badge")).to_contain_text("No answer")
        expect(page.locator("#events-list li")).to_have_count(1)
        self.overlay(f"{self.host.base}/twitch/alice/overlay")


class WithoutScript(Story):
    def test_the_landing_page_and_the_way_in_work_without_JavaScript(self):
        page = self.new_context(java_script_enabled=False).new_page()
        page.goto(f"{self.host.base}/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for path in ("/licences", "/openapi.json", "/health"):
            expect(page.locator(f"footer a[href='{path}']")).to_be_visible()
        page.get_by_role("link", name="Sign in").click()
        # Nothing is asked of a platform by the demo.
        expected = 0 if "TWITCH_AUTH_URL" not in os.environ else 1
        expect(page.get_by_text("We never post as you.")).to_have_count(expected)
        page.get_by_role("button", name="Open the demo dashboard").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("demo")
        expect(page.locator("#overlay-address")).to_have_value(f"{self.host.base}/twitch/demo/overlay")
        page.get_by_role("link", name="Settings").first.click()
        expect(page.get_by_role("heading", name="Settings")).to_be_visible()
