"""From just before a POST to the first frame with its text in it, in Chromium."""

import contextlib
import json
import statistics
import subprocess

from plan import Plan
from processes import HERE, SECRET, START_SECONDS, Folder, Host, Load, NotMeasured, environment, pinned
from table import Row, verdict

OTHERS = 49
RATE = 20


def paint(plan: Plan) -> None:
    _paint(plan, "POST to paint in Chromium, ms", 0)
    _paint(plan, f"POST to paint beside {OTHERS} streamers at {RATE}/s, ms", OTHERS)


def _paint(plan: Plan, what: str, others: int) -> None:
    if plan.why_no_python:
        return plan.report.missing(what, plan.why_no_python, "p99 <= 100")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(Folder())
        host = stack.enter_context(Host(plan.program, folder))
        for number in range(others):
            _open(stack, plan, folder, host, str(100 + number))
        done = subprocess.run(
            pinned("load", [str(plan.python), str(HERE / "page.py"), str(host.port), str(plan.paints)]),
            cwd=folder, env=environment(TWITCH_EVENTSUB_SECRET=SECRET), text=True, capture_output=True,
            timeout=START_SECONDS * 4 + plan.paints,
        )
    if done.returncode:
        raise NotMeasured((done.stderr.strip().splitlines() or ["page.py failed"])[-1])
    seen = json.loads(done.stdout)
    times = seen["milliseconds"]
    if seen["missing"]:
        plan.report.faults.append(f"paint: {seen['missing']} of {plan.paints} lines were never seen on the page")
    if len(times) < 2:
        raise NotMeasured("no line was seen on the page")
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    plan.report.add(Row(
        f"{what}: p50 / p95 / p99", f"{cuts[49]:.1f} / {cuts[94]:.1f} / {cuts[98]:.1f}", target="p99 <= 100",
        verdict=verdict(cuts[98], 100)))
    neighbours = " with the deliveries of the other streamers" if others else ""
    plan.report.notes.append(
        f"{what}: {len(times)} chat lines at 20/s on the overlay page of {seen['browser']}, headless, drawn by "
        f"software; it shares the generator's processor{neighbours}.")


def _open(stack: contextlib.ExitStack, plan: Plan, folder, host: Host, user: str) -> None:
    """Another streamer with one overlay page and as much chat, for as long as the lines are measured."""
    channel = f"other{user}"
    command = [plan.program, "channel", "add", "twitch", channel, "--user-id", user, "--data-dir", folder / "data"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    wish = {"platform": "twitch", "channel": channel, "view": "overlay"}
    load = stack.enter_context(Load(
        folder, host.port, pages=1, broadcaster=user, counted="overlay:patch",
        subscription=json.dumps({"type": "overlay:subscribe", "payload": wish})))
    seconds = START_SECONDS + plan.paints // RATE
    load.child.stdin.write(f"post {seconds * RATE} {RATE} 0 {seconds}\n")
    load.child.stdin.flush()
