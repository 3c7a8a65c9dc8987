"""Times every chat line from just before its POST to the first frame that shows it.

    python paint.py PORT COUNT

A script in the page watches the open shadow roots of its widgets. When the text is in, it waits for the next animation
frame and, from there, for a message to itself: that message is handled after the frame has been handed over.
"""

import hashlib
import hmac
import http.client
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

from websockets.sync.client import connect

RATE = 20
WARM_UP = 20
START_SECONDS = 30

WATCH = """
(() => {
  const painted = new Map()
  const look = (nodes) => {
    for (const node of nodes) {
      for (const [mark] of (node.textContent ?? "").matchAll(/bench-\\d{6}/g)) {
        if (painted.has(mark)) continue
        painted.set(mark, null)
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => painted.set(mark, performance.timeOrigin + performance.now())
          port2.postMessage(0)
        })
      }
    }
  }
  const observer = new MutationObserver((records) => {
    for (const record of records) look(record.type === "childList" ? record.addedNodes : [record.target])
  })
  const watched = new Set()
  const watch = () => {
    for (const element of document.querySelectorAll("*")) {
      const root = element.shadowRoot
      if (!root || watched.has(root)) continue
      watched.add(root)
      observer.observe(root, { childList: true, characterData: true, subtree: true })
    }
    return watched.size
  }
  globalThis.bench = { watch, painted: () => JSON.stringify([...painted]) }
})()
"""


class Page:
    """A tab, spoken to by the DevTools protocol."""

    def __init__(self, socket):
        self.socket = socket
        self.ids = itertools.count(1)

    def ask(self, method: str, **parameters):
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=START_SECONDS))
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def evaluate(self, expression: str):
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")


def start_browser(folder: Path) -> tuple[subprocess.Popen, int]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        sys.exit("chromium wanted")
    command = [
        program, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run",
        "--disable-gpu", "--window-size=1920,1080", "--hide-scrollbars", "--disable-background-networking",
    ]
    if os.geteuid() == 0:
        # Its own sandbox refuses to start as root.
        command.append("--no-sandbox")
    browser = subprocess.Popen([*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    told = folder / "DevToolsActivePort"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if told.exists() and "\n" in told.read_text():
            return browser, int(told.read_text().split("\n")[0])
        time.sleep(0.1)
    browser.kill()
    sys.exit("chromium did not start")


def fetch(address: str):
    with urllib.request.urlopen(address, timeout=START_SECONDS) as answer:
        return json.load(answer)


def tab_address(debugging: int) -> str:
    tabs = fetch(f"http://127.0.0.1:{debugging}/json/list")
    return next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")


def open_overlay(socket, address: str) -> Page:
    page = Page(socket)
    page.ask("Page.enable")
    page.ask("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
    page.ask("Page.navigate", url=address)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if page.evaluate("globalThis.bench?.watch() ?? 0"):
            return page
        time.sleep(0.1)
    sys.exit("the overlay page shows no widget")


def delivery(text: str) -> tuple[dict[str, str], bytes]:
    """A chat line, signed as Twitch signs."""
    body = json.dumps({
        "subscription": {
            "id": str(uuid.uuid4()), "status": "enabled", "type": "channel.chat.message", "version": "1",
            "condition": {"broadcaster_user_id": "1", "user_id": "2"},
        },
        "event": {
            "broadcaster_user_id": "1", "chatter_user_id": "77", "chatter_user_login": "mira",
            "chatter_user_name": "Mira", "message_id": str(uuid.uuid4()), "color": "#2E8B57", "badges": [],
            "message": {"text": text, "fragments": [{"type": "text", "text": text}]},
        },
    }).encode()
    name, moment = str(uuid.uuid4()), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    secret = os.environ["TWITCH_EVENTSUB_SECRET"].encode()
    code = hmac.new(secret, name.encode() + moment.encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/json", "Twitch-Eventsub-Message-Id": name,
        "Twitch-Eventsub-Message-Timestamp": moment, "Twitch-Eventsub-Message-Signature": f"sha256={code}",
        "Twitch-Eventsub-Message-Type": "notification", "Twitch-Eventsub-Subscription-Type": "channel.chat.message",
        "Twitch-Eventsub-Subscription-Version": "1",
    }, body


def post_all(port: int, count: int) -> dict[str, float]:
    """Posts at an even pace and returns when each line's POST began, in milliseconds of the wall clock."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    connection.connect()
    began, sent = time.monotonic(), {}
    for number in range(count):
        time.sleep(max(0, began + number / RATE - time.monotonic()))
        mark = f"bench-{number:06d}"
        headers, body = delivery(f"{mark} that was closer than it had any right to be")
        sent[mark] = time.time() * 1000
        connection.request("POST", "/api/webhooks/twitch", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 204:
            sys.exit(f"a delivery was answered {answer.status}")
    return sent


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2])
    if not 0 < count <= 10_000:
        sys.exit(f"COUNT: \"{count}\" seen, 1 to 10000 wanted")
    with tempfile.TemporaryDirectory(dir=".", ignore_cleanup_errors=True) as folder:
        browser, debugging = start_browser(Path(folder).resolve())
        try:
            version = fetch(f"http://127.0.0.1:{debugging}/json/version")["Browser"]
            with connect(tab_address(debugging), max_size=1 << 26) as socket:
                page = open_overlay(socket, f"http://127.0.0.1:{port}/twitch/bench/overlay")
                sent = post_all(port, count + WARM_UP)
                time.sleep(1)
                painted = dict(json.loads(page.evaluate("bench.painted()")))
        finally:
            browser.terminate()
            browser.wait(10)
    measured = [mark for mark in sent if int(re.sub(r"\D", "", mark)) >= WARM_UP]
    times = [painted[mark] - sent[mark] for mark in measured if painted.get(mark)]
    print(json.dumps({"browser": version, "milliseconds": times, "missing": len(measured) - len(times)}))


if __name__ == "__main__":
    main()
