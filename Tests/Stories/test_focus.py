"""Who goes through a page by Tab alone comes everywhere and always sees where they are."""

from playwright.sync_api import Page, expect

from places import CHECKLIST, PLACES, Tour

# What a focused control looks like, with what is drawn around it for it (a card around its radio button, say).
RING = """() => {
  const focused = document.activeElement
  if (!focused || focused === document.body || focused.tagName === "IFRAME") return null
  const look = (element) => { const { boxShadow, outlineStyle, outlineWidth, outlineColor, borderColor } =
    getComputedStyle(element); return [boxShadow, outlineStyle, outlineWidth, outlineColor, borderColor].join(" ") }
  const around = [focused, focused.closest("label"), focused.parentElement].filter(Boolean)
  const now = around.map(look)
  const seen = getComputedStyle(focused).visibility
  const box = focused.getBoundingClientRect()
  const labelled = document.getElementById(focused.getAttribute("aria-labelledby"))?.textContent
  const called = focused.getAttribute("aria-label") || focused.labels?.[0]?.textContent || labelled ||
    focused.textContent || focused.title
  const problem = box.width === 0 || box.height === 0 ? "has no size"
    : box.right > innerWidth + 1 || box.left < -1 ? "stands outside"
    : called?.trim() ? "" : "has no name"
  focused.blur()
  const before = around.map(look)
  focused.focus({ preventScroll: true })
  const name = `${focused.tagName} ${focused.id || focused.getAttribute("aria-label") || focused.textContent.trim()}`
  window.tabbed ??= new Set()
  const isNew = !window.tabbed.has(focused)
  window.tabbed.add(focused)
  return { name: name.replace(/\\s+/g, " ").slice(0, 80), isNew, hasRing: now.join() !== before.join(), seen, problem }
}"""
FOCUSABLE = """() => [...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
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
                self.assertEqual(stop["problem"], "")
        return count

    def test_every_stop_of_tab_has_a_ring(self):
        page = self.sign_in()
        self.set_up(CHECKLIST)
        for name in PLACES:
            self.visit(name, page)
            count = self.walk(page, name)
            self.assertGreaterEqual(count, page.evaluate(FOCUSABLE), f"{name}: Tab does not reach everything")

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
