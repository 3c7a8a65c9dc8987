"""Nothing that shuts somebody out while something is open: every menu, dialog, popover and mistake in a field."""

import json
import re

from playwright.sync_api import Page, expect

from axe import AxeTour
from places import CHECKLIST, PUT_AWAY, WIZARD

STOPPED = {
    "data": {
        "state": "stopped", "since": "2026-01-01T00:00:00Z", "budget": {},
        "error": {
            "kind": "error", "message": "main.lua:3: no such field", "traceback": "", "at": "2026-01-01T00:00:00Z",
        },
        "log": [{"at": "2026-01-01T00:00:00Z", "level": "error", "text": "main.lua:3: no such field"}],
    },
}


def as_strangers(route):
    """As if somebody else had written every widget: the program's own do not stop."""
    reply = route.fetch()
    types = reply.json()
    for one in types["data"]:
        one["kind"] = "lua"
    route.fulfill(response=reply, json=types)


class AxeOpen(AxeTour):
    def dialog(self, page: Page, state: str, *, leaves: bool = True):
        """What has just been opened is there, has nothing wrong, and is left."""
        expect(page.get_by_role("dialog")).to_be_visible()
        self.expect_nothing(page, state)
        if leaves:
            self.leave(page)

    def leave(self, page: Page):
        page.evaluate("document.querySelector('dialog[open]').close()")
        expect(page.get_by_role("dialog")).to_have_count(0)

    def menu(self, page: Page, state: str):
        expect(page.locator(".menu:popover-open")).to_be_visible()
        self.expect_nothing(page, state)
        page.keyboard.press("Escape")
        expect(page.locator(".menu:popover-open")).to_have_count(0)

    def test_what_every_page_has(self):
        page = self.sign_in()
        self.set_up(PUT_AWAY)
        self.visit("home", page)
        page.click("#account-button")
        self.menu(page, "account menu")
        page.click("#platform-button")
        self.menu(page, "platform menu")
        page.keyboard.press("Control+k")
        self.dialog(page, "search", leaves=False)
        page.get_by_role("combobox").fill("nothing of that name")
        self.expect_nothing(page, "search without a result")
        self.leave(page)
        page.keyboard.press("?")
        self.dialog(page, "keys")
        page.keyboard.press("t")
        expect(page.locator(".toast")).to_be_visible()
        self.expect_nothing(page, "a toast")

    def test_home(self):
        page = self.sign_in()
        self.set_up(WIZARD)
        self.visit("home", page)
        page.fill("#wizard-name", "")
        page.get_by_role("button", name="Continue").click()
        expect(page.locator("#wizard-name-error")).not_to_be_empty()
        self.expect_nothing(page, "wizard without a name")
        self.set_up(CHECKLIST)
        self.visit("home", page)
        page.click("#test-button")
        self.menu(page, "test events")
        page.click("#test-button")
        page.locator(".menu:popover-open .menu-item").last.click()
        self.dialog(page, "own test event", leaves=False)
        page.select_option("#test-type", "event:tip")
        page.fill("#test-amount", "a lot")
        page.get_by_role("dialog").get_by_role("button", name="Send test event").click()
        expect(page.locator("#test-amount-error")).to_be_visible()
        self.expect_nothing(page, "own test event with a wrong amount")
        self.leave(page)
        self.api("POST", "/api/events/test", {"type": "event:follow"})
        page.locator("#events-list [aria-haspopup=menu]").first.click()
        self.menu(page, "menu of an event")

    def test_editor(self):
        page = self.sign_in()
        self.api("POST", "/api/layouts", {"name": "Another"})
        self.visit("editor", page)
        page.locator(".layout-button").click()
        self.menu(page, "layouts")
        page.get_by_role("button", name="Send test event").click()
        self.menu(page, "test events of the editor")
        page.locator(".layer").first.hover()
        page.locator(".layer-more").first.click()
        self.menu(page, "menu of a widget")
        page.get_by_role("button", name="Add widget").click()
        expect(page.locator(".picker")).to_be_visible()
        self.expect_nothing(page, "picker")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        self.dialog(page, "keys of the editor")
        for type in ("chat", "events", "goals", "tips"):
            page.locator(f".box[data-type={type}]").click()
            expect(page.locator(f".box[data-type={type}][aria-pressed=true]")).to_be_visible()
            # What is folded is opened.
            page.evaluate("document.querySelectorAll('.inspector details, details').forEach((one) => one.open = true)")
            self.expect_nothing(page, f"settings of {type}")
        field = page.get_by_role("spinbutton", name="Column")
        field.fill("99")
        field.blur()
        expect(page.locator(".error:visible")).to_have_count(1)
        self.expect_nothing(page, "a column that is not there")
        page.set_viewport_size({"width": 900, "height": 800})
        page.locator(".sheet-button").click()
        expect(page.locator("[data-sheet=open]")).to_be_visible()
        self.expect_nothing(page, "settings as a sheet")

    def test_layouts(self):
        page = self.sign_in()
        self.api("POST", "/api/layouts", {"name": "Another"})
        self.visit("editor", page)
        for item in ("New layout", "Rename layout", "Delete layout"):
            page.locator(".layout-button").click()
            page.get_by_role("menuitem", name=item).click()
            self.dialog(page, item)
        page.locator(".box[data-type=goals]").press("ArrowDown")
        expect(page.get_by_role("button", name="Publish")).to_be_enabled()
        expect(page.get_by_text(re.compile("^Saved"))).to_be_visible()
        page.get_by_role("button", name="Discard").click()
        self.dialog(page, "discard the draft")
        layout = next(one for one in self.api("GET", "/api/layouts") if one["isDefault"])
        self.api("PUT", f"/api/layouts/{layout['id']}", {"version": layout["version"], "name": "Changed"})
        page.locator(".box[data-type=goals]").press("ArrowDown")
        self.dialog(page, "changed elsewhere")
        # The page may have looked before it asked to save, and then nothing is refused.
        self.complaints = [one for one in self.complaints if "409 (Conflict)" not in one]
        self.expect_nothing(page, "changed elsewhere, to be decided later")

    def test_widgets(self):
        page = self.sign_in()
        page.route("**/health", lambda route: route.fulfill(json=STOPPED))
        page.route("**/api/widget-types*", as_strangers)
        self.visit("widgets", page)
        expect(page.locator(".health")).to_have_count(4)
        page.locator(".health summary").first.click()
        self.expect_nothing(page, "widgets that have stopped")
        page.locator(".catalogue-card").first.click()
        self.dialog(page, "details of a widget")
        page.get_by_role("searchbox").fill("nothing of that name")
        self.expect_nothing(page, "no widget found")

    def test_theme(self):
        page = self.sign_in()
        self.api("POST", "/api/themes", {"name": "Another"})
        self.visit("theme", page)
        for name in ("New theme", "Duplicate theme", "Rename theme", "Delete theme"):
            page.get_by_role("button", name="More about this theme").click()
            page.get_by_role("menuitem", name=name).click()
            self.dialog(page, name)
        page.get_by_role("button", name="More about this theme").click()
        self.menu(page, "menu of a theme")
        page.get_by_role("button", name="Import theme").click()
        page.fill("#theme-text", "{")
        self.dialog(page, "a file that is no theme", leaves=False)
        good = self.api("GET", "/api/themes")[0]
        good["variables"]["primary"] = "#123456"
        page.fill("#theme-text", json.dumps({"name": good["name"], "variables": good["variables"]}))
        expect(page.locator(".changes li")).to_have_count(1)
        self.expect_nothing(page, "a theme and what it changes")
        self.leave(page)
        page.get_by_label("Muted text", exact=True).fill("#222222")
        expect(page.get_by_text("needs 4.5").first).to_be_visible()
        self.expect_nothing(page, "colours that can hardly be read")
        page.locator("#theme-choice").select_option(index=1)
        self.dialog(page, "leave without saving")

    def test_settings(self):
        page = self.sign_in()
        self.visit("settings", page)
        page.get_by_role("button", name="Disconnect Kick").click()
        self.dialog(page, "disconnect")
        page.get_by_role("button", name="Save followers").click()
        self.expect_nothing(page, "no number of followers")
        page.get_by_role("button", name="Add tip service").click()
        self.dialog(page, "a tip service", leaves=False)
        page.get_by_role("dialog").get_by_role("button", name="Add tip service").click()
        expect(page.locator("#tip-secret-error")).to_be_visible()
        self.dialog(page, "a tip service without its secret")
        page.get_by_role("button", name="Sign out").first.click()
        self.dialog(page, "end a session")
        page.fill("#viewer-id", "4711")
        page.get_by_role("button", name="Erase viewer").click()
        self.dialog(page, "erase a viewer")
        page.get_by_role("button", name="Delete account").click()
        page.fill("#confirm-channel", "another")
        page.get_by_role("dialog").get_by_role("button", name="Delete account").click()
        expect(page.get_by_role("alert")).to_be_visible()
        self.dialog(page, "delete the account, with another name")
        page.fill("#time-zone", "Nowhere")
        self.expect_nothing(page, "a time zone that is not there")
        layout = self.api("GET", "/api/layouts")[0]
        for _ in range(2):
            self.api("POST", f"/api/layouts/{layout['id']}/key")
        for service in ("kofi", "stripe", "buymeacoffee"):
            self.api("POST", "/api/tip-sources", {"service": service, "secret": "whsec_of_a_story_0123456789"})
        self.api("DELETE", "/api/connections/kick")
        self.visit("settings", page)
        self.expect_nothing(page, "tip services")
        page.get_by_role("button", name="Remove Stripe").click()
        self.dialog(page, "remove a tip service")
        page.get_by_role("button", name="Connect Kick").click()
        self.dialog(page, "Kick, which cannot deliver")
        for name in ("Reset address", "End old address", "Make public"):
            page.locator("#overlay").get_by_role("button", name=name).click()
            self.dialog(page, f"the key: {name}")
        page.locator("#overlay").get_by_role("button", name="Show for 10 s").first.click()
        self.expect_nothing(page, "an address that is shown")
