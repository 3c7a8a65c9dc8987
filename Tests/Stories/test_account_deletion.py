"""The end of an account, which nobody reaches by accident."""

import os
import re
import unittest

from playwright.sync_api import expect

from story import Story


class Deletion(Story):
    @unittest.skipUnless("TWITCH_AUTH_URL" in os.environ, "needs the fake Twitch that StoryTests starts")
    def test_the_channel_s_name_is_typed_and_then_everything_is_gone(self):
        page = self.context.new_page()
        page.goto(f"{self.host.base}/auth/login")
        page.get_by_role("link", name="Continue with Twitch").click()
        page.locator("#allow").click()
        page.wait_for_url("**/dashboard")
        overlay = self.overlay(f"{self.host.base}/twitch/alice/overlay")
        self.open("/dashboard/settings", page)
        page.locator("section#deletion").get_by_role("button", name="Delete account").click()
        dialog = page.get_by_role("dialog", name="Delete your account?")
        # Enter alone must not do it.
        expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
        dialog.get_by_label("Type alice to confirm").fill("alicia")
        dialog.get_by_role("button", name="Delete account").click()
        expect(dialog.get_by_role("alert")).to_contain_text("This is not alice. Nothing was deleted.")
        self.assertEqual(self.context.request.get(f"{self.host.base}/api/session").status, 200)

        dialog.get_by_label("Type alice to confirm").fill("alice")
        dialog.get_by_role("button", name="Delete account").click()
        expect(page).to_have_url(re.compile(rf"^{self.host.base}/$"))
        self.assertEqual(self.context.request.get(f"{self.host.base}/api/session").status, 401)
        expect(overlay.locator("body[data-link=up]")).to_have_count(0)
        self.assertEqual(self.context.request.get(f"{self.host.base}/twitch/alice/overlay").status, 404)

    def test_the_demo_s_account_stays_and_says_why(self):
        page = self.sign_in("/dashboard/settings")
        page.locator("section#deletion").get_by_role("button", name="Delete account").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Type demo to confirm").fill("demo")
        with self.complaining("409"):
            dialog.get_by_role("button", name="Delete account").click()
            expect(dialog.get_by_role("alert")).to_contain_text("cannot be deleted")
        expect(dialog.get_by_role("alert").locator("code")).to_have_text("E409")
        self.assertEqual(len(self.api("GET", "/api/session")["connectedPlatforms"]), 2)
