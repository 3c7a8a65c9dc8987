"""What moves on a page, how little of it, and that nothing does for those who ask for that (design-spec section 2)."""

import contextlib
import re

from playwright.sync_api import Error, Page, expect

from places import OWN_PAGES, PLACES, WIZARD, Tour

# Every rule of every style sheet of the page, those in conditions and imported ones too.
RULES = """() => {
  const rules = []
  const read = (sheet) => {
    for (const rule of sheet.cssRules) {
      if (rule.styleSheet) read(rule.styleSheet)
      else if (rule instanceof CSSKeyframesRule) rules.push({ keyframes: rule.name,
        moves: [...rule.cssRules].flatMap((step) => [...step.style]) })
      else if (rule instanceof CSSStyleRule) rules.push({ selector: rule.selectorText,
        // With a variable in it, only the short form can be read.
        transition: rule.style.transition || rule.style.transitionProperty, animation: rule.style.animation })
      if (rule.cssRules && !(rule instanceof CSSKeyframesRule)) read(rule)
    }
  }
  for (const sheet of document.styleSheets) read(sheet)
  return rules
}"""
# What would last longer than nothing, of every element and of what is drawn before and after it.
LASTING = """() => {
  const second = (text) => parseFloat(text) * (text.endsWith("ms") ? 0.001 : 1)
  const seconds = (text) => Math.max(...text.split(",").map(second))
  const found = new Set(document.getAnimations().map((one) => `runs: ${one.animationName ?? one.transitionProperty}`))
  for (const element of document.querySelectorAll("*")) {
    for (const part of ["", "::before", "::after"]) {
      const style = getComputedStyle(element, part)
      const moves = style.animationName !== "none" && seconds(style.animationDuration) > 0
      const passes = style.transitionProperty !== "none" && seconds(style.transitionDuration) > 0
      if (moves || passes) found.add(`${element.tagName.toLowerCase()}.${element.className}${part}`)
    }
  }
  return [...found]
}"""
MAY_MOVE = {"opacity", "transform", "none", "visibility", ""}
MAY_REPEAT = {"pulse", "live"}


class Motion(Tour):
    @contextlib.contextmanager
    def waiting(self, page: Page, name: str):
        """Opens a page whose questions nobody answers yet."""
        asked = []
        page.route(re.compile("/api/"), lambda route: asked.append(route))
        page.goto(self.host.base + PLACES[name])
        expect(page.locator(".skeleton").first).to_be_attached()
        yield
        page.goto("about:blank")
        for route in asked:
            with contextlib.suppress(Error):
                route.abort()
        page.unroute_all()


class Still(Motion):
    def test_nothing_moves_for_those_who_ask_for_that(self):
        page = self.sign_in()
        self.set_up(WIZARD)
        for name in PLACES:
            self.visit(name, page)
            self.assertEqual(page.evaluate(LASTING), [], name)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        self.assertEqual(page.evaluate(LASTING), [], "keys")

    def test_nor_while_a_page_waits(self):
        page = self.sign_in()
        for name in OWN_PAGES:
            with self.waiting(page, name):
                self.assertEqual(page.evaluate(LASTING), [], name)


class Moving(Motion):
    def new_context(self, **options):
        return super().new_context(**{**options, "reduced_motion": "no-preference"})

    def test_what_lasts_is_found(self):
        page = self.sign_in("/dashboard/settings")
        self.assertNotEqual(page.evaluate(LASTING), [])
        with self.waiting(page, "home"):
            self.assertIn("runs: pulse", page.evaluate(LASTING))

    def test_only_opacity_and_place_change_and_only_skeletons_go_on(self):
        page = self.sign_in()
        keyframes, transitions = set(), set()
        for name in PLACES:
            self.visit(name, page)
            rules = page.evaluate(RULES)
            self.assertGreater(len(rules), 30, name)
            for rule in rules:
                with self.subTest(name, rule=rule.get("selector") or rule.get("keyframes")):
                    if "keyframes" in rule:
                        keyframes.add(rule["keyframes"])
                        self.assertLessEqual(set(rule["moves"]), MAY_MOVE)
                        continue
                    parts = re.split(r",\s*(?![^(]*\))", rule["transition"])
                    self.assertLessEqual({part.split(" ")[0] for part in parts}, MAY_MOVE)
                    transitions.update(parts)
                    for one in re.split(r",\s*(?![^(]*\))", rule["animation"]):
                        if "infinite" in one:
                            self.assertTrue(MAY_REPEAT & set(one.split()), one)
        self.assertIn("pulse", keyframes)
        self.assertIn("transform var(--control)", transitions)
