"""Time and bytes of a view diff, as the program measures them on itself."""

import subprocess

from plan import Plan
from processes import environment
from table import Row


def diffs(plan: Plan) -> None:
    what = "view diff"
    done = subprocess.run(
        [plan.program, "measure-diff"], capture_output=True, text=True, env=environment(), timeout=300)
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    if done.returncode or not lines:
        return plan.report.missing(what, "the program has no command measure-diff")
    for name, nanoseconds, size, operations in lines:
        plan.report.add(Row(f"{what}, {name}", f"{float(nanoseconds) / 1000:.2f} µs, {size} B, {operations} ops"))
