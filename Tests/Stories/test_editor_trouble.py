"""A widget that breaks on air is said to in the editor, and test events are tried out before they go on stream."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import expect

import packages
from editor import EditorStory


class Trouble(EditorStory):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-widgets-")
        self.addCleanup(folder.cleanup)
        self.environment = {"WIDGETS_DIR": str(packages.write(Path(folder.name), "brittle"))}
        super().setUp()

    def test_a_widget_that_broke_says_why_on_its_box_and_is_started_again(self):
        self.sign_in().close()
        layout = self.layout()["id"]
        place = {"x": 0, "y": 4, "width": 3, "height": 2}
        brittle = self.api("POST", "/api/widgets", {"layoutId": layout, "type": "brittle", "position": place})
        overlay = self.overlay()
        expect(overlay.locator(".slot[data-type=brittle]")).to_contain_text("Whole: 0")
        page = self.open_editor(self.context.new_page())
        box, card = self.box(page, "brittle"), page.locator(".box-trouble")
        expect(box).to_be_visible()
        expect(card).to_have_count(0)

        def breaks() -> bool:
            # Lines that wait while it rests would break it again once it is started.
            if self.api("GET", f"/api/widgets/{brittle['id']}/health")["state"] == "running":
                self.api("POST", "/api/events/test", {"type": "chat:message", "payload": {"text": "break"}})
            return card.count() > 0

        self.wait(breaks, "the box says so")
        expect(card).to_contain_text(
            "Brittle rests before it tries again. It met an error: main.lua:6: the glass is broken"
        )
        expect(box).to_have_attribute("aria-label", re.compile("Needs your attention"))
        expect(page.locator(".layer.is-bad")).to_contain_text("Brittle")
        # The others go on, in the preview and on air.
        expect(overlay.locator(".slot[data-type=chat]")).to_contain_text("break")

        card.get_by_role("button", name="Log").click()
        log = page.get_by_role("dialog", name="What did Brittle write?")
        expect(log.locator("pre")).to_contain_text("info heard break")
        expect(log.locator("pre")).to_contain_text("error main.lua:6: the glass is broken")
        # Letting go beside it, as after marking a line to copy, leaves it open; a click there does not.
        page.mouse.move(*self.middle(log.locator("pre")))
        page.mouse.down()
        page.mouse.move(5, 5)
        page.mouse.up()
        expect(log).to_be_visible()
        page.mouse.click(5, 5)
        expect(log).to_have_count(0)

        page.locator(".layer-name", has_text="Brittle").click()
        inspector = page.get_by_role("region", name="Settings", exact=True)
        expect(inspector.get_by_text("It met an error: main.lua:6: the glass is broken")).to_be_visible()
        card.get_by_role("button", name="Restart").click()
        expect(page.get_by_text("Brittle starts again").first).to_be_visible()
        expect(card).to_have_count(0)
        expect(inspector.get_by_text("It met an error")).to_have_count(0)
        self.assertEqual(self.api("GET", f"/api/widgets/{brittle['id']}/health")["state"], "running")

    def test_a_look_that_brings_nothing_new_leaves_what_somebody_does(self):
        self.sign_in().close()
        place = {"x": 0, "y": 4, "width": 3, "height": 2}
        body = {"layoutId": self.layout()["id"], "type": "brittle", "position": place}
        brittle = self.api("POST", "/api/widgets", body)["id"]
        moment, looks = "2026-01-01T00:00:00Z", []

        def stopped(route):
            looks.append(route)
            route.fulfill(json={"data": {
                "state": "stopped", "since": moment, "budget": {"instructions": len(looks)},
                "error": {"kind": "limit", "message": "instructions", "traceback": None, "at": moment},
                "log": [{"at": moment, "level": "error", "text": "main.lua:3: too long"}],
            }})

        page = self.context.new_page()
        page.route(f"**/api/widgets/{brittle}/health", stopped)
        self.open_editor(page)
        box, card = self.box(page, "brittle"), page.locator(".box-trouble")
        page.locator(".layer-name", has_text="Brittle").click()
        inspector = page.get_by_role("region", name="Settings", exact=True)
        inspector.locator(".health summary").click()
        column = inspector.locator("#place-x")
        column.press("Control+a")
        page.keyboard.type("2")
        for _ in range(2):
            with page.expect_response(f"**/api/widgets/{brittle}/health"):
                pass
        expect(column).to_have_value("2")
        expect(column).to_be_focused()
        expect(inspector.get_by_text("main.lua:3: too long")).to_be_visible()
        column.fill("1")

        # What lies over the box of a widget is no place beside it.
        card.get_by_role("button", name="Log").click()
        page.get_by_role("dialog", name="What did Brittle write?").get_by_role("button", name="Close").click()
        expect(box).to_have_attribute("aria-pressed", "true")
        # Who starts it again goes on reading where the button was.
        page.unroute(f"**/api/widgets/{brittle}/health")
        inspector.get_by_role("button", name="Restart").click()
        expect(card).to_have_count(0)
        expect(inspector.get_by_role("heading", name="Brittle")).to_be_focused()

    def test_test_events_stay_in_the_preview_until_they_are_shown_on_stream(self):
        overlay = self.overlay()
        page = self.edit()
        preview = page.frame_locator(".overlay-frame")
        expect(preview.locator(".slot[data-type=chat]")).to_contain_text("nightowl_tv")
        self.choose(page, "Raid")
        strip = page.locator(".test-strip")
        expect(strip).to_contain_text("Raid: in the preview alone.")
        self.hears(page, "Raid: in the preview alone.")
        expect(preview.locator(".slot[data-type=events]")).to_contain_text("raid", ignore_case=True)

        self.choose(page, "Own name, amount, message")
        dialog = page.get_by_role("dialog", name="Which test event?")
        dialog.locator("#test-type").select_option("event:tip")
        dialog.locator("#test-name").fill("<b>Bo</b>")
        dialog.locator("#test-amount").fill("a lot")
        dialog.get_by_role("button", name="Show in preview").click()
        expect(dialog.locator("#test-amount")).to_have_attribute("aria-invalid", "true")
        dialog.locator("#test-amount").fill("7,50")
        dialog.locator("#test-message").fill("For the cat")
        dialog.get_by_role("button", name="Show in preview").click()
        expect(strip).to_contain_text("Tip from <b>Bo</b>: in the preview alone.")
        expect(preview.locator(".slot[data-type=tips]")).to_contain_text("For the cat")
        self.assertEqual(self.api("GET", "/api/events?types=event:*"), [])
        expect(overlay.locator(".slot[data-type=events]")).not_to_contain_text("Bo")

        live = strip.get_by_role("button", name="Show on stream")
        live.focus()
        # A hand that presses twice means once.
        live.evaluate("(button) => { button.click(); button.click() }")
        expect(overlay.locator(".slot[data-type=events]")).to_contain_text("<b>Bo</b>")
        expect(strip).to_have_count(0)
        expect(page.get_by_role("button", name="Send test event")).to_be_focused()
        [tip] = self.api("GET", "/api/events?types=event:*")
        self.assertEqual((tip["type"], tip["test"], tip["payload"]["message"]), ("event:tip", True, "For the cat"))

    def choose(self, page, name: str):
        page.get_by_role("button", name="Send test event").click()
        page.get_by_role("menu", name="Send test event").get_by_role("menuitem", name=name).click()

    def test_samples_go_on_to_come_until_they_are_switched_off(self):
        page = self.edit()
        preview = page.frame_locator(".overlay-frame")
        expect(preview.locator(".slot[data-type=events]")).to_contain_text("following")
        expect(preview.locator(".slot[data-type=events]")).to_contain_text("subscribed")
        expect(preview.locator(".slot[data-type=chat]")).to_contain_text("pixel_fox")
        samples = page.get_by_role("button", name="Samples")
        samples.click()
        expect(samples).to_have_attribute("aria-pressed", "false")
        self.open_editor(page)
        expect(samples).to_have_attribute("aria-pressed", "false")
        self.assertEqual(self.api("GET", "/api/events"), [], "nothing of it is in the log")
