"""For those who see a page in their own colours, or four times as large."""

from playwright.sync_api import expect

import boxes
from places import OPEN_PAGES, OWN_PAGES, PLACES, PUT_AWAY, Tour

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
            bare = page.evaluate("""() =>
              [...document.querySelectorAll(".button:not(.ghost), .input, .switch, .filter")]
              .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
              .map((one) => one.outerHTML.slice(0, 120))""")
            self.assertEqual(bare, [], name)

    def test_what_is_chosen_or_switched_on_is_seen(self):
        page = self.sign_in()
        self.visit("widgets", page)
        ground = "(one) => getComputedStyle(one).backgroundColor"
        chips = page.locator("#catalogue [aria-pressed]")
        chosen = page.locator("#catalogue [aria-pressed=true]").evaluate(ground)
        self.assertNotEqual(chosen, chips.last.evaluate(ground))
        links = page.locator("nav.side a")
        self.assertNotEqual(page.locator("nav.side [aria-current]").evaluate(ground), links.first.evaluate(ground))
        self.visit("settings", page)
        switch = page.locator("#shortcuts-switch")
        on = switch.evaluate(ground)
        self.assertNotEqual(on, switch.evaluate("(one) => getComputedStyle(one, '::after').backgroundColor"))
        switch.click()
        self.assertNotEqual(on, switch.evaluate(ground))
        self.visit("theme", page)
        colours = page.locator(".preset-colors span").evaluate_all(f"(all) => all.map({ground})")
        self.assertGreater(len(set(colours)), 10)


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
