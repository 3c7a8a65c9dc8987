"""The whole story of the layout editor by keyboard alone, with what somebody hears who does not see the page."""

import re

from playwright.sync_api import expect

from editor import EditorStory

FOCUSED = """([selector, text]) => {
    const { activeElement } = document
    return activeElement?.matches(selector) && activeElement.textContent.includes(text)
}"""


class EditorByKeyboard(EditorStory):
    def tab_to(self, page, selector: str, key: str = "Tab", text: str = "", most: int = 60):
        """Goes on by Tab until an element has the focus: whatever cannot be reached so fails."""
        for _ in range(most):
            if page.evaluate(FOCUSED, [selector, text]):
                return
            page.keyboard.press(key)
        self.fail(f"{selector} is not reached with {most} × {key}")

    def has_focus(self, page, selector: str):
        self.wait(lambda: page.evaluate(FOCUSED, [selector, ""]), f"{selector} has the focus")

    def press(self, page, *keys: str):
        for key in keys:
            page.keyboard.press(key)

    def test_the_whole_story(self):
        overlay = self.overlay()
        page = self.edit()

        # Added: the first free place.
        self.tab_to(page, ".box[data-type=chat]")
        self.press(page, "a")
        self.has_focus(page, ".picker input")
        page.keyboard.type("goals")
        self.press(page, "ArrowDown", "Enter")
        self.hears(page, "Added. Goals 2: column 4, row 1, 3 wide, 1 high.")
        self.has_focus(page, ".box[data-type=goals]")

        # Moved, and told why not.
        self.press(page, "ArrowDown")
        self.hears(page, "Overlaps Events", "assertive")
        self.press(page, "ArrowUp")
        self.hears(page, "Goals 2 cannot go further.", "assertive")
        self.press(page, "ArrowRight", "ArrowRight", "ArrowRight")
        self.hears(page, "Goals 2: column 7, row 1, 3 wide, 1 high.")
        self.press(page, "Shift+ArrowRight")
        self.hears(page, "Goals 2: column 7, row 1, 4 wide, 1 high.")

        # Its layer.
        self.press(page, "[")
        self.hears(page, "Goals 2: layer 4 of 5.")
        self.press(page, "{")
        self.hears(page, "Goals 2: layer 1 of 5.")
        self.press(page, "]")
        self.hears(page, "Goals 2: layer 2 of 5.")
        self.press(page, "}")
        self.hears(page, "Goals 2: layer 5 of 5.")

        # Duplicated, removed, brought back.
        self.press(page, "Control+d")
        self.hears(page, "Duplicated. Goals 3: column 1, row 5, 4 wide, 1 high.")
        expect(page.locator(".box[data-type=goals]")).to_have_count(3)
        self.press(page, "Delete")
        self.hears(page, "Goals 3 removed.")
        expect(page.locator(".box[data-type=goals]")).to_have_count(2)
        self.has_focus(page, ".box")
        self.press(page, "Control+z")
        self.hears(page, "Undone.")
        expect(page.locator(".box[data-type=goals]")).to_have_count(3)
        self.press(page, "Control+Shift+z")
        self.hears(page, "Redone.")
        expect(page.locator(".box[data-type=goals]")).to_have_count(2)

        # Its settings: Enter goes there, Escape comes back.
        self.tab_to(page, ".box[data-type=goals][aria-label^='Goals:']", "Shift+Tab")
        self.press(page, "Enter")
        self.has_focus(page, ".editor-inspector h2")
        self.tab_to(page, "[data-field=label] input")
        self.press(page, "Control+a")
        page.keyboard.type("To the moon")
        self.press(page, "Escape")
        self.has_focus(page, ".box[data-type=goals][aria-label^='Goals:']")
        preview = page.frame_locator(".overlay-frame")
        expect(preview.locator(".slot[data-type=goals]").first).to_contain_text("To the moon")
        self.saved(page)
        self.assertEqual(overlay.locator(".slot[data-type=goals]").count(), 1, "a draft is never on air")

        # A test event of one's own, in the preview alone.
        self.tab_to(page, "ui-editor-toolbar button", "Shift+Tab", "Send test event")
        self.press(page, "Enter")
        expect(page.get_by_role("menu", name="Send test event")).to_be_visible()
        self.press(page, "End", "Enter")
        self.has_focus(page, "#test-type")
        page.keyboard.type("Tip")
        self.tab_to(page, "#test-name")
        page.keyboard.type("Zoë")
        self.press(page, "Tab")
        page.keyboard.type("12.50")
        self.press(page, "Enter")
        self.hears(page, "Tip from Zoë: in the preview alone.")
        expect(preview.locator(".slot[data-type=events]")).to_contain_text("Zoë")
        self.assertEqual(self.api("GET", "/api/events?types=event:tip"), [], "nothing of it is in the log")

        # Published.
        self.tab_to(page, "ui-editor-toolbar .primary")
        self.press(page, "Enter")
        expect(page.get_by_role("status").filter(has_text="Published. Your overlay shows it now.")).to_be_visible()
        expect(overlay.locator(".slot[data-type=goals]")).to_have_count(2)
        expect(overlay.locator(".slot[data-type=goals]").first).to_contain_text("To the moon")
        widgets = [one for one in self.layout()["widgets"] if one["type"] == "goals"]
        self.assertEqual([one["config"]["label"] for one in widgets][:1], ["To the moon"])
        self.assertEqual(widgets[1]["position"], {"x": 6, "y": 0, "width": 4, "height": 1})

        # And on stream, once that is wanted.
        self.tab_to(page, ".test-strip button", text="Show on stream")
        self.press(page, "Enter")
        expect(overlay.locator(".slot[data-type=events]")).to_contain_text("Zoë")
        [tip] = self.api("GET", "/api/events?types=event:tip")
        self.assertEqual((tip["test"], tip["payload"]["amount"]["minor"]), (True, 1250))

    def test_fifty_steps_are_taken_back_and_a_new_one_ends_what_could_be_done_again(self):
        page = self.edit()
        box = self.box(page, "goals")
        box.focus()
        # Every removal of a lock is a step of its own.
        lock = page.locator(".layer", has_text="Goals").locator(".layer-lock")
        lock.focus()
        for _ in range(51):
            self.press(page, "Enter")
        self.hears(page, "Goals is locked.")
        expect(page.locator(".layer .layer-lock.is-on")).to_have_count(1)
        undo = page.get_by_role("button", name="Undo", exact=True)
        undo.focus()
        for _ in range(50):
            self.press(page, "Enter")
        expect(undo).to_have_attribute("aria-disabled", "true")
        # The first of 51 stays.
        expect(page.locator(".layer .layer-lock.is-on")).to_have_count(1)
        self.press(page, "Enter")
        self.hears(page, "Nothing to undo.")

        redo = page.get_by_role("button", name="Redo", exact=True)
        redo.focus()
        self.press(page, "Enter")
        expect(page.locator(".layer .layer-lock.is-on")).to_have_count(0)
        lock.focus()
        self.press(page, "Enter")
        expect(redo).to_have_attribute("aria-disabled", "true")
        redo.focus()
        self.press(page, "Enter")
        self.hears(page, "Nothing to redo.")

    def test_shortcuts_change_the_view_and_are_off_where_somebody_types_or_has_switched_them_off(self):
        page = self.edit()
        self.box(page, "chat").focus()
        # Boxes may stand before the canvas has been fitted to the window.
        expect(page.locator(".zoom-value")).to_have_text(re.compile(r"^\d+ %$"))
        fitted = page.locator(".zoom-value").inner_text()
        self.press(page, "Alt+x")
        expect(page.locator(".zoom-value")).to_have_text("100 %")
        self.hears(page, "100 %")
        self.press(page, "Alt+f")
        expect(page.locator(".zoom-value")).to_have_text(fitted)
        self.press(page, "p")
        self.hears(page, "Only the overlay is shown.")
        self.press(page, "p")
        self.hears(page, "Boxes are shown.")
        self.press(page, "?")
        expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Alt X")
        self.press(page, "Escape")

        self.press(page, "Enter")
        self.tab_to(page, ".editor-inspector input[type=number]")
        self.press(page, "a", "p", "Delete")
        expect(page.locator(".picker")).to_have_count(0)
        expect(self.box(page, "chat")).to_be_visible()
        self.press(page, "Escape", "Escape")
        self.hears(page, "Nothing selected.")

        settings = self.api("GET", "/api/settings")
        self.api("PUT", "/api/settings", {**settings, "shortcuts": False})
        self.open_editor(page)
        self.tab_to(page, ".box[data-type=chat]")
        self.press(page, "a", "p", "[")
        # Arrows are no letters.
        self.press(page, "ArrowLeft")
        self.hears(page, "Overlaps Events", "assertive")
        expect(page.locator(".picker")).to_have_count(0)
