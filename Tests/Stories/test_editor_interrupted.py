"""What interrupts an edit: no network, a host that dies, a session that ends. Nothing is lost."""

import re
import signal

from playwright.sync_api import expect

from editor import EditorStory

# What every browser says of a request that is not answered.
GONE = "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket|ERR_NETWORK_CHANGED|ERR_CONNECTION_RESET"


class Interrupted(EditorStory):
    def nudge(self, page, key: str = "ArrowDown"):
        self.box(page, "goals").focus()
        page.keyboard.press(key)

    def test_without_a_network_edits_wait_and_are_saved_when_it_is_back(self):
        page = self.edit()
        self.box(page, "goals").click()
        expect(page.get_by_label("Label")).to_be_visible()
        with self.complaining(GONE):
            self.context.set_offline(True)
            self.nudge(page)
            status = page.locator(".save-status")
            expect(status).to_have_text("Not saved, trying again")
            expect(status).to_have_class("save-status badge bad")
            self.hears(page, "Not saved, trying again")
            self.nudge(page)
            self.hears(page, "Goals: column 1, row 3, 3 wide, 1 high.")
            page.get_by_role("button", name="Try again").click()
            expect(status).to_have_text("Not saved, trying again")
            # What is loaded later is there already.
            page.get_by_role("button", name="Add widget").click()
            page.locator(".picker-card[data-type=tips]").click()
            expect(page.locator(".box[data-type=tips]")).to_have_count(2)
            # Who leaves now is asked.
            self.assertTrue(self.asks_before_leaving(page))

            self.context.set_offline(False)
            self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 2, 3, 1])
        self.assertEqual(len(self.draft()["widgets"]), 5)
        self.assertFalse(self.asks_before_leaving(page), "what is saved can be left")

    def test_a_form_that_did_not_load_is_asked_for_again(self):
        page = self.sign_in()
        form = re.compile(r"/bundles/dashboard/elements/schema-form\.js")
        aborted = []

        def abort(route):
            aborted.append(route.request.url)
            route.abort()

        page.route(form, abort)
        with self.complaining("ERR_FAILED"):
            self.open_editor(page)
            self.box(page, "goals").click()
            failed = page.get_by_text("The settings did not load.")
            expect(failed).to_be_visible()
            # It may be fetched ahead of time and once more.
            self.hear_complaints(lambda: len(aborted))
        page.unroute(form)
        page.get_by_role("region", name="Settings").get_by_role("button", name="Try again").click()
        expect(page.get_by_label("Label")).to_be_visible()
        expect(failed).to_have_count(0)

    def asks_before_leaving(self, page) -> bool:
        """Whether the page would ask, without leaving it."""
        return page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")

    def test_a_host_that_is_killed_and_comes_back_has_everything(self):
        page = self.edit()
        self.nudge(page)
        self.saved(page)
        with self.complaining(GONE):
            self.host.stop(signal.SIGKILL)
            self.nudge(page)
            expect(page.locator(".save-status")).to_have_text("Not saved, trying again")
            page.get_by_role("button", name="Publish").click()
            expect(page.get_by_role("alert").filter(has_text="cannot be reached").first).to_be_visible()
            self.host.start()
            self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 2, 3, 1])
        self.publish(page)
        self.assertEqual(self.place(self.layout(), "goals"), [0, 2, 3, 1])

    def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(self):
        page = self.edit()
        self.nudge(page)
        self.saved(page)
        self.end_session()
        with self.complaining("401"):
            self.nudge(page)
            expect(page.get_by_role("dialog")).to_be_visible()
            expect(page.locator(".save-status")).to_have_text("Signed out. Your changes are kept in this tab")
            self.assertFalse(self.asks_before_leaving(page), "the tab keeps it")
            page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/auth/login*")
            page.click("form[action='/auth/demo'] button")
            page.wait_for_url("**/dashboard/overlay*")
        self.assertEqual(self.place(self.draft(), "goals"), [0, 1, 3, 1])
        expect(page.get_by_text("Your unsaved changes are back").first).to_be_visible()
        self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 2, 3, 1])
        # And it is a step like any other, but for what was before.
        self.publish(page)
        self.assertEqual(self.place(self.layout(), "goals"), [0, 2, 3, 1])

    def test_who_signs_in_again_in_another_tab_goes_on_in_this_one(self):
        page = self.edit()
        self.end_session()
        with self.complaining("401", "403"):
            self.nudge(page)
            dialog = page.get_by_role("dialog")
            dialog.get_by_role("button", name="Cancel").click()
            self.sign_in()
            page.get_by_role("button", name="Try again").click()
            self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 1, 3, 1])

    def end_session(self):
        """As from another computer."""
        [mine] = [one["id"] for one in self.api("GET", "/api/sessions") if one["isCurrent"]]
        elsewhere = self.new_context()
        self.sign_in(context=elsewhere)
        self.api("DELETE", f"/api/sessions/{mine}", context=elsewhere, status=204)

    def test_what_the_host_refuses_stays_and_is_marked_where_it_stands(self):
        page = self.edit()
        self.box(page, "goals").click()
        refusal = {"error": {"code": "VALIDATION_ERROR", "message": "Not like this.", "details": []}}
        page.route("**/draft", lambda route: route.fulfill(status=400, json=refusal))
        with self.complaining("400"):
            self.nudge(page)
            alert = "The draft was not saved. Your changes are still here. Not like this."
            expect(page.get_by_role("alert").filter(has_text=alert).first).to_be_visible()
            expect(page.locator(".save-status")).to_have_text("Not saved")
        page.unroute("**/draft")
        self.nudge(page)
        self.saved(page)
        self.assertEqual(self.place(self.draft(), "goals"), [0, 2, 3, 1])

    def test_how_long_ago_it_was_saved(self):
        page = self.edit()
        self.nudge(page)
        self.saved(page)
        page.evaluate("{ const { now } = Date; Date.now = () => now() + 180_000 }")
        # Looked at every ten seconds.
        expect(page.locator(".save-status")).to_have_text("Saved 3 min ago")
        self.nudge(page)
        self.saved(page)

    def test_an_editor_that_does_not_load_says_so_and_can_be_tried_again(self):
        page = self.sign_in()
        page.route("**/draft?orLayout=true", lambda route: route.abort())
        with self.complaining("ERR_FAILED"):
            self.open("/dashboard/overlay", page)
            state = page.get_by_role("alert").filter(has_text="The editor did not load")
            expect(state).to_be_visible()
            expect(page.locator("ui-layout-editor")).to_have_count(0)
        page.unroute("**/draft?orLayout=true")
        state.get_by_role("button", name="Try again").click()
        expect(page.locator(".layer")).to_have_count(4)
        self.nudge(page)
        # Once, though it was tried twice.
        self.hears(page, "Goals: column 1, row 2, 3 wide, 1 high.")
        self.saved(page)

    def test_an_answer_that_comes_late_leaves_the_editor_that_is_in_use(self):
        self.context.clock.install()
        page = self.sign_in()
        held = []
        lists = re.compile(r"/api/layouts\?page")
        page.route(lists, lambda route: route.continue_() if held else held.append(route))
        page.goto(f"{self.host.base}/dashboard/overlay")
        self.context.clock.fast_forward(8_100)
        page.get_by_role("alert").get_by_role("button", name="Try again").click()
        expect(page.locator(".layer")).to_have_count(4)
        page.locator("ui-layout-editor").evaluate("(editor) => editor.id = 'in-use'")
        with page.expect_response(lists):
            held[0].continue_()
        self.nudge(page)
        self.hears(page, "Goals: column 1, row 2, 3 wide, 1 high.")
        self.saved(page)
        expect(page.locator("ui-layout-editor")).to_have_count(1)
        expect(page.locator("#in-use")).to_be_visible()
