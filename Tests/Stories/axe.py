"""axe-core (WCAG 2.0 to 2.2, A and AA, and its best practices) reads a page, dark and light."""

from playwright.sync_api import Page

from places import LOOKS, Tour
from story import ROOT

SCRIPT = (ROOT / ".build/axe/axe_playwright_python/axe.min.js").read_text()
# A frame is a page of its own; the overlay in it is exempt (design-spec section 8).
RUN = """(rules) => axe.run(document, { iframes: false, ...rules && { runOnly: rules } })
  .then(({ violations }) => violations.map((one) =>
  `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`))"""

# What a look can change; everything else is the same document in both.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


class AxeTour(Tour):
    def findings(self, page: Page, rules: list[str] | None = None) -> list[str]:
        """What is wrong, as `rule: selector, selector`."""
        if page.evaluate("typeof axe") != "object":
            page.evaluate(f"{SCRIPT}; 0")
        return page.evaluate(RUN, rules)

    def expect_nothing(self, page: Page, state: str):
        """Nothing is wrong with the page as it stands there, in either look."""
        for look in LOOKS:
            with self.subTest(state, look=look):
                page.emulate_media(color_scheme=look, reduced_motion="reduce")
                found = self.findings(page, None if look == LOOKS[0] else OF_COLOURS)
                self.assertEqual(found, [])
