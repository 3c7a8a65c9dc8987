"""A platform that is let go, and the last one that is not."""

from playwright.sync_api import expect

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

    def test_followers_before_the_start_are_told_for_Kick(self):
        page = self.sign_in("/dashboard/settings")
        row = page.locator("section#connections li[data-platform=kick]")
        row.get_by_role("button", name="Followers at the start").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Save followers").click()
        expect(dialog.get_by_role("alert")).to_contain_text("Enter a whole number")
        dialog.get_by_label("Followers at the start").fill("1234")
        dialog.get_by_role("button", name="Save followers").click()
        expect(dialog).to_have_count(0)
        export = self.context.request.get(f"{self.host.base}/api/account/export").json()
        kept = {one["platform"]: one["followersAtStart"] for one in export["channels"]}
        self.assertEqual(kept["kick"], 1234)
