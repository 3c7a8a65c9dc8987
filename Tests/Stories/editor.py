"""What stories of the layout editor share."""

from playwright.sync_api import Locator, Page, expect

from story import Story


class EditorStory(Story):
    """A story of somebody who edits the layout of the demo's streamer."""

    def edit(self, context=None) -> Page:
        """Signs in and opens the editor: it shows the layout and can be used."""
        page = self.sign_in(context=context)
        return self.open_editor(page)

    def open_editor(self, page: Page, path: str = "/dashboard/overlay") -> Page:
        self.open(path, page)
        expect(page.locator(".layer").first).to_be_attached()
        return page

    def box(self, page: Page, type: str) -> Locator:
        """The box of the first widget of a type."""
        return page.locator(f".box[data-type={type}]").first

    def hears(self, page: Page, text: str, how: str = "polite"):
        """What somebody hears who does not see the page."""
        expect(page.locator(f"body > [aria-live={how}]")).to_have_text(text)

    def saved(self, page: Page):
        expect(page.locator(".save-status")).to_have_text("Saved just now")

    def publish(self, page: Page):
        page.get_by_role("button", name="Publish").click()
        expect(page.get_by_text("Published. Your overlay shows it now.").first).to_be_visible()
        expect(page.get_by_text("Draft, not on your overlay yet")).to_be_hidden()

    def layout(self) -> dict:
        """The default layout as pages show it."""
        return next(one for one in self.api("GET", "/api/layouts") if one["isDefault"])

    def draft(self) -> dict:
        return self.api("GET", f"/api/layouts/{self.layout()['id']}/draft?orLayout=true")

    def place(self, layout: dict, type: str) -> list[int]:
        """Where the first widget of a type stands: x, y, width, height."""
        position = next(one for one in layout["widgets"] if one["type"] == type)["position"]
        return [position[name] for name in ("x", "y", "width", "height")]

    def drag(self, page: Page, start: tuple[float, float], end: tuple[float, float], lets_go: bool = True):
        """Draws with the mouse as a hand does: not in one jump."""
        page.mouse.move(*start)
        page.mouse.down()
        page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
        page.mouse.move(*end, steps=4)
        if lets_go:
            page.mouse.up()

    def middle(self, target: Locator) -> tuple[float, float]:
        area = target.bounding_box()
        return area["x"] + area["width"] / 2, area["y"] + area["height"] / 2

    def cell(self, page: Page) -> tuple[float, float]:
        """How wide and how high a cell of 12 × 9 is on this page."""
        area = page.locator(".canvas").bounding_box()
        return area["width"] / 12, area["height"] / 9
