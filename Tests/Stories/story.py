"""What stories share: a host of their own, and a real browser in which somebody uses it.

    python -m unittest test_settings            from this folder

Every test starts the program on an empty folder and ends it. `StoryTests` starts them with the fake Twitch and Kick
beside the host; by hand the stories that go to a platform fail.
"""

import contextlib
import hashlib
import hmac
import json
import os
import re
import select
import signal
import subprocess
import tempfile
import time
import unittest
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build/debug/streamvibes"
CHROMIUM = "/usr/bin/chromium"
SECRET = "a-secret-for-tests"
# One transparent point (https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
START_SECONDS = 60
STOP_SECONDS = 30
# A machine that builds beside the tests is slow, and who waits for what comes never waits longer than needed.
WAIT_MILLISECONDS = 30_000

expect.set_options(timeout=WAIT_MILLISECONDS)


class Host:
    """The program as its operator runs it, with a demo channel on which nothing happens by itself."""

    def __init__(self, folder: str, environment: dict[str, str] | None = None):
        self.folder = folder
        self.port = 0
        self.environment = environment or {}
        self.start()

    def start(self):
        environment = {
            "TWITCH_EVENTSUB_SECRET": SECRET, "TWITCH_CDN_URL": "http://127.0.0.1:9",
            "TWITCH_CHEERMOTE_CDN_URL": "http://127.0.0.1:9", "KICK_CDN_URL": "http://127.0.0.1:9",
            "WIDGETS_DIR": "/dev/null",
            **os.environ, **self.environment,
        }
        command = [
            PROGRAM, "serve", "--demo", "--demo-rate", "0", "--port", str(self.port), "--data-dir", self.folder,
        ]
        with open(Path(self.folder) / "host.log", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        ready, _, _ = select.select([self.process.stdout], [], [], START_SECONDS)
        found = ready and re.search(r":(\d+)/", self.process.stdout.readline())
        if not found:
            self.stop(signal.SIGKILL)
            raise RuntimeError(f"the host did not start: {(Path(self.folder) / 'host.log').read_text()[-2000:]}")
        self.port = int(found[1])

    def stop(self, how: int = signal.SIGTERM):
        try:
            if self.process.poll() is None:
                self.process.send_signal(how)
                self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"


DROP = """link => {
    const dataTransfer = new DataTransfer()
    link.dispatchEvent(new DragEvent("dragstart", { dataTransfer }))
    return dataTransfer.getData("text/uri-list")
}"""


LISTEN = """(part, words) => {
    const ear = { heard: false }
    const says = (button) => button.textContent.includes(words)
    new MutationObserver(() => ear.heard ||= [...part.querySelectorAll("button")].some(says))
        .observe(part, { childList: true, subtree: true, characterData: true })
    return ear
}"""


class Story(unittest.TestCase):
    """A test with a host and a browser; pages must not complain, but where the story says so."""

    look = "dark"
    reduced_motion = "no-preference"
    size = (1440, 900)
    environment: dict[str, str] = {}

    @classmethod
    def setUpClass(cls):
        cls.playwright = sync_playwright().start()
        cls.addClassCleanup(cls.playwright.stop)
        cls.chromium = cls.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        cls.addClassCleanup(cls.chromium.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="streamvibes-story-")
        self.addCleanup(folder.cleanup)
        self.host = Host(folder.name, self.environment)
        self.addCleanup(self.host.stop)
        self.complaints: list[str] = []
        self.context = self.new_context()

    def new_context(self, **options):
        """Another browser, with cookies of its own."""
        width, height = self.size
        settings = {
            "viewport": {"width": width, "height": height}, "color_scheme": self.look, "locale": "en-GB",
            "reduced_motion": self.reduced_motion, "accept_downloads": True, "timezone_id": "UTC",
        }
        context = self.chromium.new_context(**{**settings, **options})
        self.addCleanup(context.close)
        context.set_default_timeout(WAIT_MILLISECONDS)
        context.on("console", self._note)
        context.on("weberror", lambda fault: self.complaints.append(f"exception: {fault.error}"))
        return context

    def _note(self, message):
        if message.type in ("error", "warning", "assert"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def tearDown(self):
        self.assertEqual(self.complaints, [], "a page complained")

    @contextlib.contextmanager
    def complaining(self, *patterns: str):
        """Where pages are expected to complain, as every browser does of an answer 409; of nothing else.

        - patterns: regular expressions, each of which must be met at least once.
        """
        before, self.complaints = self.complaints, []
        yield

        def met() -> list[str]:
            return [pattern for pattern in patterns if any(re.search(pattern, one) for one in self.heard())]

        self.wait(lambda: met() == list(patterns), lambda: f"complaints: {patterns}, heard: {self.complaints}")
        self.wait(self._is_quiet, lambda: f"complaints go on and on: {self.complaints}")
        others = [one for one in self.complaints if not any(re.search(pattern, one) for pattern in patterns)]
        self.complaints = before + others

    def heard(self) -> list[str]:
        """All complaints so far: what a browser complains of is heard while something is asked of it."""
        self.context.cookies()
        return self.complaints

    def _is_quiet(self) -> bool:
        before = len(self.complaints)
        time.sleep(0.1)
        return len(self.heard()) == before

    def hear_complaints(self, count: Callable[[], int]):
        """Waits where pages complain more than once, so that none of it comes when it is not expected any more."""
        self.wait(lambda: len(self.heard()) >= count(), lambda: f"{count()} complaints, heard: {self.complaints}")

    def open(self, path: str, page: Page | None = None) -> Page:
        """Opens a page of the host and returns when it has what it shows."""
        page = page or self.context.new_page()
        page.goto(self.host.base + path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        return page

    def sign_in(self, path: str = "/dashboard", context=None) -> Page:
        """Signs in with one click, as the demo's streamer."""
        page = (context or self.context).new_page()
        page.goto(f"{self.host.base}/auth/login")
        page.click("form[action='/auth/demo'] button")
        page.wait_for_url("**/dashboard")
        # What the page asks first is answered, so that nothing of it is cut off.
        expect(page.locator("#link-chip[data-link=live]")).to_be_attached()
        return page if path == "/dashboard" else self.open(path, page)

    def api(self, method: str, path: str, body=None, context=None, status: int | None = None):
        """Asks the API with the session of the browser: the `data` of its answer."""
        request = (context or self.context).request
        headers = {}
        if method != "GET":
            session = request.get(f"{self.host.base}/api/session").json()
            headers["X-CSRF-Token"] = session["data"]["csrfToken"]
        answer = request.fetch(f"{self.host.base}{path}", method=method, headers=headers, data=body)
        if status is not None:
            self.assertEqual(answer.status, status, answer.text()[:500])
        elif not answer.ok:
            raise AssertionError(f"{method} {path}: {answer.status} {answer.text()[:500]}")
        return answer.json().get("data") if answer.text() else None

    def overlay(self, address: str | None = None) -> Page:
        """An overlay page as OBS has it, connected."""
        page = self.new_context(viewport={"width": 1920, "height": 1080}).new_page()
        # Twitch's own pictures are nowhere in stories, and Chromium would complain of each.
        page.route("**/img/twitch/**", lambda route: route.fulfill(content_type="image/gif", body=PIXEL))
        page.goto(address or f"{self.host.base}/twitch/demo/overlay")
        expect(page.locator("body[data-link=up]")).to_be_attached()
        return page

    def dropped(self, link) -> str:
        """The address that a program gets on which the link is dropped."""
        return link.evaluate(DROP)

    @contextlib.contextmanager
    def button_says(self, part, words: str):
        """Where a button says something for a moment only, which a slow machine may miss by looking now and then."""
        ear = part.evaluate_handle(LISTEN, words)
        yield
        self.wait(lambda: ear.evaluate("(ear) => ear.heard"), f"a button says {words}")

    def deliver(self, type: str, version: str, event: dict):
        """A signed delivery of Twitch for the demo's channel (https://dev.twitch.tv/docs/eventsub)."""
        subscription = {
            "id": str(uuid.uuid4()), "status": "enabled", "type": type, "version": version, "cost": 0,
            "condition": {"broadcaster_user_id": event["broadcaster_user_id"]},
            "transport": {"method": "webhook", "callback": "https://example.com/"},
            "created_at": datetime.now(timezone.utc).isoformat().replace("+00:00", "Z"),
        }
        body = json.dumps({"subscription": subscription, "event": event})
        message, moment = str(uuid.uuid4()), datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        signed = hmac.new(SECRET.encode(), (message + moment + body).encode(), hashlib.sha256).hexdigest()
        answer = self.context.request.post(
            f"{self.host.base}/api/webhooks/twitch",
            data=body,
            headers={
                "Content-Type": "application/json", "Twitch-Eventsub-Message-Id": message,
                "Twitch-Eventsub-Message-Timestamp": moment, "Twitch-Eventsub-Message-Type": "notification",
                "Twitch-Eventsub-Message-Signature": f"sha256={signed}", "Twitch-Eventsub-Subscription-Type": type,
                "Twitch-Eventsub-Subscription-Version": version,
            },
        )
        self.assertEqual(answer.status, 204, answer.text()[:500])

    def wait(self, condition, what: str | Callable[[], str], seconds: float = WAIT_MILLISECONDS / 1000):
        """Waits until the host's side of a story has come.

        - what: what is waited for; a function where that says how far it came.
        """
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() >= end:
                self.fail(f"it did not come: {what() if callable(what) else what}")
            time.sleep(0.05)
