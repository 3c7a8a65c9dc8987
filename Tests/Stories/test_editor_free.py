"""Places in pixels, grids of other cells, and the box of a widget that this host does not have."""

import tempfile
from pathlib import Path

from playwright.sync_api import expect

import packages
from editor import EditorStory


class EditorInPixels(EditorStory):
    def test_pixels_are_moved_by_keyboard_and_mouse_and_may_overlap_with_a_warning(self):
        overlay = self.overlay()
        page = self.edit()
        page.get_by_role("radio", name="Free").check()
        self.hears(page, "Places are counted in pixels now.")
        box = self.box(page, "goals")
        box.focus()
        for key, said in (
            ("ArrowRight", "Goals: 1 pixels from the left, 0 from the top, 480 wide, 120 high."),
            ("Alt+ArrowLeft", "Goals: 1 pixels from the left, 0 from the top, 479 wide, 120 high."),
            ("Shift+Alt+ArrowUp", "Goals: 1 pixels from the left, 0 from the top, 479 wide, 110 high."),
            ("Shift+ArrowDown", "Goals: 1 pixels from the left, 10 from the top, 479 wide, 110 high."),
        ):
            page.keyboard.press(key)
            self.hears(page, said)

        page.keyboard.press("Shift+ArrowRight")
        where = "Goals: 11 pixels from the left, 10 from the top, 479 wide, 110 high."
        self.hears(page, where)
        across = page.locator(".canvas").bounding_box()["width"] / 1920
        start = self.middle(box)
        self.drag(page, start, (start[0] + 400 * across, start[1] + 150 * across), lets_go=False)
        expect(page.locator(".drop")).to_have_text("Overlaps Events")
        # Warned of, not refused.
        expect(page.locator(".drop")).to_have_class("drop")
        page.mouse.up()
        expect(page.locator(".editor-note.is-warning")).to_have_text("Goals overlaps Events.")
        expect(page.locator("body > [aria-live=assertive]")).to_contain_text("Goals overlaps Events.")

        self.publish(page)
        layout = self.layout()
        x, y, width, height = self.place(layout, "goals")
        self.assertEqual((layout["mode"], width, height), ("free", 479, 110))
        # A pixel of the page is several of the canvas.
        self.assertAlmostEqual(x, 411, delta=4)
        self.assertAlmostEqual(y, 160, delta=4)
        slot = overlay.locator(".slot[data-type=goals]")
        wanted = {"x": x, "y": y, "width": width, "height": height}
        self.wait(lambda: slot.bounding_box() == wanted, "the overlay has the same pixels")

    def test_numbers_place_a_widget_and_say_what_does_not_fit(self):
        page = self.edit()
        page.get_by_role("radio", name="Free").check()
        self.box(page, "chat").click()
        place = page.get_by_role("group", name="Place and size")
        place.get_by_label("Left").fill("1500")
        place.get_by_label("Left").press("Enter")
        expect(place.get_by_text("This is outside the canvas.")).to_be_visible()
        expect(place.get_by_label("Width")).to_have_attribute("aria-invalid", "true")
        place.get_by_label("Left").fill("2000")
        place.get_by_label("Left").press("Enter")
        expect(place.get_by_text("Enter a number from 0 to 1,919.")).to_be_visible()
        place.get_by_label("Left").fill("100")
        place.get_by_label("Left").press("Enter")
        expect(place.locator("[aria-invalid]")).to_have_count(0)
        self.wait(lambda: self.place(self.draft(), "chat") == [100, 360, 480, 600], "it stands at 100")

    def test_cells_of_another_grid_keep_the_picture(self):
        page = self.edit()
        before = self.box(page, "chat").bounding_box()
        page.get_by_role("spinbutton", name="Columns").fill("24")
        page.get_by_role("spinbutton", name="Columns").press("Enter")
        page.get_by_role("spinbutton", name="Rows").fill("18")
        page.get_by_role("spinbutton", name="Rows").press("Enter")
        self.wait(lambda: self.place(self.draft(), "chat") == [18, 6, 6, 10], "twice the cells")
        self.assertEqual(self.place(self.draft(), "tips"), [0, 16, 24, 2])
        self.assertEqual(self.box(page, "chat").bounding_box(), before)
        expect(page.locator(".column-line")).to_have_count(23)

        page.get_by_label("Gap (px)").fill("33")
        page.get_by_label("Gap (px)").press("Enter")
        expect(page.get_by_text("Enter a number from 0 to 32.")).to_be_visible()
        page.get_by_label("Gap (px)").fill("32")
        page.get_by_label("Gap (px)").press("Enter")
        self.publish(page)
        self.assertEqual(self.layout()["grid"], {"columns": 24, "rows": 18, "gap": 32})

        # Four widgets do not fit on two cells.
        page.get_by_role("spinbutton", name="Columns").fill("1")
        page.get_by_role("spinbutton", name="Columns").press("Enter")
        page.get_by_role("spinbutton", name="Rows").fill("2")
        page.get_by_role("spinbutton", name="Rows").press("Enter")
        expect(page.get_by_text("A widget finds no place in that grid. Make widgets smaller first.")).to_be_visible()
        expect(page.get_by_role("spinbutton", name="Rows")).to_have_value("18")

        # One press of a key brings everything back.
        page.get_by_role("button", name="Undo", exact=True).click()
        self.wait(lambda: self.draft()["grid"]["columns"] == 24, "the grid is back")

    def test_between_pixels_and_cells_nothing_is_lost(self):
        page = self.edit()
        page.get_by_role("radio", name="Free").check()
        self.wait(lambda: self.place(self.draft(), "chat") == [1440, 360, 480, 600], "in pixels")
        page.get_by_role("radio", name="Grid").check()
        self.wait(lambda: self.draft()["mode"] == "grid", "in cells")
        self.assertEqual(self.place(self.draft(), "chat"), [9, 3, 3, 5])
        expect(page.get_by_text("Draft, not on your overlay yet")).to_be_hidden()


class WidgetOfAnotherHost(EditorStory):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-widgets-")
        self.addCleanup(folder.cleanup)
        self.environment = {"WIDGETS_DIR": str(packages.write(Path(folder.name), "kinds"))}
        super().setUp()

    def test_a_missing_widget_has_a_box_and_breaks_nothing(self):
        self.sign_in().close()
        place = {"x": 0, "y": 4, "width": 3, "height": 2}
        config = {"title": "Kept"}
        self.api(
            "POST", "/api/widgets",
            {"layoutId": self.layout()["id"], "type": "kinds", "position": place, "config": config},
        )
        self.host.stop()
        self.host.environment = {"WIDGETS_DIR": "/dev/null"}
        self.host.start()

        overlay = self.overlay()
        expect(overlay.locator(".slot[data-type=chat]")).to_be_attached()
        page = self.open_editor(self.context.new_page())
        box = self.box(page, "kinds")
        expect(box).to_contain_text("This widget is missing on this host.")
        box.click()
        expect(page.get_by_text("This host does not offer the widget kinds any more.")).to_be_visible()
        page.keyboard.press("ArrowDown")
        self.hears(page, "kinds: column 1, row 6, 3 wide, 2 high.")
        self.publish(page)
        kept = next(one for one in self.layout()["widgets"] if one["type"] == "kinds")
        self.assertEqual(kept["position"], {**place, "y": 5})
        self.assertEqual(kept["config"]["title"], "Kept")
        box.press("Delete")
        expect(page.locator(".box[data-type=kinds]")).to_have_count(0)
        self.publish(page)
        self.assertEqual(len(self.layout()["widgets"]), 4)
