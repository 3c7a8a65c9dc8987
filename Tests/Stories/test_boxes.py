"""Every page at three sizes stands as it was looked at and found good; at eight widths nothing is cut off.

    STORIES_RENEW=1 python -m unittest test_boxes        keeps what stands there now, to be looked at and committed
"""

import re
from datetime import datetime, timezone

from playwright.sync_api import Page, expect

import boxes
from places import LOOKS, OPEN_PAGES, OWN_PAGES, PUT_AWAY, WIZARD, Tour

SIZES = ((390, 844), (900, 800), (1440, 900))
WIDTHS = (320, 390, 768, 900, 1280, 1440, 1920, 2560)
NOON = datetime(2026, 1, 5, 12, tzinfo=timezone.utc)
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"


class BoxesTour(Tour):
    def new_context(self, **options):
        return super().new_context(user_agent=AGENT, **options)

    def still(self) -> Page:
        """Somebody who has signed in, on whose pages no time passes."""
        page = self.sign_in()
        page.clock.set_fixed_time(NOON)
        page.route(re.compile(r"/api/sessions?($|\?)"), self._without_times)
        return page

    @staticmethod
    def _without_times(route):
        answer = route.fetch()
        text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "2026-01-01T12:00:00.000Z", answer.text())
        route.fulfill(response=answer, body=text)

    def every_page(self, page: Page):
        """Goes to each, Home in two states; gives back what each is called."""
        yield self.visit("landing", page) and "landing"
        self.set_up(WIZARD)
        self.visit("home", page)
        expect(page.locator("#wizard-name")).to_be_visible()
        yield "first-run"
        self.set_up(PUT_AWAY)
        for name in [*OPEN_PAGES, *OWN_PAGES]:
            if name == "landing":
                continue
            self.visit(name, page)
            yield name


class Boxes(BoxesTour):
    def test_every_page_stands_as_it_was_found_good(self):
        page = self.still()
        seen = set()
        for name in self.every_page(page):
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                self.settle(page)
                golden = f"{name}-{width}"
                seen.add(f"{golden}.txt")
                with self.subTest(golden):
                    found = []
                    for look in LOOKS:
                        page.emulate_media(color_scheme=look, reduced_motion="reduce")
                        found.append(boxes.collect(page)[0])
                    self.assertEqual(boxes.differences(*found), [], "dark and light differ")
                    if boxes.RENEWS:
                        boxes.write(golden, found[0])
                    moved = boxes.differences(boxes.read(golden), found[0])
                    self.assertEqual(moved, [], f"{golden}:\n" + "\n".join(moved))
        self.assertEqual({one.name for one in boxes.FOLDER.iterdir()}, seen)

    def test_nothing_is_cut_off_at_any_width(self):
        page = self.still()
        for name in self.every_page(page):
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                self.settle(page)
                with self.subTest(name, width=width):
                    faults = boxes.collect(page)[1]
                    self.assertFalse(faults, "\n".join(faults))

    def test_what_is_wrong_is_found(self):
        page = self.open("/auth/login")
        wrong = {
            "wide": "document.querySelector('main').style.minWidth = '3000px'",
            "cut off": "document.querySelector('h1').style = 'width: 20px; overflow: hidden; white-space: nowrap'",
            "runs out of": "document.querySelector('h1').style = 'width: 20px; white-space: nowrap'",
            "on top of each other": "document.querySelector('.sign-in').style.marginBottom = '-30px'",
            "too small to touch": "document.querySelector('.card').style.gap = 0; "
            "document.querySelectorAll('.sign-in').forEach((one) => one.style = 'min-height: 8px; height: 8px')",
            "covered": "const note = document.createElement('p'); "
            "note.style = 'position: fixed; inset: 0; z-index: 9'; "
            "document.body.append(note); document.querySelector('main').style.position = 'fixed'",
            "2 h1": "document.querySelector('h1').after(document.createElement('h1'))",
        }
        self.assertEqual(boxes.collect(page)[1], [])
        for what, deed in wrong.items():
            with self.subTest(what):
                self.open("/auth/login", page)
                page.evaluate(deed)
                self.assertTrue(any(what in fault for fault in boxes.collect(page)[1]), boxes.collect(page)[1])
