"""Time and allocations of one line of Twitch's chat over IRC, as the program measures them on itself."""

from diffs import counter, measure
from plan import Plan
from table import Row, verdict

# From the bytes of the socket to the canonical event.
MICROSECONDS = 5


def chat(plan: Plan) -> None:
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
