"""From just before a POST to the first frame with its text in it, in Chromium."""

import json
import statistics
import subprocess

from plan import Plan
from processes import HERE, SECRET, START_SECONDS, Folder, Host, NotMeasured, environment, pinned
from table import Row, verdict


def paint(plan: Plan) -> None:
    what = "POST to paint in Chromium, ms"
    if plan.why_no_python:
        return plan.report.missing(what, plan.why_no_python, "p99 <= 100")
    with Folder() as folder, Host(plan.program, folder) as host:
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
    plan.report.notes.append(
        f"paint: {len(times)} chat lines at 20/s on the overlay page of {seen['browser']}, headless, drawn by "
        "software; it shares the generator's processor.")
