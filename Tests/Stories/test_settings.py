"""What a streamer changes about their account, on the settings page."""

import json
import re

from playwright.sync_api import expect

from story import Story

MASK = "•" * 24


class Settings(Story):
    def part(self, page, id: str):
        return page.locator(f"section#{id}")

    def answer(self, page, button: str):
        """Presses the button of the question that is open."""
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name=button).click()
        expect(dialog).to_have_count(0)

    def test_the_name_changes_in_the_bar_too_and_an_empty_one_is_not_taken(self):
        page = self.sign_in("/dashboard/settings")
        profile = self.part(page, "profile")
        name = profile.get_by_label("Display name")
        name.fill("  ")
        profile.get_by_role("button", name="Save name").click()
        expect(profile.locator(".error")).to_be_visible()
        expect(name).to_have_attribute("aria-invalid", "true")
        # What is wrong stands in the hint's place, and is what is heard of the field.
        hint = profile.get_by_text("Only this dashboard shows it.")
        expect(hint).to_be_hidden()
        expect(name).to_have_accessible_description("Enter a name that can be seen.")
        self.assertEqual(self.api("GET", "/api/settings")["displayName"], "demo")

        name.fill("Pixel Fox 🦊")
        expect(profile.locator(".error")).to_be_hidden()
        expect(hint).to_be_visible()
        expect(name).to_have_accessible_description(re.compile("^Only this dashboard"))
        profile.get_by_role("button", name="Save name").click()
        expect(page.locator("#account-button")).to_contain_text("Pixel Fox 🦊")
        self.assertEqual(self.api("GET", "/api/settings")["displayName"], "Pixel Fox 🦊")

    def test_the_page_speaks_German_at_once_and_dates_follow(self):
        page = self.sign_in("/dashboard/settings")
        part = self.part(page, "language")
        part.get_by_label("Language and date format").select_option("de-DE")
        part.get_by_label("Time zone").fill("Nowhere/Atall")
        expect(part).to_contain_text("Enter a time zone")
        part.get_by_label("Time zone").fill("Europe/Berlin")
        expect(part).to_contain_text(re.compile(r"(Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag), "))
        part.get_by_role("button", name="Save language").click()

        expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
        self.assertEqual(page.evaluate("document.documentElement.lang"), "de")
        expect(self.part(page, "connections")).to_contain_text(re.compile(r"seit \d\d\.\d\d\.\d{4}"))
        settings = self.api("GET", "/api/settings")
        self.assertEqual((settings["locale"], settings["timeZone"]), ("de-DE", "Europe/Berlin"))

    def test_who_chose_no_language_keeps_the_browser_s(self):
        context = self.new_context(locale="de-AT")
        page = self.sign_in("/dashboard/settings", context)
        expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()
        expect(page.locator("#locale")).to_have_value("de-AT")
        page.locator("#display-name").fill("Anna")
        page.locator("#profile .actions .button").click()
        expect(page.locator("#account-button")).to_contain_text("Anna")
        page.reload()
        expect(page.get_by_role("heading", name="Einstellungen")).to_be_visible()

    def test_single_letters_are_switched_off_and_on(self):
        page = self.sign_in("/dashboard/settings")
        switch = page.get_by_role("switch", name="Single letters as shortcuts")
        switch.click()
        expect(page.locator("body")).to_have_attribute("data-shortcuts", "off")
        page.locator("h1").click()
        page.keyboard.press("?")
        # The search opens all the same, and it is all that has opened.
        page.keyboard.press("Control+k")
        expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
        expect(page.locator("dialog")).to_have_count(1)
        page.keyboard.press("Escape")
        self.assertFalse(self.api("GET", "/api/settings")["shortcuts"])

        switch.click()
        expect(page.locator("body")).to_have_attribute("data-shortcuts", "on")
        page.locator("h1").click()
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()

    def test_an_address_is_shown_for_ten_seconds_and_asked_about_when_live(self):
        page = self.context.new_page()
        page.clock.install()
        page.goto(f"{self.host.base}/auth/login")
        page.click("form[action='/auth/demo'] button")
        page.wait_for_url("**/dashboard")
        self.open("/dashboard/settings", page)
        part = self.part(page, "overlay")
        field = part.get_by_label("Main on Twitch")
        expect(field).to_have_value(MASK)
        # The page's time passes by itself as well: on a busy machine the second that is left may be over at once.
        for _ in range(5):
            begun = page.evaluate("Date.now()")
            part.get_by_role("button", name="Show for 10 s").first.click()
            expect(field).to_have_value(f"{self.host.base}/twitch/demo/overlay")
            page.clock.run_for(9_000)
            value = field.input_value()
            if page.evaluate("Date.now()") - begun < 10_000:
                break
            page.clock.run_for(10_000)
            expect(field).to_have_value(MASK)
        self.assertNotEqual(value, MASK)
        page.clock.run_for(1_500)
        expect(field).to_have_value(MASK)

        self.api("POST", "/api/events/test", {"type": "stream:online"})
        part.get_by_role("button", name="Show for 10 s").first.click()
        dialog = page.get_by_role("dialog", name="You are live. Show anyway?")
        dialog.get_by_role("button", name="Cancel").click()
        expect(field).to_have_value(MASK)
        part.get_by_role("button", name="Show for 10 s").first.click()
        self.answer(page, "Show address")
        expect(field).not_to_have_value(MASK)

    def test_the_chip_leads_to_how_an_overlay_gets_into_OBS(self):
        page = self.sign_in()
        page.get_by_role("link", name="No overlay open").click()
        expect(page).to_have_url(re.compile("/dashboard/settings#overlay$"))
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        expect(self.part(page, "overlay").get_by_role("heading")).to_be_in_viewport()
        expect(self.part(page, "overlay")).to_contain_text("browser source of 1920 × 1080")

    def test_in_a_dock_of_OBS_it_is_asked_about_as_well(self):
        self.context.add_init_script("window.obsstudio = {}")
        page = self.sign_in("/dashboard/settings")
        self.part(page, "overlay").get_by_role("button", name="Show for 10 s").first.click()
        self.answer(page, "Cancel")
        expect(self.part(page, "overlay").get_by_label("Main on Twitch")).to_have_value(MASK)

    def test_without_a_clipboard_the_address_is_shown_to_be_copied_by_hand_however_often(self):
        self.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page = self.sign_in("/dashboard/settings")
        part = self.part(page, "overlay")
        field = part.get_by_label("Main on Twitch")
        for _ in range(2):
            part.get_by_role("button", name="Copy address").first.click()
            expect(page.locator("body > [aria-live=polite]")).to_contain_text("Press Ctrl C")
            selected = field.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
            self.assertEqual(selected, f"{self.host.base}/twitch/demo/overlay")

    def test_a_private_layout_keeps_its_running_source_through_a_reset_until_the_old_address_ends(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = self.sign_in("/dashboard/settings")
        part = self.part(page, "overlay")

        def copied() -> str:
            with self.button_says(part, "Copied"):
                part.get_by_role("button", name="Copy address").first.click()
            expect(part.get_by_role("button", name="Copied")).to_have_count(0)
            return page.evaluate("navigator.clipboard.readText()")

        self.assertNotIn("#key=", copied())
        part.get_by_role("button", name="Make private").click()
        self.answer(page, "Make private")
        expect(part).to_contain_text("Only who has the key in the address can open this layout.")
        first = copied()
        self.assertIn("#key=", first)
        source = self.overlay(first)

        part.get_by_role("button", name="Reset address").click()
        self.answer(page, "Reset address")
        expect(part).to_contain_text("The old address works until")
        second = copied()
        self.assertNotEqual(first, second)
        expect(source.locator("body[data-link=up]")).to_be_attached()
        expect(page.locator("#link-text")).to_have_text("Overlay connected")
        self.overlay(second)

        part.get_by_role("button", name="End old address now").click()
        self.answer(page, "End old address now")
        expect(source.locator("body[data-link=up]")).to_have_count(0)
        expect(part).not_to_contain_text("The old address works until")

        part.get_by_role("button", name="Make public").click()
        self.answer(page, "Make public")
        expect(part).to_contain_text("Anyone who knows your channel can open this layout.")
        self.overlay()

    def test_another_browser_is_seen_and_signed_out(self):
        other = self.sign_in("/dashboard", self.new_context())
        page = self.sign_in("/dashboard/settings")
        rows = self.part(page, "sessions").locator("li")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("Chrome on Linux")
        rows.filter(has_not_text="This browser").get_by_role("button", name="Sign out").click()
        self.answer(page, "Sign out")
        expect(rows).to_have_count(1)
        expect(other.locator("#link-text")).to_have_text("Signed out")
        other.goto(f"{self.host.base}/dashboard/settings")
        expect(other).to_have_url(re.compile("/auth/login"))

        rows.get_by_role("button", name="Sign out").click()
        page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(re.compile("/auth/login"))

    def test_all_data_come_as_a_file_and_a_viewer_is_erased(self):
        page = self.sign_in("/dashboard/settings")
        self.api("POST", "/api/events/test", {
            "type": "event:follow", "payload": {"user": {"id": "4711", "login": "zed", "displayName": "Zed"}},
        })
        part = self.part(page, "data")

        def exported() -> str:
            with page.expect_download() as download:
                part.get_by_role("link", name="Export all data").click()
            self.assertEqual(download.value.suggested_filename, "streamvibes-export.json")
            return download.value.path().read_text()

        before = exported()
        self.assertEqual(json.loads(before)["format"], "streamvibes-export")
        self.assertIn("Zed", before)
        part.get_by_role("button", name="Erase viewer").click()
        expect(part.locator(".error")).to_contain_text("Enter the user id")
        viewer = part.get_by_label("User id on the platform")
        expect(viewer).to_have_attribute("aria-invalid", "true")
        viewer.fill("4711")
        expect(part.locator(".error")).to_be_hidden()
        expect(viewer).not_to_have_attribute("aria-invalid", "true")
        part.get_by_role("button", name="Erase viewer").click()
        self.answer(page, "Erase viewer")
        expect(page.locator(".toast")).to_contain_text(re.compile(r"[1-9]\d* events? changed"))
        self.assertNotIn("Zed", exported())

    def test_Home_and_the_search_hand_out_the_address_that_a_private_layout_needs(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = self.sign_in()
        link = page.locator("#drag")
        source = "layer-name=StreamVibes%20demo&layer-width=1920&layer-height=1080"
        wanted = f"{self.host.base}/twitch/demo/overlay?{source}"
        expect(link).to_have_attribute("href", wanted)
        layout = self.api("GET", "/api/layouts")[0]["id"]
        key = self.api("POST", f"/api/layouts/{layout}/key")["key"]
        self.open("/dashboard", page)
        address = page.locator("#address")
        expect(address.get_by_label("The layout is private")).to_have_value(MASK)
        # Nothing that the browser shows while a link is pointed at holds the key.
        expect(link).to_have_attribute("href", wanted)
        page.keyboard.press("Control+k")
        page.get_by_role("dialog").get_by_role("combobox").fill("copy")
        page.keyboard.press("Enter")
        expect(page.locator(".toast")).to_contain_text("Overlay address copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        self.assertIn(key, copied)
        self.overlay(copied)
        with self.context.expect_page() as opened:
            page.get_by_role("link", name="Open overlay").click()
        expect(opened.value.locator("body[data-link=up]")).to_be_attached()
        self.assertEqual(self.dropped(link), f"{wanted}#key={key}")
