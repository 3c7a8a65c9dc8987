#!/usr/bin/env python3
"""Measures the release build and prints one table; see README.md.

It is a report: it exits 0 whenever it measured, whatever the verdicts say.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import cells
import chat
import dashboard
import diffs
import fanout
import idle
import intake
import paint
import queries
from plan import Plan
from processes import BUILD, CPUS, HERE, NotMeasured
from table import Report

GROUPS = {
    "paced": ("1,000 overlays", fanout.paced),
    "saturated": ("1,000 connections, saturated", fanout.saturated),
    "idle": ("memory per idle connection", idle.idle),
    "intake": ("signed deliveries/s", intake.intake),
    "diffs": ("view diff", diffs.diffs),
    "chat": ("lines of Twitch's chat", chat.chat),
    "cells": ("widgets in Lua", cells.cells),
    "paint": ("POST to paint", paint.paint),
    "dashboard": ("pages of the dashboard", dashboard.dashboard),
    "queries": ("routes beside many streamers", queries.queries),
}


def build_tools():
    BUILD.mkdir(exist_ok=True)
    flags = ["-O2", "-Wall", "-Wextra", "-Werror"]
    for tool, sources in {
        "load": ["load.c", "audience.c", "delivery.c", "wire.c"], "sender": ["sender.c", "wire.c"],
        "speaker": ["speaker.c", "wire.c"], "keeper": ["keeper.c", "wire.c"],
    }.items():
        command = ["gcc", *flags, "-o", BUILD / tool, *(HERE / source for source in sources), "-lcrypto"]
        if subprocess.run(command).returncode:
            sys.exit(f"{tool}: not built, gcc and libssl-dev wanted")


def python_with_packages() -> tuple[Path | None, str]:
    """A Python of our own with what requirements.txt names, or why there is none."""
    home, wanted = BUILD / "venv", HERE / "requirements.txt"
    python, stamp = home / "bin" / "python", BUILD / "venv" / "installed"
    if stamp.exists() and stamp.read_text() == wanted.read_text():
        return python, ""
    try:
        subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True, timeout=120)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True, capture_output=True, timeout=300)
    except (subprocess.SubprocessError, OSError):
        return None, "python3-venv and a package index wanted for pip install -r requirements.txt"
    stamp.write_text(wanted.read_text())
    return python, ""


def conditions(plan: Plan) -> list[str]:
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), "unknown processor")
    where = subprocess.run(["df", "--output=fstype", BUILD], capture_output=True, text=True).stdout.split()[-1]
    placed = f"server on CPU {CPUS[0]}, generator on CPU {CPUS[1]}" if len(CPUS) > 1 else "one CPU for everything"
    version = subprocess.run([plan.program, "--version"], capture_output=True, text=True).stdout.strip()
    others = "was not looked at" if plan.foreign is None else f"was {plan.foreign:.0%} of the machine at most"
    return [
        f"StreamVibes {version}, {plan.program}",
        f"Linux {platform.release()}, {model}, {os.cpu_count()} CPUs, {placed}; loopback; data on {where}",
        f"{plan.repetitions} repetitions in alternation, median (least-most); ratios are medians of the pairs",
        f"What other processes took meanwhile {others}; above 10% run it again on a quiet machine",
    ]


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, default=HERE.parent / ".build/release/streamvibes")
    parser.add_argument("--only", choices=GROUPS, action="append", help="measure this alone; may be repeated")
    parser.add_argument("--repetitions", type=positive, default=3)
    parser.add_argument("--window", type=positive, default=4, help="deliveries on their way when saturated")
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, to try the benchmarks themselves")
    return parser.parse_args()


def main():
    given = options()
    program = given.program.resolve()
    if not program.exists():
        sys.exit(f"--program: {program} seen, a built streamvibes wanted (make release)")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    build_tools()
    python, why = python_with_packages()
    plan = Plan(
        program, python, why, Report(), repetitions=given.repetitions, window=given.window,
        idle_pages=min(5000, most - 200))
    if given.quick:
        plan.repetitions, plan.pages, plan.events, plan.saturated_events = 1, 100, 40, 150
        plan.idle_pages, plan.deliveries, plan.paints = 500, 2000, 40
        plan.lua_events, plan.tenants, plan.starts = 800, 100, 20
        plan.streamers, plan.stored_events, plan.asked = 1000, 100_000, 50
        plan.report.notes.append("QUICK: too little for any conclusion, the verdicts included.")
    began = time.monotonic()
    for group in given.only or GROUPS:
        title, measure = GROUPS[group]
        print(f"{time.monotonic() - began:4.0f} s  {title}", file=sys.stderr, flush=True)
        try:
            measure(plan)
        except (NotMeasured, OSError, subprocess.SubprocessError, ValueError) as reason:
            plan.report.missing(title, str(reason))
    print(plan.report.text(conditions(plan)))


if __name__ == "__main__":
    main()
