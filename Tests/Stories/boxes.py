"""Where everything on a page stands: kept as text, compared with a tolerance, told in words when it has moved."""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).parent / "Goldens"
SCRIPT = (Path(__file__).parent / "boxes.js").read_text()
TOLERANCE = 2
RENEWS = os.environ.get("STORIES_RENEW") == "1"

Boxes = dict[str, tuple[int, int, int, int]]


def collect(page: Page) -> tuple[Boxes, list[str]]:
    """Every landmark, heading and control by its name with x, y, width and height; and what is wrong."""
    found = page.evaluate(SCRIPT)
    boxes: Boxes = {}
    for box in found["boxes"]:
        plain = f"{box['role']} \"{box['name']}\"" if box["name"] else box["role"]
        key, count = plain, 1
        while key in boxes:
            count += 1
            key = f"{plain} ({count})"
        boxes[key] = tuple(box["place"])
    return boxes, found["faults"]


def write(name: str, boxes: Boxes):
    lines = [" ".join(f"{number:5}" for number in place) + f"  {key}" for key, place in boxes.items()]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.txt").write_text("\n".join(lines) + "\n")


def read(name: str) -> Boxes:
    boxes: Boxes = {}
    for line in (FOLDER / f"{name}.txt").read_text().splitlines():
        x, y, width, height, key = line.split(maxsplit=4)
        boxes[key] = (int(x), int(y), int(width), int(height))
    return boxes


def differences(before: Boxes, now: Boxes) -> list[str]:
    """What is gone, what is new, and what has moved or has another size."""
    told = [f"gone: {key} {before[key]}" for key in before if key not in now]
    told += [f"new: {key} {now[key]}" for key in now if key not in before]
    for key in before.keys() & now.keys():
        if any(abs(old - new) > TOLERANCE for old, new in zip(before[key], now[key])):
            told.append(f"moved: {key} from {before[key]} to {now[key]}")
    return told
