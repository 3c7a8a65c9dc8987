"""Opens pages of the dashboard as a browser does that has never been there, behind 40 ms of round trip.

    python first_load.py PORT NAME=VALUE PATH…

NAME=VALUE is the session's cookie. For each path a line of JSON: milliseconds to the load event and until nothing has
been on its way for a tenth of a second, requests, and bytes over the wire; fonts and sockets are counted apart.
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from page import START_SECONDS, Page, start_browser, tab_address
from websockets.sync.client import connect

ROUND_TRIP_MILLISECONDS = 40
QUIET_SECONDS = 0.1


class Wire(Page):
    """A tab whose requests are counted."""

    def __init__(self, socket):
        super().__init__(socket)
        self.forget()

    def forget(self):
        self.open, self.kinds, self.bytes, self.loaded, self.last = set(), {}, {}, None, time.monotonic()

    def hear(self, seconds: float) -> bool:
        """Takes the next event; whether there was one."""
        try:
            message = json.loads(self.socket.recv(timeout=seconds))
        except TimeoutError:
            return False
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent" and told["request"]["url"].startswith("http"):
            self.open.add(told["requestId"])
            self.kinds[told["requestId"]] = told.get("type", "Other")
        elif method in ("Network.loadingFinished", "Network.loadingFailed"):
            self.open.discard(told["requestId"])
            self.bytes[told["requestId"]] = told.get("encodedDataLength", 0)
            self.last = time.monotonic()
        elif method == "Page.loadEventFired":
            self.loaded = time.monotonic()
        return True

    def tell(self, method: str, **parameters):
        """Asks without waiting for the answer, so that no event is lost."""
        self.socket.send(json.dumps({"id": next(self.ids), "method": method, "params": parameters}))

    def first_load(self, address: str) -> dict:
        self.ask("Network.clearBrowserCache")
        self.forget()
        began = time.monotonic()
        self.tell("Page.navigate", url=address)
        end = began + START_SECONDS
        while time.monotonic() < end:
            heard = self.hear(QUIET_SECONDS)
            if not heard and self.loaded and not self.open:
                break
        else:
            sys.exit(f"{address}: not quiet after {START_SECONDS} s, {len(self.open)} requests open")
        fonts = {request for request, kind in self.kinds.items() if kind == "Font"}
        return {
            "load": (self.loaded - began) * 1000, "quiet": (max(self.last, self.loaded) - began) * 1000,
            "requests": len(self.kinds) - len(fonts), "fonts": len(fonts),
            "bytes": sum(size for request, size in self.bytes.items() if request not in fonts),
        }


def main():
    port, cookie, paths = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    name, value = cookie.split("=", 1)
    folder = Path(tempfile.mkdtemp(prefix="dashboard-"))
    browser, debugging = start_browser(folder)
    try:
        with connect(tab_address(debugging), max_size=None) as socket:
            page = Wire(socket)
            for domain in ("Page", "Network"):
                page.ask(f"{domain}.enable")
            base = f"http://127.0.0.1:{port}"
            page.ask("Network.setCookie", name=name, value=value, url=base)
            page.ask("Network.emulateNetworkConditions", offline=False, latency=ROUND_TRIP_MILLISECONDS,
                     downloadThroughput=-1, uploadThroughput=-1)
            for path in paths:
                page.ask("Page.navigate", url="about:blank")
                print(json.dumps({"path": path, **page.first_load(base + path)}), flush=True)
    finally:
        browser.terminate()
        browser.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
