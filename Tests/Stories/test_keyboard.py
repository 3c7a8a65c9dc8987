"""The dashboard without a mouse."""

import re

from playwright.sync_api import expect

from story import Story

PAGES = {
    "h": "/dashboard", "l": "/dashboard/overlay", "w": "/dashboard/widgets", "t": "/dashboard/theme",
    "s": "/dashboard/settings",
}
FOCUSED = "document.activeElement"
# Says something while a dialog is open that goes before anybody can have heard it.
SAID_IN_PASSING = """async () => {
  const [assets] = document.documentElement.outerHTML.match(/\\/assets\\/[^/"]+/)
  const { announce } = await import(`${assets}/dashboard/shell/announce.js`)
  const dialog = document.createElement("dialog")
  document.body.append(dialog)
  dialog.showModal()
  announce("Sent")
  while (dialog.textContent === "") await new Promise(requestAnimationFrame)
  const inside = dialog.textContent
  dialog.remove()
  return inside
}"""


class Keyboard(Story):
    def test_two_letters_lead_to_every_page_and_t_sends_the_last_test_again(self):
        page = self.sign_in()
        for letter, path in PAGES.items():
            # The way to the page one is on already changes no address, so what is awaited is the new document.
            with page.expect_navigation(url=f"{self.host.base}{path}"):
                # In one go: they belong together for a second and a half.
                page.keyboard.type(f"g{letter}")
            # A key that is pressed before the page listens is lost.
            expect(page.locator("#link-chip[data-link=live]")).to_be_attached()
        with page.expect_request("**/api/events/test") as sent:
            page.keyboard.press("t")
        # From the platform that is shown, as the button on Home does it.
        self.assertEqual(sent.value.post_data_json, {"type": "event:follow", "payload": {}, "platform": "twitch"})
        expect(page.locator(".toast")).to_contain_text("Test event sent")
        self.assertEqual(len(self.api("GET", "/api/events?types=event:follow")), 1)

    def test_what_is_said_in_a_dialog_that_goes_at_once_is_said_again(self):
        page = self.open("/")
        self.assertEqual(page.evaluate(SAID_IN_PASSING), "Sent")
        expect(page.locator("body > [aria-live=polite]")).to_have_text("Sent")

    def test_the_search_finds_pages_layouts_and_actions(self):
        page = self.sign_in()
        page.locator("#account-button").focus()
        page.keyboard.press("Control+k")
        search = page.get_by_role("combobox", name="Search pages, layouts and actions")
        expect(search).to_be_focused()
        search.press_sequentially("main")
        expect(page.get_by_role("option")).to_have_text(["Layout: Main"])
        search.fill("xyzzy")
        expect(page.get_by_text("Nothing found")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator("#account-button")).to_be_focused()

        page.keyboard.press("Control+k")
        search.press_sequentially("test follow")
        page.keyboard.press("Enter")
        expect(page.locator("#events-list li")).to_have_count(1)
        page.keyboard.press("Control+k")
        expect(search).to_be_focused()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("/dashboard/widgets"))

    def test_the_sheet_lists_them_and_letters_mean_nothing_while_one_types(self):
        page = self.sign_in("/dashboard/settings")
        page.locator("#display-name").focus()
        page.keyboard.type("g w ? t")
        expect(page.locator("#display-name")).to_have_value(re.compile(r"g w \? t"))
        expect(page.get_by_role("dialog")).to_have_count(0)
        self.assertEqual(self.api("GET", "/api/events?types=event:*"), [])
        page.locator("#account-button").focus()
        page.keyboard.press("?")
        sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
        for what in ("Go to Home", "Go to Theme", "Send the last test event again", "Search"):
            expect(sheet).to_contain_text(what)
        page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)
        expect(page.locator("#account-button")).to_be_focused()

    def test_menus_go_by_arrow_keys_and_give_the_focus_back(self):
        page = self.sign_in("/dashboard/theme")
        more = page.get_by_role("button", name="More about this theme")
        more.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menuitem", name="New theme")).to_be_focused()
        page.keyboard.press("End")
        expect(page.get_by_role("menuitem", name="Delete theme")).to_be_focused()
        page.keyboard.press("Home")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("menuitem", name="Duplicate theme")).to_be_focused()
        page.keyboard.press("Escape")
        expect(more).to_be_focused()

        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_label("Name").press_sequentially(" two")
        page.keyboard.press("Enter")
        expect(page.locator("#theme-choice option")).to_have_count(2)
        self.assertEqual(len(self.api("GET", "/api/themes")), 2)

    def test_a_question_gives_the_focus_back_to_what_asked(self):
        page = self.sign_in("/dashboard/settings")
        button = page.get_by_role("button", name="Make private")
        button.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        page.keyboard.press("Tab")
        dialog.get_by_role("button", name="Make private").press("Enter")
        # The button is gone with what it did; the reading goes on in the same part.
        expect(page.get_by_role("button", name="Reset address")).to_be_visible()
        self.assertTrue(page.evaluate(f"{FOCUSED}.closest('#overlay') !== null"))
