"""The layout editor with a mouse: draw, resize, stack, hide, lock, add, test and publish."""

from playwright.sync_api import expect

from editor import EditorStory

HANDLES = {
    "nw": (-1, -1, [2, 0, 7, 4]), "n": (0, -1, [3, 0, 6, 4]), "ne": (-1, -1, [3, 0, 5, 4]), "e": (-1, 0, [3, 1, 5, 3]),
    "se": (-1, -1, [3, 1, 5, 2]), "s": (0, 1, [3, 1, 6, 4]), "sw": (1, 1, [4, 1, 5, 4]), "w": (-1, 0, [2, 1, 7, 3]),
}


class EditorByMouse(EditorStory):
    def draw(self, page, target, columns: float, rows: float, lets_go: bool = True):
        across, down = self.cell(page)
        x, y = self.middle(target)
        self.drag(page, (x, y), (x + columns * across, y + rows * down), lets_go)

    def test_a_widget_is_drawn_where_there_is_room_and_shown_once_it_is_published(self):
        overlay = self.overlay()
        overlay.evaluate("window.isTheSamePage = true")
        page = self.edit()
        goals = self.box(page, "goals")

        self.draw(page, goals, 0, 4.2, lets_go=False)
        expect(page.locator(".drop")).to_have_text("3 × 1")
        page.mouse.up()
        self.hears(page, "Goals: column 1, row 5, 3 wide, 1 high.")
        self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 4, 3, 1])
        self.assertEqual(self.place(self.layout(), "goals"), [0, 0, 3, 1], "a draft is never on air")

        # Over another it is refused while it is drawn, and stays where it was.
        self.draw(page, goals, 4, -2, lets_go=False)
        expect(page.locator(".drop")).to_have_text("Overlaps Events")
        expect(page.locator(".drop")).to_have_class("drop is-bad")
        page.mouse.up()
        self.hears(page, "Overlaps Events", "assertive")
        expect(page.locator(".editor-note")).to_have_text("Overlaps Events")

        # Escape lets go of it.
        self.draw(page, goals, 0, -2, lets_go=False)
        page.keyboard.press("Escape")
        page.mouse.up()
        self.hears(page, "Cancelled. The widget stays where it was.")
        self.assertEqual(self.place(self.draft(), "goals"), [0, 4, 3, 1])

        self.publish(page)
        self.assertEqual(self.place(self.layout(), "goals"), [0, 4, 3, 1])
        slot = overlay.locator(".slot[data-type=goals]")
        self.wait(lambda: slot.bounding_box() == {"x": 0, "y": 480, "width": 480, "height": 120}, "it moves on air")
        self.assertTrue(overlay.evaluate("window.isTheSamePage"), "without a reload")

    def test_each_of_eight_handles_draws_its_own_edges_and_never_below_the_smallest_size(self):
        page = self.edit()
        events = self.box(page, "events")
        # Room on every side.
        self.box(page, "goals").press("Delete")
        events.click()
        for name, (columns, rows, wanted) in HANDLES.items():
            with self.subTest(name):
                self.draw(page, events.locator(f"[data-handle={name}]"), columns, rows)
                self.wait(lambda: self.place(self.draft(), "events") == wanted, f"{name} draws to {wanted}")
                page.keyboard.press("Control+z")
                self.wait(lambda: self.place(self.draft(), "events") == [3, 1, 6, 3], "and back")
        self.draw(page, events.locator("[data-handle=se]"), -6, -3)
        # A third of 6 × 3.
        self.wait(lambda: self.place(self.draft(), "events") == [3, 1, 2, 1], "not smaller than that")

    def test_a_widget_is_added_by_a_click_and_by_drawing_it_out_of_the_picker(self):
        page = self.edit()
        page.get_by_role("button", name="Add widget").click()
        picker = page.get_by_role("dialog", name="Add a widget")
        card = picker.locator("[data-type=goals]")
        card.hover()
        expect(card.locator("iframe")).to_be_attached()
        picker.get_by_role("searchbox").fill("nothing like it")
        expect(picker.get_by_role("status")).to_have_text("No widget matches. Try another word.")
        picker.get_by_role("searchbox").fill("goal")
        expect(picker.locator("[data-type=chat]")).to_be_hidden()
        card.click()
        expect(picker).to_have_count(0)
        expect(page.get_by_role("heading", name="Goals 2")).to_be_visible()

        page.get_by_role("button", name="Add widget").click()
        across, down = self.cell(page)
        canvas = page.locator(".canvas").bounding_box()
        # The middle of what is carried is under the pointer.
        target = (canvas["x"] + 1.5 * across, canvas["y"] + 6.5 * down)
        self.drag(page, self.middle(picker.locator("[data-type=goals]")), target)
        self.hears(page, "Added. Goals 3: column 1, row 7, 3 wide, 1 high.")
        self.saved(page)
        places = [one["position"] for one in self.draft()["widgets"] if one["type"] == "goals"]
        self.assertEqual([(one["x"], one["y"]) for one in places], [(0, 0), (3, 0), (0, 6)])
        expect(page.locator(".layer-count")).to_have_text("6 of 10 widgets")

    def test_the_last_places_are_told_before_they_are_gone(self):
        layout = self.layout_of_small_widgets(9)
        page = self.open_editor(self.sign_in(), f"/dashboard/overlay?layout={layout}")
        expect(page.locator(".layer-count")).to_have_text("9 of 10 widgets")
        expect(page.locator(".layer-count")).to_have_class("meta layer-count is-near")
        page.get_by_role("button", name="Add widget").click()
        page.locator(".picker-card[data-type=goals]").click()
        expect(page.locator(".layer-count")).to_have_text("10 of 10 widgets")
        page.get_by_role("button", name="Add widget").click()
        expect(page.get_by_text("A layout holds at most 10 widgets. Remove one first.")).to_be_visible()
        expect(page.locator(".picker-card[data-type=goals]")).to_be_disabled()
        page.keyboard.press("Escape")
        page.keyboard.press("Control+d")
        self.hears(page, "A layout holds at most 10 widgets. Remove one first.", "assertive")

    def layout_of_small_widgets(self, count: int) -> str:
        self.sign_in()
        widgets = [
            {"type": "goals", "position": {"x": index, "y": 0, "width": 1, "height": 1}} for index in range(count)
        ]
        layout = self.api("POST", "/api/layouts", {"name": "Many"})
        self.api("PUT", f"/api/layouts/{layout['id']}", {"version": layout["version"], "widgets": widgets})
        return layout["id"]

    def test_layers_are_hidden_locked_and_drawn_into_another_order(self):
        page = self.edit()
        layers = page.locator(".layer-name")
        expect(layers).to_have_text(["Tips12×1", "Goals3×1", "Events6×3", "Chat3×5"])

        chat = page.locator(".layer", has_text="Chat")
        chat.hover()
        chat.get_by_role("button", name="Hide Chat").click()
        self.hears(page, "Chat is hidden.")
        chat.get_by_role("button", name="Lock Chat").click()
        self.hears(page, "Chat is locked.")
        expect(self.box(page, "chat").locator(".handle").first).to_be_hidden()
        self.draw(page, self.box(page, "chat"), -3, 0)
        page.locator(".layer", has_text="Chat").drag_to(page.locator(".layer", has_text="Tips"))
        expect(layers).to_have_text(["Chat3×5", "Tips12×1", "Goals3×1", "Events6×3"])
        self.saved(page)
        widget = next(one for one in self.draft()["widgets"] if one["type"] == "chat")
        self.assertEqual((widget["visible"], widget["locked"], widget["zIndex"]), (False, True, 3))
        self.assertEqual(self.place(self.draft(), "chat"), [9, 3, 3, 5], "what is locked stays")

    def test_the_right_button_opens_the_same_menu_as_the_dots(self):
        page = self.edit()
        self.box(page, "goals").click(button="right")
        menu = page.get_by_role("menu", name="More for Goals")
        by_button = menu.get_by_role("menuitem").all_inner_texts()
        page.keyboard.press("Escape")
        layer = page.locator(".layer", has_text="Goals")
        layer.hover()
        layer.get_by_role("button", name="More for Goals").click()
        self.assertEqual(menu.get_by_role("menuitem").all_inner_texts(), by_button)
        self.assertEqual(len(by_button), 9)
        menu.get_by_role("menuitem", name="Remove").click()
        expect(page.locator(".box[data-type=goals]")).to_have_count(0)
        page.get_by_role("button", name="Undo", exact=True).last.click()
        expect(self.box(page, "goals")).to_be_visible()
