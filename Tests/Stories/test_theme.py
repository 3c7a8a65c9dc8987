"""Colours, fonts and shapes, on the theme page."""

from playwright.sync_api import expect

from story import Story


class Theme(Story):
    def choose(self, page, what: str):
        """Chooses from the menu beside the save button."""
        page.get_by_role("button", name="More about this theme").click()
        page.get_by_role("menuitem", name=what).click()

    def name(self, page, name: str):
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(name)
        dialog.get_by_role("button", name="Save name").click()
        expect(dialog).to_have_count(0)

    def themes(self):
        return {theme["name"]: theme for theme in self.api("GET", "/api/themes")}

    def test_a_theme_is_made_changed_saved_and_seen_on_air(self):
        overlay = self.overlay()
        page = self.sign_in("/dashboard/theme")
        expect(page.locator(".preset")).to_have_count(7)
        page.get_by_role("button", name="Sunset").click()
        expect(page.get_by_text("Not saved")).to_be_visible()
        expect(page.get_by_label("Primary", exact=True)).to_have_value("#FF8A5C")
        page.get_by_label("Primary", exact=True).fill("#AB12EF")
        page.locator("#shape-radius").fill("20")
        page.get_by_role("button", name="Large").click()
        self.assertEqual(self.themes()["Signal"]["variables"]["primary"], "#5EA8FF")

        page.get_by_role("button", name="Save theme").click()
        expect(page.get_by_text("Not saved")).to_be_hidden()
        saved = self.themes()["Signal"]["variables"]
        self.assertEqual((saved["primary"], saved["radius"], saved["fontScale"]), ("#AB12EF", 20, 1.2))
        overlay.wait_for_function(
            "getComputedStyle(document.documentElement).getPropertyValue('--th-primary').trim() === '#AB12EF'"
        )

    def test_a_preset_has_one_name_in_every_language(self):
        page = self.sign_in("/dashboard/theme", self.new_context(locale="de-DE"))
        names = ["Signal", "Neon", "Minimal", "Paper", "Sunset", "Forest", "High contrast"]
        expect(page.locator(".preset")).to_have_text(names)

    def test_what_is_hard_to_read_is_warned_of_and_saved_all_the_same(self):
        page = self.sign_in("/dashboard/theme")
        warnings = page.locator("#preview header .badge.warn")
        expect(warnings).to_be_hidden()
        muted = page.get_by_label("Muted text", exact=True)
        muted.fill("#5B6474")
        expect(page.locator("#color-mutedText-contrast")).to_contain_text("needs 4.5")
        expect(warnings).to_have_text("1 contrast warning")
        muted.fill("grey")
        muted.blur()
        expect(page.locator("#color-mutedText-error")).to_contain_text("#5EA8FF")
        muted.fill("#5B6474")
        page.get_by_role("button", name="Save theme").click()
        expect(page.get_by_text("Not saved")).to_be_hidden()
        self.assertEqual(self.themes()["Signal"]["variables"]["mutedText"], "#5B6474")

    def test_themes_are_named_doubled_made_the_default_and_deleted(self):
        page = self.sign_in("/dashboard/theme")
        self.choose(page, "New theme")
        self.name(page, "Night")
        expect(page.locator("#theme-choice option:checked")).to_have_text("Night")
        self.choose(page, "Rename theme")
        self.name(page, "Late night")
        expect(page.locator("#theme-choice option:checked")).to_have_text("Late night")
        page.get_by_role("button", name="Neon").click()
        page.get_by_role("button", name="Save theme").click()
        expect(page.get_by_text("Not saved")).to_be_hidden()
        self.choose(page, "Duplicate theme")
        self.name(page, "Copy")
        expect(page.locator("#theme-choice option")).to_have_count(3)
        themes = self.themes()
        self.assertEqual(themes["Copy"]["variables"], themes["Late night"]["variables"])

        self.choose(page, "Make default")
        expect(page.get_by_text("Default", exact=True)).to_be_visible()
        self.assertTrue(self.themes()["Copy"]["isDefault"])
        self.choose(page, "Delete theme")
        dialog = page.get_by_role("dialog", name="Delete Copy?")
        with self.complaining("409"):
            dialog.get_by_role("button", name="Delete theme").click()
            expect(dialog.get_by_role("alert")).to_contain_text("default")
        dialog.get_by_role("button", name="Cancel").click()
        page.locator("#theme-choice").select_option(label="Late night")
        self.choose(page, "Delete theme")
        page.get_by_role("dialog").get_by_role("button", name="Delete theme").click()
        expect(page.locator("#theme-choice option")).to_have_count(2)
        self.assertNotIn("Late night", self.themes())
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(page.locator("#theme-choice option:checked")).to_have_text("Late night")
        self.assertEqual(self.themes()["Late night"]["variables"], themes["Late night"]["variables"])

    def test_a_deleted_theme_comes_back_beside_what_is_being_changed(self):
        page = self.sign_in("/dashboard/theme")
        self.choose(page, "New theme")
        self.name(page, "Night")
        self.choose(page, "Delete theme")
        page.get_by_role("dialog").get_by_role("button", name="Delete theme").click()
        expect(page.locator("#theme-choice option")).to_have_count(1)
        page.get_by_role("button", name="Forest").click()
        page.locator(".toast").get_by_role("button", name="Undo").click()
        expect(page.locator("#theme-choice option")).to_have_count(2)
        expect(page.locator("#theme-choice option:checked")).to_have_text("Signal")
        expect(page.get_by_text("Not saved")).to_be_visible()
        expect(page.get_by_label("Primary", exact=True)).to_have_value("#7BD88F")

    def test_who_leaves_unsaved_changes_is_asked(self):
        page = self.sign_in("/dashboard/theme")
        self.api("POST", "/api/themes", {"name": "Other"})
        page.reload()
        page.get_by_role("button", name="Forest").click()
        page.locator("#theme-choice").select_option(label="Other")
        dialog = page.get_by_role("dialog", name="Leave without saving?")
        dialog.get_by_role("button", name="Cancel").click()
        expect(page.locator("#theme-choice option:checked")).to_have_text("Signal")
        expect(page.get_by_label("Primary", exact=True)).to_have_value("#7BD88F")

        asked = []
        page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.get_by_role("link", name="Widgets").click()
        expect(page.get_by_role("heading", name="Widgets", exact=True)).to_be_visible()
        self.assertEqual(asked, ["beforeunload"])
        self.assertEqual(self.themes()["Signal"]["variables"]["primary"], "#5EA8FF")

    def test_the_preview_wears_what_is_not_saved_over_three_grounds(self):
        page = self.sign_in("/dashboard/theme")
        stage = page.locator(".theme-stage")
        chat = page.frame_locator(".theme-frame[data-type=chat] iframe")
        expect(chat.locator("body[data-link=up]")).to_be_attached()
        page.get_by_label("Text", exact=True).fill("#00FF00")
        expect(chat.locator("html")).to_have_css("--th-text", "#00FF00")
        for ground, name in (("bright", "Bright game"), ("chequers", "Chequers"), ("dark", "Dark game")):
            page.get_by_role("button", name=name).click()
            expect(stage).to_have_attribute("data-ground", ground)
            expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        # Each font is written in itself.
        family = page.locator("#font-headingFont option").first.evaluate("(it) => [it.value, it.style.fontFamily]")
        self.assertIn(family[0], family[1])
