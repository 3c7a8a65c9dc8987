"""The dashboard without a mouse."""

import re

from playwright.sync_api import expect

from story import Story

PAGES = {
    "h": "/dashboard", "l": "/dashboard/overlay", "w": "/dashboard/widgets", "t": "/dashboard/theme",
    "s": "/dashboard/settings",
}
FOCUSED = "document.activeElement"
# What the focus must never do: stand where nobody sees it, or on something without a name or a ring.
PROBLEM = """
() => {
  const it = document.activeElement
  if (!it || it === document.body) return "nowhere"
  const box = it.getBoundingClientRect()
  const style = getComputedStyle(it)
  const name = it.getAttribute("aria-label") || it.labels?.[0]?.textContent || it.textContent || it.title
    || document.getElementById(it.getAttribute("aria-labelledby"))?.textContent
  const ring = style.boxShadow !== "none" || style.outlineStyle !== "none"
  if (box.width === 0 || box.height === 0) return `unseen: ${it.outerHTML.slice(0, 120)}`
  if (box.right > innerWidth + 1 || box.left < -1) return `outside: ${it.outerHTML.slice(0, 120)}`
  if (!name?.trim()) return `nameless: ${it.outerHTML.slice(0, 120)}`
  if (!ring) return `without a ring: ${it.outerHTML.slice(0, 120)}`
  return null
}
"""


class Keyboard(Story):
    def test_two_letters_lead_to_every_page_and_t_sends_the_last_test_again(self):
        page = self.sign_in()
        for letter, path in PAGES.items():
            page.keyboard.press("g")
            page.keyboard.press(letter)
            expect(page).to_have_url(f"{self.host.base}{path}")
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
        page.keyboard.press("t")
        expect(page.locator(".toast")).to_contain_text("Test event sent")
        self.assertEqual(len(self.api("GET", "/api/events?types=event:follow")), 1)

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

    def test_the_skip_link_comes_first_and_every_stop_can_be_seen(self):
        page = self.sign_in()
        for path in [*PAGES.values(), "/dashboard/alerts"]:
            if path == "/dashboard/overlay":
                continue
            with self.subTest(path):
                self.open(path, page)
                expect(page.locator("#link-chip[data-link=live]")).to_be_attached()
                page.keyboard.press("Tab")
                expect(page.locator(".skip")).to_be_focused()
                page.keyboard.press("Enter")
                expect(page.locator("#main")).to_be_focused()
                stops = 0
                for _ in range(80):
                    page.keyboard.press("Tab")
                    if page.evaluate(f"{FOCUSED} === document.body || !{FOCUSED}.closest('main')"):
                        break
                    self.assertIsNone(page.evaluate(PROBLEM))
                    stops += 1
                self.assertGreater(stops, 0)

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
