"""For those who see little or nothing of the usual: a ring around what has the focus, forced colours, 400 % zoom."""

from playwright.sync_api import Page, expect

import boxes
from places import CHECKLIST, OPEN_PAGES, OWN_PAGES, PLACES, PUT_AWAY, Tour

# What a focused control looks like, with what is drawn around it for it (a card around its radio button, say).
RING = """() => {
  const focused = document.activeElement
  if (!focused || focused === document.body || focused.tagName === "IFRAME") return null
  const look = (element) => { const { boxShadow, outlineStyle, outlineWidth, outlineColor, borderColor } =
    getComputedStyle(element); return [boxShadow, outlineStyle, outlineWidth, outlineColor, borderColor].join(" ") }
  const around = [focused, focused.closest("label"), focused.parentElement].filter(Boolean)
  const now = around.map(look)
  const seen = getComputedStyle(focused).visibility
  focused.blur()
  const before = around.map(look)
  focused.focus({ preventScroll: true })
  const name = `${focused.tagName} ${focused.id || focused.getAttribute("aria-label") || focused.textContent.trim()}`
  window.tabbed ??= new Set()
  const isNew = !window.tabbed.has(focused)
  window.tabbed.add(focused)
  return { name: name.replace(/\\s+/g, " ").slice(0, 80), isNew, hasRing: now.join() !== before.join(), seen }
}"""
FOCUSABLE = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, " +
  "[tabindex='0']")].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled &&
  one.tabIndex >= 0 && !(one.type === "radio" && !one.checked)).length"""
MOST_STEPS = 400


class Ring(Tour):
    def walk(self, page: Page, name: str) -> int:
        """Presses Tab from the beginning to the end; each stop has its ring."""
        count = 0
        for _ in range(MOST_STEPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(RING)
            if stop is None:
                if count and page.evaluate("document.activeElement === document.body"):
                    break
                continue
            if not stop["isNew"]:
                break
            count += 1
            with self.subTest(name, stop=stop["name"]):
                self.assertTrue(stop["hasRing"], "no ring")
                self.assertEqual(stop["seen"], "visible")
        return count

    def test_every_stop_of_tab_has_a_ring(self):
        page = self.sign_in()
        self.set_up(CHECKLIST)
        for name in PLACES:
            self.visit(name, page)
            count = self.walk(page, name)
            self.assertGreaterEqual(count, page.evaluate(FOCUSABLE) - 1, f"{name}: Tab does not reach everything")

    def test_in_forced_colours_the_ring_is_an_outline(self):
        page = self.sign_in()
        page.emulate_media(forced_colors="active")
        for name in ("sign-in", "home", "editor"):
            self.visit(name, page)
            for _ in range(12):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement === document.body"):
                    break
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                self.assertEqual(outline, "solid", page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))

    def test_the_skip_link_comes_first_and_leads_past_the_bars(self):
        page = self.sign_in()
        for name in PLACES:
            self.visit(name, page)
            page.keyboard.press("Tab")
            skip = page.locator("a.skip")
            expect(skip).to_be_focused()
            box = skip.bounding_box()
            self.assertTrue(box["x"] >= 0 and box["y"] >= 0, f"{name}: {box}")
            page.keyboard.press("Enter")
            expect(page.locator("#main")).to_be_focused()


class ForcedColours(Tour):
    def new_context(self, **options):
        return super().new_context(**{**options, "forced_colors": "active"})

    def test_every_control_keeps_an_edge(self):
        """Backgrounds are gone there: what can be pressed has a border, or is a link or stands in a list of choices."""
        page = self.sign_in()
        self.set_up(PUT_AWAY)
        for name in [*OPEN_PAGES, *OWN_PAGES]:
            self.visit(name, page)
            self.assertEqual(boxes.collect(page)[1], [], name)
            bare = page.evaluate("""() => [...document.querySelectorAll(".button:not(.ghost), .input, .switch, .filter")]
              .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
              .map((one) => one.outerHTML.slice(0, 120))""")
            self.assertEqual(bare, [], name)


class Zoomed(Tour):
    """1280 pixels at 400 % are 320 wide and 256 high."""

    size = (320, 256)

    def test_everything_can_be_read_and_reached_at_400_percent(self):
        page = self.sign_in()
        for name in PLACES:
            self.visit(name, page)
            faults = boxes.collect(page)[1]
            self.assertFalse(faults, f"{name}: {faults[:5]}")
            # In the middle of a page, the part of the window in which it can be seen.
            covered = page.evaluate("""() => {
              scrollTo(0, (document.documentElement.scrollHeight - innerHeight) / 2)
              const floats = (one) => one && (["fixed", "sticky"].includes(getComputedStyle(one).position) ||
                floats(one.parentElement))
              const points = Array.from({ length: 64 }, (_, index) => index * innerHeight / 64 + 1)
              return points.filter((y) => floats(document.elementFromPoint(innerWidth / 2, y))).length / points.length
            }""")
            self.assertLess(covered, 0.4, f"{name}: bars lie over the page")

    def test_a_dialog_scrolls_to_its_buttons(self):
        page = self.sign_in("/dashboard/theme")
        page.get_by_role("button", name="Import theme").click()
        button = page.get_by_role("dialog").get_by_role("button", name="Import theme")
        button.scroll_into_view_if_needed()
        box = button.bounding_box()
        self.assertTrue(box["y"] >= 0 and box["y"] + box["height"] <= 256, box)
        button.click()
        expect(page.get_by_role("alert")).to_be_visible()
