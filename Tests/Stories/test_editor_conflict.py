"""Two tabs that edit the same layout: whoever comes second is asked, and nothing is lost unasked."""

import re

from playwright.sync_api import expect

from editor import EditorStory


class TwoTabs(EditorStory):
    def setUp(self):
        super().setUp()
        self.first = self.edit()
        self.second = self.open_editor(self.context.new_page())

    def nudge(self, page, type: str, key: str):
        self.box(page, type).focus()
        page.keyboard.press(key)

    def asks(self, page):
        dialog = page.get_by_role("dialog", name="Changed elsewhere. Keep your changes?")
        expect(dialog).to_be_visible()
        return dialog

    def disagree(self):
        """The first tab has moved the goals, the second the events."""
        self.nudge(self.first, "goals", "ArrowDown")
        self.saved(self.first)
        # A tab that has looked just now saves without another look; three seconds later it looks first.
        self.second.clock.install()
        self.second.clock.fast_forward(5_000)
        self.nudge(self.second, "events", "ArrowLeft")
        self.second.clock.run_for(1_000)
        self.second.clock.resume()
        return self.asks(self.second)

    def test_theirs_are_taken_and_undo_brings_mine_back(self):
        dialog = self.disagree()
        expect(self.second.locator(".save-status")).to_have_text("Changed elsewhere")
        dialog.get_by_role("button", name="Take theirs").click()
        expect(self.box(self.second, "goals")).to_have_attribute("aria-label", self.label("Goals: column 1, row 2"))
        expect(self.box(self.second, "events")).to_have_attribute("aria-label", self.label("Events: column 4, row 2"))
        self.assertEqual(self.place(self.draft(), "goals"), [0, 1, 3, 1])
        self.assertEqual(self.place(self.draft(), "events"), [3, 1, 6, 3])

        self.second.keyboard.press("Control+z")
        self.wait(lambda: self.place(self.draft(), "events") == [2, 1, 6, 3], "mine are back")
        self.assertEqual(self.place(self.draft(), "goals"), [0, 0, 3, 1])

    def test_mine_are_kept_and_the_other_tab_is_shown_them(self):
        dialog = self.disagree()
        dialog.get_by_role("button", name="Keep mine").click()
        self.saved(self.second)
        self.assertEqual(self.place(self.draft(), "events"), [2, 1, 6, 3])
        self.assertEqual(self.place(self.draft(), "goals"), [0, 0, 3, 1])
        self.first.evaluate("dispatchEvent(new Event('focus'))")
        expect(self.first.get_by_text("Changed elsewhere. The newest is shown.").first).to_be_visible()
        expect(self.box(self.first, "events")).to_have_attribute("aria-label", self.label("Events: column 3, row 2"))
        # What the first tab had done is one step back.
        self.first.keyboard.press("Control+z")
        self.wait(lambda: self.place(self.draft(), "goals") == [0, 1, 3, 1], "the first tab's are back")

    def test_who_decides_later_goes_on_and_nothing_is_saved_meanwhile(self):
        dialog = self.disagree()
        dialog.get_by_role("button", name="Decide later").click()
        self.nudge(self.second, "events", "ArrowDown")
        self.hears(self.second, "Events: column 3, row 3, 6 wide, 3 high.")
        expect(self.second.locator(".save-status")).to_have_text("Changed elsewhere")
        self.assertEqual(self.place(self.draft(), "events"), [3, 1, 6, 3])
        # The tab keeps it, even over a reload.
        self.second.on("dialog", lambda dialog: dialog.accept())
        self.second.reload()
        self.asks(self.second).get_by_role("button", name="Keep mine").click()
        self.saved(self.second)
        self.assertEqual(self.place(self.draft(), "events"), [2, 2, 6, 3])

    def test_a_layout_that_was_published_elsewhere_is_not_published_over(self):
        self.nudge(self.second, "events", "ArrowLeft")
        self.saved(self.second)
        self.first.evaluate("dispatchEvent(new Event('focus'))")
        expect(self.box(self.first, "events")).to_have_attribute("aria-label", self.label("Events: column 3, row 2"))
        self.publish(self.first)
        self.nudge(self.second, "goals", "ArrowRight")
        self.second.get_by_role("button", name="Publish").click()
        self.asks(self.second).get_by_role("button", name="Keep mine").click()
        expect(self.second.get_by_text("Published. Your overlay shows it now.").first).to_be_visible()
        self.assertEqual(self.place(self.layout(), "events"), [2, 1, 6, 3])
        self.assertEqual(self.place(self.layout(), "goals"), [1, 0, 3, 1])

    def test_a_layout_that_was_deleted_elsewhere_gives_way_to_another(self):
        other = self.api("POST", "/api/layouts", {"name": "Other"})
        self.open(f"/dashboard/overlay?layout={other['id']}", self.second)
        expect(self.second.get_by_role("button", name="Layout Other")).to_be_visible()
        self.api("DELETE", f"/api/layouts/{other['id']}")
        with self.complaining("404"):
            self.second.get_by_role("button", name="Add widget").click()
            self.second.locator(".picker-card[data-type=chat]").click()
            self.asks(self.second).get_by_role("button", name="Keep mine").click()
            expect(self.second.get_by_text("This layout was deleted elsewhere.").first).to_be_visible()
        expect(self.second.get_by_role("button", name="Layout Main")).to_be_visible()

    def label(self, beginning: str) -> re.Pattern:
        return re.compile(f"^{re.escape(beginning)}")
