"""How one gets in: through Twitch, through a denial, and with Kick beside it."""

import os
import re
import unittest

from playwright.sync_api import expect

from story import Story


@unittest.skipUnless("TWITCH_AUTH_URL" in os.environ, "needs the fake Twitch and Kick that StoryTests starts")
class SignIn(Story):
    def login_page(self):
        page = self.context.new_page()
        page.goto(f"{self.host.base}/")
        page.get_by_role("link", name="Sign in").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
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

    def test_Kick_is_connected_from_Settings_and_both_can_be_shown(self):
        page = self.login_page()
        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        self.open("/dashboard/settings", page)
        page.get_by_role("link", name="Connect Kick").click()
        expect(page).to_have_title("kick")
        page.locator("#deny").click()
        expect(page.get_by_role("alert")).to_contain_text("Kick")
        page.get_by_role("link", name="Connect Kick").click()
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
