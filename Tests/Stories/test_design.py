"""Sizes, corners and weights are those of design-spec.md, sections 2 and 4, and one button a view leads on."""

from playwright.sync_api import Page, expect

from places import CHECKLIST, PLACES, PUT_AWAY, WIZARD, Tour

# Size, line height and weight of everything that is read.
TYPES = {
    "11px/16px 500",  # below the icons of the bar at the bottom
    "12px/16px 400", "12px/16px 500", "14px/20px 400", "14px/20px 500", "14px/20px 600", "16px/24px 400",
    "16px/24px 600", "20px/28px 600", "28px/36px 700", "44px/52px 700",
}
MONO = {"11px/16px 400", "13px/20px 400"}
CORNERS = {"0px", "4px", "6px", "10px", "14px", "999px"}
HEIGHTS = {28, 36, 44}
# The three of alert control are for a thumb.
THUMB = {48, 64}
LOOK = """() => {
  const found = { types: {}, mono: {}, corners: {}, heights: {}, leading: [] }
  const note = (kind, value, element) => {
    found[kind][value] ??= `${element.tagName} ${element.className} "${element.textContent.trim().slice(0, 30)}"`
  }
  const scene = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  const accent = document.createElement("p")
  accent.style = "background: var(--accent)"
  document.body.append(accent)
  const leads = getComputedStyle(accent).backgroundColor
  accent.remove()
  for (const element of scene.querySelectorAll("*")) {
    if (!element.checkVisibility() || element.closest(".visually-hidden, script, option, svg")) continue
    const style = getComputedStyle(element)
    const size = `${style.fontSize}/${style.lineHeight} ${style.fontWeight}`
    const isRead = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
    if (isRead) note(style.fontFamily.startsWith('"JetBrains') ? "mono" : "types", size, element)
    if (element.matches("button, .button, .input, .card, .badge, dialog, .menu, .notice")) {
      note("corners", style.borderTopLeftRadius, element)
    }
    if (element.matches(".button, input.input:not([type=file]), select.input")) {
      note("heights", Math.round(element.getBoundingClientRect().height), element)
    }
    if (element.matches(".button") && style.backgroundColor === leads) found.leading.push(element.textContent.trim())
  }
  return found
}"""

BUSY = """(kind) => {
  const button = document.createElement("button")
  button.className = kind
  button.textContent = "Save theme"
  document.body.append(button)
  const before = button.getBoundingClientRect().width
  button.ariaBusy = "true"
  const found = [getComputedStyle(button, "::before").width, before, button.getBoundingClientRect().width]
  button.remove()
  return found
}"""


class Design(Tour):
    def keeps_to_it(self, page: Page, name: str, heights: set[int] = HEIGHTS):
        found = page.evaluate(LOOK)
        for what, allowed in (("types", TYPES), ("mono", MONO), ("corners", CORNERS)):
            strange = {value: where for value, where in found[what].items() if value not in allowed}
            self.assertEqual(strange, {}, f"{name}: {what}")
        strange = {value: where for value, where in found["heights"].items() if int(value) not in heights}
        self.assertEqual(strange, {}, f"{name}: heights")
        self.assertLessEqual(len(found["leading"]), 1, f"{name}: {found['leading']}")

    def test_every_page_keeps_to_the_sizes(self):
        page = self.sign_in()
        self.api("POST", "/api/events/test", {"type": "event:tip"})
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for step in range(WIZARD, CHECKLIST + 1):
                self.set_up(step)
                self.visit("home", page)
                self.keeps_to_it(page, f"first run at step {step}")
            self.set_up(PUT_AWAY)
            for name in PLACES:
                self.visit(name, page)
                self.keeps_to_it(page, name, HEIGHTS | THUMB if name == "alerts" else HEIGHTS)

    def test_so_does_what_opens(self):
        page = self.sign_in("/dashboard/theme")
        page.get_by_role("button", name="Import theme").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        self.keeps_to_it(page, "import")
        self.visit("widgets", page)
        page.locator(".catalogue-card").first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        self.keeps_to_it(page, "details of a widget")
        self.visit("editor", page)
        page.locator(".box[data-type=chat]").click()
        expect(page.get_by_role("region", name="Settings").get_by_role("slider").first).to_be_visible()
        self.keeps_to_it(page, "settings of a widget")
        page.get_by_role("button", name="Add widget").click()
        self.keeps_to_it(page, "picker")

    def test_a_busy_button_has_its_ring_and_keeps_its_width(self):
        page = self.open("/auth/login")
        for kind in ("button", "button small", "button primary"):
            ring, before, busy = page.evaluate(BUSY, kind)
            self.assertEqual((ring, busy), ("14px", before), kind)

    def test_what_differs_is_found(self):
        page = self.open("/auth/login")
        self.keeps_to_it(page, "sign-in")
        for deed in ("fontSize = '15px'", "borderRadius = '7px'", "height = '40px'", "minHeight = '70px'"):
            self.open("/auth/login", page)
            page.evaluate(f"document.querySelector('.sign-in').style.{deed}")
            if deed == "height = '40px'":
                page.evaluate("document.querySelector('.sign-in').style.minHeight = 0")
            with self.assertRaises(AssertionError):
                self.keeps_to_it(page, deed)
        page.evaluate("document.querySelectorAll('.button').forEach((one) => one.style.background = 'var(--accent)')")
        self.assertEqual(len(page.evaluate(LOOK)["leading"]), 3)
