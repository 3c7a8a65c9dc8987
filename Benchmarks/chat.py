"""Twitch's chat over IRC: one line from the socket to the event, and from one socket to the other."""

import json
import shutil
import statistics
import subprocess
from pathlib import Path

from diffs import counter, measure
from fanout import EVENTS
from plan import Plan
from processes import BUILD, Broadcaster, Folder, Host, NotMeasured, environment, pinned
from table import Row, spread, verdict
from twitch import Speaker, Twitch, sign_in

# From the bytes of the socket to the canonical event.
MICROSECONDS = 5
# Linux keeps it in memory: what is written there is kept at once.
MEMORY = Path("/dev/shm")
# Bytes that a run needs for the log and its WAL, with some to spare: 40 MiB were counted.
ROOM = 64 << 20
# From the line to the frame of the page, 99 of 100, at so many lines a second.
MILLISECONDS, RATE = 1, 1000


class Keeper(Broadcaster):
    """The bare C keeper, which writes and syncs what has come before it sends it back."""

    def __init__(self, folder: Path):
        super().__init__("server", [str(BUILD / "keeper"), "keep", str(folder / "kept")], folder, environment())

    def say(self, count: int, rate: float) -> dict:
        """Says lines and returns how long they took, in microseconds."""
        command = pinned("load", [str(BUILD / "keeper"), "say", str(self.port), str(count), str(rate)])
        try:
            said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=count / rate + 30)
        except subprocess.SubprocessError as fault:
            raise NotMeasured(f"the bare keeper has failed: {fault}") from None
        return json.loads(said.stdout)


def chat(plan: Plan) -> None:
    _reading(plan)
    for where, place in (("on the disk", BUILD), ("in memory", MEMORY)):
        try:
            _on_its_way(plan, where, place)
        except NotMeasured as reason:
            plan.report.missing(f"chat line received to frame sent, log {where}", str(reason))
    plan.report.notes.append(
        f"chat: {plan.deliveries} lines in frames of their own, each kept before it is shown; twice across loopback is "
        "in the time. Pictures of widgets come at most 20 times a second, so the frame that is timed is the event's "
        "own. Beside it the bare keeper, which writes and syncs 20 KiB for whatever has come and sends it back: a "
        "target below its figure is out of this machine's reach. The two rows differ by what the disk costs.")


def _reading(plan: Plan) -> None:
    command = "measure-chat"
    lines = measure(plan, command)
    if not lines:
        return plan.report.missing("chat line", f"the program has no command {command}")
    # Counting costs time, so allocations come from a run of their own.
    asked = {line[0]: line[4] for line in measure(plan, command, **counter())}
    for kind in dict.fromkeys(line[0].rsplit(", ", 1)[0] for line in lines):
        steps = [line for line in lines if line[0].startswith(f"{kind}, ")]
        time = sum(float(line[1]) for line in steps) / 1000
        parts = ", ".join(
            f"{name.rsplit(', ', 1)[1]} {float(nanoseconds) / 1000:.2f} µs and {asked.get(name, '?')} allocations"
            for name, nanoseconds, *_ in steps)
        plan.report.add(Row(
            f"{kind}, from {steps[0][2]} B of the socket to the event",
            f"{time:.2f} µs ({parts})",
            target=f"{MICROSECONDS} µs",
            verdict=verdict(time / MICROSECONDS, 1)))


def _on_its_way(plan: Plan, where: str, place: Path) -> None:
    """The whole way, with signing in, the log and its commit; both ends are one process with one clock."""
    if not place.is_dir() and place != BUILD:
        raise NotMeasured(f"there is no folder {place}")
    if (free := shutil.disk_usage(place).free) < ROOM:
        raise NotMeasured(f"{place} has {free >> 20} MiB free, {ROOM >> 20} are needed")
    usual, late, longest, floor = [], [], [], []
    for _ in range(plan.repetitions):
        with Folder(place) as folder, Keeper(folder) as keeper:
            bare = keeper.say(plan.deliveries, RATE)
        with Twitch() as twitch, Folder(place) as folder, Speaker(folder) as speaker, Host(
            plan.program, folder, **twitch.settings(speaker)
        ) as host:
            speaker.open_page(host.port, sign_in(host), EVENTS)
            speaker.say(RATE, RATE)
            seen = speaker.say(plan.deliveries, RATE)
        if seen["arrived"] != seen["said"] or bare["arrived"] != bare["said"]:
            plan.report.faults.append(
                f"chat: {seen['said']} lines were said, {seen['arrived']} arrived, {bare['arrived']} from the keeper")
        floor.append((bare["p50"] / 1000, bare["p99"] / 1000))
        usual.append(seen["p50"] / 1000)
        late.append(seen["p99"] / 1000)
        longest.append(seen["longest"] / 1000)
    bare_usual, bare_late = zip(*floor)
    ratios = [statistics.median(own / bare for own, bare in zip(*both))
              for both in ((usual, bare_usual), (late, bare_late))]
    plan.report.add(Row(
        f"chat line said to event received, log {where}, {RATE} lines/s, ms: p50 / p99 / most",
        f"{spread(usual)} / {spread(late)} / {max(longest):.1f}",
        sender=f"{spread(list(bare_usual))} / {spread(list(bare_late))}",
        ratio=" / ".join(f"{ratio:.2f}" for ratio in ratios),
        target=f"p99 < {MILLISECONDS}", verdict=verdict(statistics.median(late), MILLISECONDS)))
