"""What people write who want a text to be more than text, everywhere a page shows what somebody wrote."""

import json
import os
import tempfile
import unittest.mock
import uuid
from datetime import datetime, timezone
from pathlib import Path

from playwright.sync_api import Page, expect

import boxes
from places import CHECKLIST, OWN_PAGES, Tour

# What a name can be long at most.
MOST = 80
NAMES = {
    "markup": "<img src=x onerror=\"window.broken=1\"><script>window.broken=1</script>",
    "the end of a value": "\"'></title></script></style></h1></option><script>window.broken=1</script>",
    "one word": "W" * MOST,
    "right to left": "\u202egpj.exe\u202c \u2067אבגדה\u2069 \u200fمرحبا بالعالم\u202e abc",
    "families and flags": "👨‍👩‍👧‍👦🇩🇪🏴‍☠️" * 5,
    "marks": "Z" + "\u0301" * 30 + "a" + "\u0489" * 8,
}
LONG = "A" * 10_000
WIDTHS = (320, 1440)
BROADCASTER = "demo-twitch"
# What a page is made of whatever people write: no text adds to it.
FOREIGN = """() => [...document.querySelectorAll(
  "script:not([src], #words), img, svg:not(.icon), [onload], [onerror], " +
  "[onfocus], base, meta[http-equiv], object, embed, body style")].map((one) => one.outerHTML.slice(0, 120))"""


def stranger(folder: Path, id: str, name: str) -> str:
    """A widget whose author is nobody's friend."""
    label = {
        "type": "string", "maxLength": 80, "default": name, "title": name[:60], "x-group": name[:40],
        "description": name,
    }
    manifest = {
        "apiVersion": 1, "id": id, "name": name[:60], "version": "1.0.0", "author": name, "license": name,
        "description": (name * 4)[:300], "icon": name, "category": "tools", "events": [], "permissions": [],
        "defaultSize": {"width": 2, "height": 1},
        "configSchema": {
            "type": "object",
            "properties": {"label": label, "choice": {"enum": [name[:60], "b"], "default": "b", "title": "Choice"}},
        },
    }
    (folder / id).mkdir()
    (folder / id / "widget.json").write_text(json.dumps(manifest))
    (folder / id / "main.lua").write_text(
        "widget.init(function(config) return {} end)\n"
        "widget.render(function(state, config) return ui.div { config.label } end)\n"
    )
    return id


class Hostile(Tour):
    def write_everywhere(self, name: str):
        """The streamer's own words, at the greatest length that each place takes."""
        self.api("PUT", "/api/settings", {"displayName": name, "setupStep": CHECKLIST})
        layout = self.api("GET", "/api/layouts")[0]
        widgets = [
            {**one, "config": {**one["config"], "label": name}} if one["type"] == "goals" else one
            for one in layout["widgets"]
        ]
        change = {"version": layout["version"], "name": name, "widgets": widgets}
        self.api("PUT", f"/api/layouts/{layout['id']}", change)
        theme = self.api("GET", "/api/themes")[0]
        self.api("PUT", f"/api/themes/{theme['id']}", {"name": name})

    def say_everything(self, name: str):
        """What viewers write: as tests, and as Twitch delivers it."""
        user = {"displayName": name, "login": "viewer"}
        for type, payload in (
            ("event:follow", {}),
            ("event:subscribe", {"message": name}),
            ("event:tip", {"message": name}),
            ("event:redemption", {"rewardTitle": name, "input": name}),
            ("event:raid", {}),
            ("chat:message", {"text": name}),
        ):
            self.api("POST", "/api/events/test", {"type": type, "payload": {**payload, "user": user}})
        viewer = {"user_id": "7", "user_login": "viewer", "user_name": name, "broadcaster_user_id": BROADCASTER}
        now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        self.deliver("channel.follow", "2", {**viewer, "followed_at": now})
        self.deliver("channel.cheer", "1", {**viewer, "is_anonymous": False, "message": LONG, "bits": 100})
        self.deliver("channel.chat.message", "1", {
            "broadcaster_user_id": BROADCASTER, "chatter_user_id": "7", "chatter_user_login": "viewer",
            "chatter_user_name": name, "message_id": str(uuid.uuid4()), "color": "", "badges": [],
            "message": {"text": LONG, "fragments": [{"type": "text", "text": LONG}]},
        })

    def holds(self, page: Page, state: str):
        """Nothing has run, nothing was built, and everything stands where it can be read and reached."""
        self.assertIsNone(page.evaluate("window.broken ?? null"), state)
        self.assertEqual(page.evaluate(FOREIGN), [], state)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            self.settle(page)
            with self.subTest(state, width=width):
                faults = boxes.collect(page)[1]
                self.assertFalse(faults, "\n".join(faults[:5]))
        page.set_viewport_size({"width": 1440, "height": 900})


class People(Hostile):
    def test_every_page_shows_it_as_text(self):
        page = self.sign_in()
        for what, name in NAMES.items():
            self.write_everywhere(name)
            self.say_everything(name)
            for place in OWN_PAGES:
                self.visit(place, page)
                if place in ("home", "alerts"):
                    expect(page.locator("#events-list, #waiting-list")).to_contain_text(name)
                self.assertEqual(page.locator(".account-name").text_content(), name)
                self.holds(page, f"{place} with {what}")

    def test_what_opens_shows_it_as_text(self):
        page = self.sign_in()
        self.api("POST", "/api/themes", {"name": "Another"})
        for what, name in NAMES.items():
            self.write_everywhere(name)
            self.visit("editor", page)
            page.locator(".layout-button").click()
            expect(page.locator(".menu:popover-open")).to_contain_text(name)
            self.holds(page, f"layouts with {what}")
            page.keyboard.press("Escape")
            page.keyboard.press("Control+k")
            expect(page.get_by_role("option").last).to_contain_text(name)
            self.holds(page, f"search with {what}")
            self.visit("theme", page)
            page.locator("#theme-choice").select_option(label=name)
            page.get_by_role("button", name="More about this theme").click()
            page.get_by_role("menuitem", name="Delete theme").click()
            expect(page.get_by_role("dialog")).to_contain_text(name)
            self.holds(page, f"delete theme with {what}")
            page.keyboard.press("Escape")

    def test_the_overlay_shows_it_as_text(self):
        self.sign_in()
        overlay = self.overlay()
        for name in NAMES.values():
            self.say_everything(name)
        lines = overlay.locator("[data-type=chat]").last
        expect(lines).to_contain_text(NAMES["one word"])
        self.assertIsNone(overlay.evaluate("window.broken ?? null"))
        wide = overlay.evaluate("[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]")
        self.assertEqual(wide, [1920, 1080])


class Strangers(Hostile):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-packages-")
        self.addCleanup(folder.cleanup)
        self.strangers = {
            what: stranger(Path(folder.name), f"evil-{index}", name)
            for index, (what, name) in enumerate(NAMES.items())
        }
        with unittest.mock.patch.dict(os.environ, {"WIDGETS_DIR": folder.name}):
            super().setUp()

    def test_widgets_of_strangers(self):
        page = self.sign_in()
        for id in self.strangers.values():
            self.api("POST", "/api/widgets", {"type": id})
        self.visit("widgets", page)
        self.holds(page, "catalogue")
        for what, id in self.strangers.items():
            card = page.locator(f"#catalogue [data-type={id}]")
            expect(card.locator(".catalogue-name")).to_have_text(NAMES[what][:60])
            card.locator(".catalogue-card").click()
            expect(page.get_by_role("dialog")).to_contain_text(NAMES[what])
            self.holds(page, f"details with {what}")
            page.get_by_role("button", name="Close").click()
        self.visit("editor", page)
        for what, id in self.strangers.items():
            page.locator(f".box[data-type={id}]").focus()
            expect(page.get_by_role("region", name="Settings")).to_contain_text(NAMES[what][:60])
            self.holds(page, f"settings with {what}")
        page.get_by_role("button", name="Add widget").click()
        self.holds(page, "picker")
