"""How much is measured, and the checks that every measurement must pass."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from processes import Load, NotMeasured, Process, machine_busy_seconds
from table import Report


@dataclass
class Plan:
    """How much of everything, and with what."""

    program: Path
    python: Path | None
    why_no_python: str
    report: Report
    repetitions: int = 3
    pages: int = 1000
    rate: int = 20
    events: int = 200
    saturated_events: int = 1500
    window: int = 4
    idle_pages: int = 5000
    deliveries: int = 20000
    posters: int = 64
    paints: int = 300
    lua_events: int = 8000
    tenants: int = 1000
    starts: int = 200
    streamers: int = 10_000
    stored_events: int = 1_000_000
    asked: int = 200
    foreign: float | None = None
    """The largest share of the machine that others took during a measurement."""

    def check(self, what: str, seen: dict, *, every: bool):
        """Notes what a run must not show: refusals, gaps, or pages that got less than others."""
        faults = []
        if seen["refused"]:
            faults.append(f"{seen['refused']} deliveries refused, the last with {seen['refusal']}")
        if seen["gaps"]:
            faults.append(f"{seen['gaps']} gaps in the numbers of frames")
        if seen["lost"]:
            faults.append(f"{seen['lost']} pages cut off")
        if seen["fewest"] != seen["most"]:
            faults.append(f"pages got between {seen['fewest']} and {seen['most']} frames")
        elif seen["disordered"]:
            faults.append(f"{seen['disordered']} pages saw another order than the first")
        if every and not seen["fewest"] == seen["most"] == seen["accepted"]:
            faults.append(f"{seen['accepted']} deliveries became {seen['fewest']} to {seen['most']} frames")
        if seen["late"] > seen["posted"] / 100:
            faults.append(f"{seen['late']} of {seen['posted']} deliveries posted over 10 ms late")
        self.report.faults += [f"{what}: {fault}" for fault in faults]

    def measure(self, server: Process, load: Load, what: str, count: int, *, every: bool = False, **how) -> dict:
        """Posts, and adds to what the generator saw the processor time that the server took."""
        began, machine, cpu = time.monotonic(), machine_busy_seconds(), server.cpu_seconds()
        load_cpu = load.cpu_seconds()
        seen = load.post(count, **how)
        seen["cpu"] = server.cpu_seconds() - cpu
        wall = time.monotonic() - began
        others = machine_busy_seconds() - machine - seen["cpu"] - (load.cpu_seconds() - load_cpu)
        self.foreign = max(self.foreign or 0, others / wall / (os.cpu_count() or 1))
        self.check(what, seen, every=every)
        if not seen["accepted"]:
            raise NotMeasured("no delivery was accepted")
        return seen
