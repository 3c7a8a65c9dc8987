"""Drags a widget through the layout editor and says how long the page's main thread worked for each frame.

    python drag.py PORT NAME=VALUE

NAME=VALUE is the session's cookie. Prints JSON: widgets on the canvas, frames drawn, and the time of all tasks, of
scripts, of styles and of layout, each in milliseconds a frame (Chromium's own counters, Performance.getMetrics).
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from page import START_SECONDS, Page, start_browser, tab_address
from websockets.sync.client import connect

STEPS = 180
STEP_SECONDS = 1 / 60
FIGURES = {"TaskDuration": "task", "ScriptDuration": "script", "RecalcStyleDuration": "style",
           "LayoutDuration": "layout"}
COUNT_FRAMES = """
(() => {
  globalThis.framesSeen = 0
  const count = () => { globalThis.framesSeen += 1; requestAnimationFrame(count) }
  requestAnimationFrame(count)
})()
"""


def metrics(page: Page) -> dict[str, float]:
    found = {one["name"]: one["value"] for one in page.ask("Performance.getMetrics")["metrics"]}
    return {name: found[key] for key, name in FIGURES.items()}


def wait(page: Page, condition: str):
    end = time.monotonic() + START_SECONDS
    while not page.evaluate(condition):
        if time.monotonic() > end:
            sys.exit(f"not within {START_SECONDS} s: {condition}")
        time.sleep(0.1)


def mouse(page: Page, kind: str, x: float, y: float):
    page.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)


def main():
    port, (name, value) = int(sys.argv[1]), sys.argv[2].split("=", 1)
    folder = Path(tempfile.mkdtemp(prefix="drag-"))
    browser, debugging = start_browser(folder)
    try:
        with connect(tab_address(debugging), max_size=None) as socket:
            page = Page(socket)
            page.ask("Performance.enable")
            base = f"http://127.0.0.1:{port}"
            page.ask("Network.setCookie", name=name, value=value, url=base)
            page.ask("Page.navigate", url=f"{base}/dashboard/overlay")
            wait(page, "document.querySelectorAll('.box').length === 10 && document.querySelector('iframe')"
                       "?.contentDocument?.querySelectorAll('.slot').length === 10")
            page.evaluate(COUNT_FRAMES)
            x, y = page.evaluate(
                "(({x, y, width, height}) => [x + width / 2, y + height / 2])"
                "(document.querySelector('.box').getBoundingClientRect())")
            mouse(page, "mousePressed", x, y)
            mouse(page, "mouseMoved", x + 10, y)
            before, frames = metrics(page), page.evaluate("framesSeen")
            for step in range(STEPS):
                mouse(page, "mouseMoved", x + 10 + step, y + step / 2)
                time.sleep(STEP_SECONDS)
            after, frames = metrics(page), page.evaluate("framesSeen") - frames
            mouse(page, "mouseReleased", x + 10 + STEPS, y + STEPS / 2)
            spent = {key: (after[key] - before[key]) * 1000 / max(1, frames) for key in before}
            print(json.dumps({"widgets": 10, "frames": frames, **spent}))
    finally:
        browser.terminate()
        browser.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
