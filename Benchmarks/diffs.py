"""Time, bytes and allocations of one more chat line, as the program measures them on itself."""

import subprocess

from plan import Plan
from processes import BUILD, HERE, environment
from table import Row, verdict

# Server CPU and bytes on the wire of one line with 50 rows on screen.
MICROSECONDS = 50
BYTES = 600


def counter() -> dict[str, str]:
    """What makes the program's allocations countable, where there is a compiler."""
    library = BUILD / "allocations.so"
    BUILD.mkdir(exist_ok=True)
    made = subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", library, HERE / "allocations.c"])
    return {"LD_PRELOAD": str(library)} if made.returncode == 0 else {}


def measure(plan: Plan, command: str, **more: str) -> list[list[str]]:
    """What a command of the program prints of itself: name, nanoseconds, bytes, operations and allocations."""
    done = subprocess.run(
        [plan.program, command], capture_output=True, text=True, env=environment(**more), timeout=300)
    return [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 4]


def diffs(plan: Plan) -> None:
    what = "view diff"
    lines = measure(plan, "measure-diff")
    if not lines:
        return plan.report.missing(what, "the program has no command measure-diff")
    # Counting costs time, so allocations come from a run of their own.
    asked = {line[0]: line[4] for line in measure(plan, "measure-diff", **counter())}
    for name, nanoseconds, size, operations, _ in lines:
        plan.report.add(Row(
            f"{what}, {name}",
            f"{float(nanoseconds) / 1000:.2f} µs, {size} B, {operations} ops, {asked.get(name, '?')} allocations"))
    for rows in (15, 50):
        steps = [line for line in lines if line[0].startswith(f"chat of {rows} rows")]
        patch = [line for line in steps if "all" not in line[0]]
        whole = next(line for line in steps if "all" in line[0])
        time = sum(float(line[1]) for line in patch) / 1000
        times, sizes = time * 1000 / float(whole[1]), int(patch[0][2]) / int(whole[2])
        plan.report.add(Row(
            f"{what}, chat of {rows} rows, one line beside the whole picture",
            f"{time:.1f} µs, {patch[0][2]} B",
            ratio=f"{times:.2f} of the time, {sizes:.2f} of the bytes",
            target=f"{MICROSECONDS} µs, {BYTES} B",
            verdict=verdict(max(time / MICROSECONDS, int(patch[0][2]) / BYTES), 1)))
