"""What is measured, one function per group of rows."""

import json
import os
import statistics
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from processes import (
    CPUS, HERE, SECRET, START_SECONDS, Folder, Host, Load, NotMeasured, Process, Sender, SystemCalls, UWebSockets,
    environment, machine_busy_seconds, pinned,
)
from table import Report, Row, spread, verdict

OVERLAY = json.dumps({"type": "overlay:subscribe", "payload": {
    "platform": "twitch", "channel": "bench", "view": "overlay"}})
EVENTS = json.dumps({"type": "events:subscribe", "payload": {}})
PLAIN = "/publish"
SYSTEM_CALL_EVENTS = 60


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
    foreign: float = 0
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
        if every and seen["pages"] and seen["fewest"] < seen["accepted"]:
            faults.append(f"a page got {seen['fewest']} of {seen['accepted']} frames")
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
        self.foreign = max(self.foreign, others / wall / (os.cpu_count() or 1))
        self.check(what, seen, every=every)
        if not seen["accepted"]:
            raise NotMeasured("no delivery was accepted")
        return seen


def per_frame_us(seen: dict) -> float:
    if not seen["frames"]:
        raise NotMeasured("no frame arrived")
    return seen["cpu"] / seen["frames"] * 1e6


# Twenty events a second


def _host_overlay(plan: Plan, folder: Path, act):
    with Host(plan.program, folder) as host, Load(
        folder, host.port, pages=plan.pages, subscription=OVERLAY, counted="overlay:patch", broadcaster="1"
    ) as load:
        load.post(plan.rate * 2, rate=plan.rate)
        return act(host, load)


def _plain(plan: Plan, server: Process, folder: Path, size: int, posters: int, act):
    with server, Load(folder, server.port, pages=plan.pages, posters=posters, path=PLAIN, size=size) as load:
        load.post(plan.rate, rate=plan.rate)
        return act(server, load)


def paced(plan: Plan) -> None:
    """1,000 overlays of one channel that get 20 events a second."""
    what = f"{plan.pages} overlays, {plan.rate} events/s"
    host_us, sender_us, ratios, sizes = [], [], [], []
    for _ in range(plan.repetitions):
        with Folder() as folder:
            host = _host_overlay(plan, folder, lambda host, load: plan.measure(
                host, load, f"{what}, host", plan.events, rate=plan.rate))
        per_frame_us(host)
        # The host draws at most 20 pictures a second and lets the newest win, so a few events may share a frame: the
        # sender is given as many frames, at the same pace, of the same size.
        frames, size = host["most"], round(host["bytes"] / host["frames"])
        with Folder() as folder:
            sender = _plain(plan, Sender("send", folder), folder, size, 1, lambda sender, load: plan.measure(
                sender, load, f"{what}, sender", frames, rate=plan.rate * frames / host["posted"], every=True))
        host_us.append(per_frame_us(host))
        sender_us.append(per_frame_us(sender))
        ratios.append(host_us[-1] / sender_us[-1])
        sizes.append(size)
    plan.report.add(Row(
        f"{what}: server CPU per frame, µs", spread(host_us), spread(sender_us), ratio=spread(ratios),
        target="ratio <= 1.25", verdict=verdict(statistics.median(ratios), 1.25),
    ))
    plan.report.notes.append(
        f"{what}: of {host['posted']} events a page got {host['most']} frames of {sizes[-1]} bytes on average; the "
        f"sender sent as many of that size at that pace. The host's figure includes signature, log, widgets and diff.")
    _paced_calls(plan, what, sizes[-1])


def _paced_calls(plan: Plan, what: str, size: int) -> None:
    rate = plan.rate if SystemCalls.uses_perf() else 5

    def count(folder):
        def act(server, load):
            with SystemCalls(server.pid, folder) as calls:
                seen = load.post(SYSTEM_CALL_EVENTS, rate=rate)
            return calls.all / seen["frames"], calls.sends / seen["frames"]
        return act

    name = f"{what}: system calls per frame"
    try:
        with Folder() as folder:
            host, host_sends = _host_overlay(plan, folder, count(folder))
        with Folder() as folder:
            sender, sender_sends = _plain(plan, Sender("send", folder), folder, size, 1, count(folder))
    except NotMeasured as reason:
        return plan.report.missing(name, str(reason))
    plan.report.add(Row(name, f"{host:.3f}", f"{sender:.3f}", ratio=f"{host / sender:.2f}"))
    plan.report.notes.append(
        f"{name}: of these {host_sends:.3f} and {sender_sends:.3f} send or write. A run of {SYSTEM_CALL_EVENTS} events "
        f"at {rate}/s, counted by {'perf' if SystemCalls.uses_perf() else 'strace'}.")


# As fast as possible


def _host_events(plan: Plan, folder: Path, act):
    with Host(plan.program, folder) as host:
        cookie = host.demo_cookie()
        with Load(folder, host.port, pages=0, posters=plan.window, broadcaster="demo-twitch") as alone:
            alone.post(200, window=plan.window)
            intake = plan.measure(host, alone, "intake alone", plan.saturated_events, window=plan.window)
        with Load(
            folder, host.port, pages=plan.pages, posters=plan.window, broadcaster="demo-twitch", cookie=cookie,
            subscription=EVENTS, counted="chat:message", gapless=True,
        ) as load:
            load.post(plan.rate * 2, window=plan.window)
            return intake, act(host, load)


def saturated(plan: Plan) -> None:
    """1,000 connections of one channel, several deliveries on their way."""
    what = f"{plan.pages} connections, saturated"
    host_us, cork_us, uws_us, ratios, uws_ratios, without = [], [], [], [], [], []
    seen, why_no_uws = {}, plan.why_no_python
    for _ in range(plan.repetitions):
        with Folder() as folder:
            intake, host = _host_events(plan, folder, lambda host, load: plan.measure(
                host, load, f"{what}, host", plan.saturated_events, window=plan.window, every=True))
        size = round(host["bytes"] / host["frames"])

        def peer(name):
            return lambda server, load: plan.measure(
                server, load, f"{what}, {name}", plan.saturated_events, window=plan.window, every=True)

        with Folder() as folder:
            cork = _plain(plan, Sender("cork", folder), folder, size, plan.window, peer("sender"))
        host_us.append(per_frame_us(host))
        cork_us.append(per_frame_us(cork))
        ratios.append(host_us[-1] / cork_us[-1])
        intake_us = intake["cpu"] / intake["accepted"] * 1e6 / plan.pages
        without.append(host_us[-1] - intake_us)
        seen |= {"host": host, "sender": cork}
        if why_no_uws:
            continue
        try:
            with Folder() as folder:
                uws = _plain(
                    plan, UWebSockets(plan.python, folder), folder, size, plan.window, peer("uWebSockets"))
        except NotMeasured as reason:
            why_no_uws = str(reason)
            continue
        uws_us.append(per_frame_us(uws))
        uws_ratios.append(host_us[-1] / uws_us[-1])
        seen["uWebSockets"] = uws
    plan.report.add(
        Row(f"{what}: server CPU per message, µs", spread(host_us), spread(cork_us), "", spread(ratios),
            "ratio <= 1.4", verdict(statistics.median(ratios), 1.4)),
        Row(f"{what}: the same without intake, µs", spread(without), spread(cork_us),
            ratio=spread([without[i] / cork_us[i] for i in range(len(without))])),
    )
    if uws_us:
        plan.report.rows[-2].uws = spread(uws_us)
        plan.report.add(Row(f"{what}: beside uWebSockets", spread(host_us), uws=spread(uws_us),
                            ratio=spread(uws_ratios)))
    else:
        plan.report.missing(f"{what}: beside uWebSockets", why_no_uws)
    rates = {name: f"{run['frames'] / run['seconds']:,.0f}" for name, run in seen.items()}
    plan.report.add(Row(f"{what}: messages/s", *(rates.get(name, "-") for name in ("host", "sender", "uWebSockets"))))
    busy = ", ".join(f"{run['generatorBusy']:.0%} ({name})" for name, run in seen.items())
    plan.report.notes.append(
        f"{what}: raw events of {size} bytes through events:subscribe, since pictures are capped at 20 a second; "
        f"{plan.window} deliveries on their way; the generator was busy {busy}, and near 100% it is the limit of "
        f"messages/s. The first row includes intake and is the one compared with the target; the second takes off what "
        f"the same deliveries cost without connections. The binding of uWebSockets spins whenever it could sleep, so "
        f"its CPU is an upper bound.")
    _saturated_calls(plan, what, size, why_no_uws)


def _saturated_calls(plan: Plan, what: str, size: int, why_no_uws: str) -> None:
    name = f"{what}: system calls per message"
    sends = {}

    def count(folder, server_name):
        def act(server, load):
            with SystemCalls(server.pid, folder) as calls:
                seen = load.post(SYSTEM_CALL_EVENTS * 5, window=plan.window)
            sends[server_name] = calls.sends / seen["frames"]
            return calls.all / seen["frames"]
        return act

    try:
        with Folder() as folder:
            _, host = _host_events(plan, folder, count(folder, "host"))
        with Folder() as folder:
            cork = _plain(plan, Sender("cork", folder), folder, size, plan.window, count(folder, "sender"))
        row = Row(name, f"{host:.3f}", f"{cork:.3f}", ratio=f"{host / cork:.2f}")
        if not why_no_uws:
            with Folder() as folder:
                row.uws = f"{_plain(plan, UWebSockets(plan.python, folder), folder, size, plan.window, count(folder, 'uWebSockets')):.3f}"
    except NotMeasured as reason:
        return plan.report.missing(name, str(reason))
    plan.report.add(row)
    plan.report.notes.append(
        f"{name}: of these send or write " + ", ".join(f"{value:.3f} ({of})" for of, value in sends.items())
        + "; 0.250 would be four messages in every send.")


# Idle connections


def idle(plan: Plan) -> None:
    """What a connection costs while nothing happens."""
    for name, options in (("subscribed overlay", {"subscription": OVERLAY}), ("unsubscribed", {})):
        what = f"memory per idle connection, {name}, KiB"
        with Folder() as folder:
            host = _memory(Host(plan.program, folder), folder, plan.idle_pages, **options)
        with Folder() as folder:
            sender = _memory(Sender("send", folder), folder, plan.idle_pages)
        plan.report.add(Row(what, f"{host:.2f}", f"{sender:.2f}", target="<= 6 KiB", verdict=verdict(host, 6)))
    plan.report.notes.append(
        f"memory: growth of the resident set by {plan.idle_pages} connections, after 100 others have come and gone; "
        "what the kernel keeps for a socket is not in it.")


def _memory(server: Process, folder: Path, pages: int, **options) -> float:
    with server:
        # The first connections bring code and pools into memory that all others share.
        with Load(folder, server.port, pages=100, posters=0, **options):
            pass
        time.sleep(2)
        before = server.resident_kib()
        with Load(folder, server.port, pages=pages, posters=0, **options):
            time.sleep(3)
            return (server.resident_kib() - before) / pages


# Intake


def intake(plan: Plan) -> None:
    """Signed deliveries through signature, decoding, log and commit."""
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
        Row(what, spread(rates, 0), target=">= 10,000", verdict=verdict(statistics.median(rates), 10000, at_least=True)),
        Row("CPU per signed delivery, µs", spread(costs, 1)),
    )
    cpu_bound = statistics.median(rates) * statistics.median(costs) / 1e6
    plan.report.notes.append(
        f"intake: {plan.posters} keep-alive connections, one channel, no page open; the host used {cpu_bound:.0%} of a "
        f"processor ({'pinned to one' if len(CPUS) > 1 else 'there is one'}), the generator at most {busy:.0%}.")


# Diffs


def diffs(plan: Plan) -> None:
    """Time and bytes per view diff, as the program measures them on itself."""
    what = "view diff"
    done = subprocess.run(
        [plan.program, "measure-diff"], capture_output=True, text=True, env=environment(), timeout=300)
    lines = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 3]
    if done.returncode or not lines:
        return plan.report.missing(what, "the program has no command measure-diff")
    for name, nanoseconds, size, operations in lines:
        plan.report.add(Row(f"{what}, {name}", f"{float(nanoseconds) / 1000:.2f} µs, {size} B, {operations} ops"))


# Paint


def paint(plan: Plan) -> None:
    """From just before the POST to the first frame with the text in it, in Chromium."""
    what = "POST to paint in Chromium, ms"
    if plan.why_no_python:
        return plan.report.missing(what, plan.why_no_python, "p99 <= 100")
    with Folder() as folder, Host(plan.program, folder) as host:
        done = subprocess.run(
            pinned("load", [str(plan.python), str(HERE / "paint.py"), str(host.port), str(plan.paints)]),
            cwd=folder, env=environment(TWITCH_EVENTSUB_SECRET=SECRET), text=True, capture_output=True,
            timeout=START_SECONDS * 4 + plan.paints,
        )
    if done.returncode:
        raise NotMeasured((done.stderr.strip().splitlines() or ["paint.py failed"])[-1])
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
        f"paint: {len(times)} chat lines at 20/s on the overlay page of {seen['browser']}, headless, drawn by software; "
        "it shares the generator's processor.")
