"""Every page of StreamVibes, and what stories that visit all of them share."""

import os
import unittest.mock
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from story import Story

LOOKS = ("dark", "light")
OPEN_PAGES = {"landing": "/", "sign-in": "/auth/login", "licences": "/licences", "not-found": "/twitch/nobody/overlay"}
OWN_PAGES = {
    "home": "/dashboard",
    "editor": "/dashboard/overlay",
    "widgets": "/dashboard/widgets",
    "theme": "/dashboard/theme",
    "settings": "/dashboard/settings",
    "alerts": "/dashboard/alerts",
}
PLACES = {**OPEN_PAGES, **OWN_PAGES}
# Of the wizard's and the checklist's steps: the first page, the checklist, and that it was put away.
WIZARD, CHECKLIST, PUT_AWAY = 0, 4, 20
NOWHERE = "http://127.0.0.1:9"
PLATFORMS = {
    f"{platform}_{name}": value
    for platform in ("TWITCH", "KICK")
    for name, value in (
        ("CLIENT_ID", "id"), ("CLIENT_SECRET", "secret"), ("AUTH_URL", NOWHERE), ("API_URL", NOWHERE),
    )
}
# Fonts are there, and what follows the size of something has followed.
STILL = """() => document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())))))"""
NOT_FOUND = r"404 \(Not Found\).*/twitch/nobody/overlay"


class Tour(Story):
    """A story that goes to every page. Both platforms are offered, whoever runs it, and neither answers."""

    reduced_motion = "reduce"

    def setUp(self):
        with unittest.mock.patch.dict(os.environ, PLATFORMS):
            super().setUp()

    def visit(self, name: str, page: Page) -> Page:
        """Opens a page by its name and returns when it stands still."""
        if name == "not-found":
            with self.complaining(NOT_FOUND):
                self.open(PLACES[name], page)
        else:
            self.open(PLACES[name], page)
        self.settle(page)
        return page

    def settle(self, page: Page):
        """Waits for what a page asks for after it stands there."""
        if page.locator("body[data-page]").count():
            expect(page.locator("#link-chip[data-link=live]")).to_be_attached()
        if page.locator("body[data-page=home]").count():
            expect(page.locator("#number-messages")).not_to_have_text("–")
            expect(page.locator("#events-loading")).to_be_hidden()
            expect(page.locator("#counts")).not_to_be_empty()
        if page.locator("body[data-page=alerts]").count():
            expect(page.locator("#now .skeleton")).to_have_count(0)
        page.evaluate(STILL)

    def set_up(self, step: int):
        """How far the first run has come."""
        self.api("PUT", "/api/settings", {"setupStep": step})

    @contextmanager
    def answering(self, page: Page, answer, pattern: str, *complaints: str):
        """Somebody else answers the API for a while; every browser complains of that."""
        page.route(pattern, answer)
        with self.complaining(*complaints):
            yield
        page.unroute(pattern)
