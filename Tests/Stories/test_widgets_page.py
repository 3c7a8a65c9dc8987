"""The catalogue, what is placed, and a widget that has stopped."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import expect

import packages
from story import Story


class WidgetsPage(Story):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-widgets-")
        self.addCleanup(folder.cleanup)
        self.environment = {"WIDGETS_DIR": str(packages.write(Path(folder.name), "brittle"))}
        super().setUp()

    def test_search_and_chips_find_and_a_card_tells_what_a_widget_reads(self):
        page = self.sign_in("/dashboard/widgets")
        cards = page.locator(".catalogue > li:visible")
        total = len(self.api("GET", "/api/widget-types"))
        expect(cards).to_have_count(total)
        kinds = page.get_by_role("group", name="Kind of widget")
        kinds.get_by_role("button", name="Goals").click()
        expect(cards).to_have_count(1)
        kinds.get_by_role("button", name="All").click()
        page.get_by_role("searchbox", name="Search widgets").fill("viewers write")
        expect(cards).to_have_count(1)
        page.get_by_role("searchbox").fill("no such thing")
        expect(page.get_by_text("No widget matches. Try another word.")).to_be_visible()
        page.get_by_role("searchbox").fill("")

        page.locator("li[data-type=chat] .catalogue-card").click()
        sheet = page.get_by_role("dialog", name="Chat")
        expect(sheet).to_contain_text("chat messages")
        expect(sheet).to_contain_text("Author")
        expect(sheet).to_contain_text("Version")
        sheet.get_by_role("button", name="Close").click()
        expect(page.locator("li[data-type=chat] .catalogue-card")).to_be_focused()

    def test_a_widget_is_added_until_the_layout_is_full(self):
        page = self.sign_in("/dashboard/widgets")
        rows = page.locator("#placed li")
        before = rows.count()
        page.get_by_role("button", name="Add to layout: Goals").click()
        expect(rows).to_have_count(before + 1)
        expect(page.locator(".toast")).to_contain_text("Goals is on your layout.")
        widgets = self.api("GET", "/api/layouts")[0]["widgets"]
        self.assertEqual([one["type"] for one in widgets].count("goals"), 2)
        link = rows.last.get_by_role("link")
        expect(link).to_have_attribute("href", re.compile(r"^/dashboard/overlay\?layout="))
        with self.complaining("40[09]"):
            for _ in range(10 - before):
                page.get_by_role("button", name="Add to layout: Goals").click()
                expect(page.locator("[aria-busy=true]")).to_have_count(0)
            expect(page.locator(".toast.bad").first).to_contain_text("Nothing was changed")
        expect(rows).to_have_count(10)

    def test_one_that_has_stopped_says_why_and_starts_again(self):
        page = self.sign_in()
        layout = self.api("GET", "/api/layouts")[0]
        place = {"x": 0, "y": 4, "width": 3, "height": 2}
        brittle = self.api("POST", "/api/widgets", {"layoutId": layout["id"], "type": "brittle", "position": place})
        stopped = {
            "state": "stopped", "since": "2026-01-01T00:00:00Z", "budget": {},
            "error": {"kind": "limit", "message": "instructions", "traceback": None, "at": "2026-01-01T00:00:00Z"},
            "log": [{"at": "2026-01-01T00:00:00Z", "level": "error", "text": "main.lua:3: too long"}],
        }
        asked = []
        page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/health") else None)
        page.route(f"**/api/widgets/{brittle['id']}/health", lambda route: route.fulfill(json={"data": stopped}))
        self.open("/dashboard/widgets", page)
        # It is asked for once it can be seen.
        page.locator("#placed li").last.scroll_into_view_if_needed()
        row = page.locator("#placed li").filter(has=page.locator(".health"))
        expect(row).to_contain_text("Brittle stopped. It used too much time.")
        row.locator("summary").click()
        expect(row).to_contain_text("main.lua:3: too long")
        expect(row.locator("pre")).to_have_css("max-height", "160px")
        # The program's own widgets do not stop.
        self.assertEqual(asked, [f"{self.host.base}/api/widgets/{brittle['id']}/health"])
        with page.expect_request(f"**/api/widgets/{brittle['id']}/restart"):
            row.get_by_role("button", name="Restart").click()
        expect(page.locator("#placed .health")).to_have_count(0)
        expect(page.get_by_role("link", name=re.compile("^Settings: Brittle on"))).to_be_focused()

    def test_a_layout_without_widgets_says_what_to_do(self):
        page = self.sign_in()
        layout = self.api("GET", "/api/layouts")[0]
        for widget in layout["widgets"]:
            self.api("DELETE", f"/api/widgets/{widget['id']}")
        self.open("/dashboard/widgets", page)
        expect(page.locator("#placed")).to_contain_text("No widgets yet")
        page.locator("#placed").get_by_role("link", name="Edit layout").click()
        expect(page).to_have_url(re.compile("/dashboard/overlay"))

    def test_in_German_nothing_of_a_built_in_widget_is_left_in_English(self):
        page = self.sign_in("/dashboard/widgets", self.new_context(locale="de-DE"))
        chat = page.locator("li[data-type=chat]")
        expect(chat).to_contain_text("Zeigt, was Zuschauer auf allen Plattformen schreiben.")
        words = page.evaluate("JSON.parse(document.getElementById('words').textContent)")
        missing = set()

        def look(part):
            for name, value in part.items() if isinstance(part, dict) else enumerate(part):
                if name in ("default", "const", "enum"):
                    continue
                if name in ("title", "description", "x-group") and isinstance(value, str):
                    key = re.sub("-$", "", re.sub("^-", "", re.sub("[^a-z0-9]+", "-", value.lower()))[:60])
                    if f"setting.{key}" not in words:
                        missing.add(value)
                elif isinstance(value, (dict, list)):
                    look(value)

        types = page.request.get(f"{self.host.base}/api/widget-types?perPage=100").json()["data"]
        look([one["configSchema"] for one in types if one["kind"] == "builtin"])
        self.assertEqual(missing, set())
