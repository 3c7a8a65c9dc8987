"""Signed deliveries through signature, decoding, log and commit."""

import statistics

from plan import Plan
from processes import CPUS, Folder, Host, Load
from table import Row, spread, verdict


def intake(plan: Plan) -> None:
    what = "signed deliveries/s, committed before the answer"
    rates, costs, busy = [], [], 0.0
    for _ in range(plan.repetitions):
        with Folder() as folder, Host(plan.program, folder) as host, Load(
            folder, host.port, pages=0, posters=plan.posters, broadcaster="1"
        ) as load:
            load.post(1000, window=plan.posters)
            seen = plan.measure(host, load, "intake", plan.deliveries, window=plan.posters)
        rates.append(seen["accepted"] / seen["seconds"])
        costs.append(seen["cpu"] / seen["accepted"] * 1e6)
        busy = max(busy, seen["generatorBusy"])
    plan.report.add(
        Row(what, spread(rates, 0), target=">= 10,000",
            verdict=verdict(statistics.median(rates), 10000, at_least=True)),
        Row("CPU per signed delivery, µs", spread(costs, 1)),
    )
    cpu_bound = statistics.median(rates) * statistics.median(costs) / 1e6
    plan.report.notes.append(
        f"intake: {plan.posters} keep-alive connections, one channel, no page open; the host used {cpu_bound:.0%} of a "
        f"processor ({'pinned to one' if len(CPUS) > 1 else 'there is one'}), the generator at most {busy:.0%}.")
