"""The layout editor in narrow windows: settings as a sheet, and below 900 pixels lists and numbers alone."""

from playwright.sync_api import expect

from editor import EditorStory


class NarrowWindow(EditorStory):
    size = (1000, 800)

    def test_settings_come_as_a_sheet_and_go_back_to_their_widget(self):
        page = self.edit()
        box = self.box(page, "goals")
        sheet = page.locator(".editor-inspector")
        expect(sheet).to_be_hidden()
        box.dblclick()
        expect(sheet).to_be_visible()
        expect(sheet.get_by_role("heading", name="Goals")).to_be_focused()
        sheet.get_by_label("Row").fill("5")
        sheet.get_by_label("Row").press("Enter")
        self.hears(page, "Goals: column 1, row 5, 3 wide, 1 high.")
        sheet.get_by_label("Row").press("Escape")
        expect(sheet).to_be_hidden()
        expect(box).to_be_focused()

        page.get_by_role("button", name="Settings", exact=True).click()
        expect(sheet).to_be_visible()
        sheet.get_by_role("button", name="Close settings").click()
        expect(sheet).to_be_hidden()
        self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 4, 3, 1])


class Phone(EditorStory):
    size = (390, 844)

    def test_widgets_are_placed_with_numbers_and_published(self):
        page = self.edit()
        expect(page.locator(".canvas")).to_be_hidden()
        expect(page.get_by_text("On a small screen widgets are moved with numbers.")).to_be_visible()
        page.locator(".layer-name", has_text="Goals").click()
        row = page.get_by_role("spinbutton", name="Row")
        expect(row).to_have_value("1")
        row.fill("2")
        row.press("Enter")
        self.hears(page, "Goals: column 1, row 2, 3 wide, 1 high.")
        page.get_by_role("spinbutton", name="Column").fill("4")
        page.get_by_role("spinbutton", name="Column").press("Enter")
        expect(page.locator("#place-error")).to_have_text("Overlaps Events")

        page.get_by_role("button", name="Add widget").click()
        page.locator(".picker-card[data-type=tips]").click()
        expect(page.locator(".layer-count")).to_have_text("5 of 10 widgets")
        self.publish(page)
        self.assertEqual(self.place(self.layout(), "goals"), [0, 1, 3, 1])
        self.assertEqual(len(self.layout()["widgets"]), 5)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 390)

        # There is no preview: a test event goes where it can be seen.
        overlay = self.overlay()
        page.get_by_role("button", name="Send test event").click()
        page.get_by_role("menuitem", name="Follow").click()
        expect(overlay.locator(".slot[data-type=events]")).to_contain_text("following")
