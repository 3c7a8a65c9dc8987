"""Several layouts in the editor: made, renamed, copied, shown by default, deleted, and their addresses."""

from playwright.sync_api import expect

from editor import EditorStory


class Layouts(EditorStory):
    def setUp(self):
        super().setUp()
        self.page = self.edit()

    def choose(self, name: str):
        self.page.locator(".layout-button").click()
        # A menu is read whole before something is chosen.
        self.item(name).click()

    def item(self, name: str):
        return self.page.get_by_role("menu", name="Layout").locator(".menu-item", has_text=name)

    def names(self) -> list[str]:
        return sorted(one["name"] for one in self.api("GET", "/api/layouts"))

    def is_open(self, name: str):
        expect(self.page.locator(".toolbar-name")).to_have_text(name)

    def name(self, text: str, button: str):
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Name").fill(text)
        dialog.get_by_role("button", name=button).click()

    def test_a_layout_is_made_renamed_and_opened_again_after_a_reload(self):
        self.choose("New layout")
        self.name("  Just chatting  ", "Create layout")
        self.is_open("Just chatting")
        expect(self.page.get_by_role("heading", name="No widgets yet")).to_be_visible()
        self.assertEqual(self.names(), ["Just chatting", "Main"])

        self.choose("Rename layout")
        self.name("Talk", "Rename layout")
        self.is_open("Talk")
        self.assertEqual(self.names(), ["Main", "Talk"])

        self.open_empty()
        self.is_open("Talk")
        self.choose("Main")
        self.is_open("Main")
        expect(self.page.locator(".layer")).to_have_count(4)

    def open_empty(self):
        self.page.reload()
        expect(self.page.locator("ui-editor-toolbar")).to_be_visible()

    def test_a_copy_has_the_widgets_with_their_settings(self):
        [main] = self.api("GET", "/api/layouts")
        self.choose("Duplicate layout")
        self.is_open("Main (Copy)")
        expect(self.page.locator(".layer")).to_have_count(4)
        copy = next(one for one in self.api("GET", "/api/layouts") if one["name"] == "Main (Copy)")
        known = ("type", "config", "position", "zIndex")
        self.assertEqual(
            [{key: one[key] for key in known} for one in copy["widgets"]],
            [{key: one[key] for key in known} for one in main["widgets"]],
        )
        self.assertEqual((main["isDefault"], copy["isDefault"]), (True, False))

    def test_one_layout_is_the_default_and_each_has_an_address(self):
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.choose("Duplicate layout")
        self.is_open("Main (Copy)")
        copy = next(one for one in self.api("GET", "/api/layouts") if not one["isDefault"])
        self.assertEqual(self.copied(), f"{self.host.base}/twitch/demo/overlay?layout={copy['id']}")

        self.choose("Make default")
        expect(self.page.get_by_text("Main (Copy) is the default layout now").first).to_be_visible()
        self.assertEqual([one["id"] for one in self.api("GET", "/api/layouts") if one["isDefault"]], [copy["id"]])
        self.assertEqual(self.copied(), f"{self.host.base}/twitch/demo/overlay")

        # A private one is copied with its key.
        key = self.api("POST", f"/api/layouts/{copy['id']}/key")["key"]
        self.assertEqual(self.copied(), f"{self.host.base}/twitch/demo/overlay#key={key}")
        overlay = self.overlay(self.copied())
        expect(overlay.locator(".slot")).to_have_count(4)

    def copied(self) -> str:
        self.page.evaluate("navigator.clipboard.writeText('')")
        self.page.get_by_role("button", name="Copy OBS link").click()
        self.wait(lambda: self.page.evaluate("navigator.clipboard.readText()") != "", "something is copied")
        expect(self.page.get_by_text("Link for OBS copied").first).to_be_visible()
        return self.page.evaluate("navigator.clipboard.readText()")

    def test_a_layout_is_deleted_once_that_is_confirmed_and_never_the_last(self):
        self.page.locator(".layout-button").click()
        expect(self.item("You must have at least one layout")).to_be_disabled()
        self.page.keyboard.press("Escape")

        self.choose("Duplicate layout")
        self.is_open("Main (Copy)")
        self.choose("Delete layout")
        dialog = self.page.get_by_role("dialog", name="Delete the layout Main (Copy)?")
        expect(dialog).to_contain_text("Its widgets and everything they have counted go with it.")
        dialog.get_by_role("button", name="Cancel").click()
        self.assertEqual(self.names(), ["Main", "Main (Copy)"])
        self.choose("Delete layout")
        dialog.get_by_role("button", name="Delete layout").click()
        self.is_open("Main")
        self.assertEqual(self.names(), ["Main"])
        expect(self.page.locator(".layer")).to_have_count(4)

    def test_the_tenth_layout_is_the_last(self):
        for number in range(8):
            self.api("POST", "/api/layouts", {"name": f"Layout {number}"})
        self.open_empty()
        self.choose("Duplicate layout")
        self.is_open("Main (Copy)")
        self.page.locator(".layout-button").click()
        expect(self.item("New layout")).to_be_disabled()
        expect(self.item("New layout")).to_contain_text("10 of 10, delete one first")
        expect(self.item("Duplicate layout")).to_be_disabled()
        self.assertEqual(len(self.names()), 10)

    def test_another_layout_is_opened_only_once_the_draft_of_this_one_is_saved(self):
        other = self.api("POST", "/api/layouts", {"name": "Other"})
        self.open_empty()
        main = self.layout()["id"]
        self.box(self.page, "goals").focus()
        self.page.keyboard.press("ArrowDown")
        self.choose("Other")
        self.is_open("Other")
        self.assertEqual(self.place(self.draft(), "goals"), [0, 1, 3, 1])
        self.assertEqual(self.api("GET", f"/api/layouts/{other['id']}")["widgets"], [])
        self.choose("Main")
        self.is_open("Main")
        expect(self.page.get_by_text("Draft, not on your overlay yet")).to_be_visible()
        self.page.get_by_role("button", name="Discard draft").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Discard draft").click()
        expect(self.page.get_by_text("Draft, not on your overlay yet")).to_be_hidden()
        self.assertEqual(self.place(self.draft(), "goals"), [0, 0, 3, 1])
        self.page.get_by_role("button", name="Undo", exact=True).first.click()
        self.wait(lambda: self.place(self.draft(), "goals") == [0, 1, 3, 1], "undo brings the draft back")
        self.assertEqual(self.place(self.api("GET", f"/api/layouts/{main}"), "goals"), [0, 0, 3, 1])
