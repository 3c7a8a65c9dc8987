"""One event to a thousand connections: the host, the bare sender and uWebSockets in turn."""

import json
import statistics
from pathlib import Path

from plan import Plan
from processes import Folder, Host, Load, NotMeasured, Process, Sender, UWebSockets
from system_calls import SystemCalls
from table import Row, spread, verdict

OVERLAY = json.dumps({"type": "overlay:subscribe", "payload": {
    "platform": "twitch", "channel": "bench", "view": "overlay"}})
EVENTS = json.dumps({"type": "events:subscribe", "payload": {}})
PLAIN = "/publish"
SYSTEM_CALL_EVENTS = 60


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
    host_us, sender_us, ratios, sizes, delays = [], [], [], [], []
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
        delays.append((host["delayMedian"], host["delay99"]))
    plan.report.add(Row(
        f"{what}: server CPU per frame, µs", spread(host_us), spread(sender_us), ratio=spread(ratios),
        target="ratio <= 1.25", verdict=verdict(statistics.median(ratios), 1.25),
    ))
    worst = max(late for _, late in delays)
    plan.report.add(Row(
        f"{what}: publish to frame received, ms: p50 / p99", f"{max(early for early, _ in delays)} / {worst}",
        target="p99 <= 50", verdict=verdict(worst, 50),
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
    runs, why_no_uws = {"host": [], "sender": [], "uWebSockets": []}, plan.why_no_python
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
        runs["host"].append(host)
        runs["sender"].append(cork)
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
        runs["uWebSockets"].append(uws)
    plan.report.add(
        Row(f"{what}: server CPU per message, µs", spread(host_us), spread(cork_us), "-", spread(ratios),
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
    plan.report.add(Row(f"{what}: messages/s", *(
        spread([run["frames"] / run["seconds"] for run in of], 0) if of else "-" for of in runs.values())))
    busy = ", ".join(f"{max(run['generatorBusy'] for run in of):.0%} ({name})" for name, of in runs.items() if of)
    plan.report.notes.append(
        f"{what}: raw events of {size} bytes through events:subscribe, since pictures are capped at 20 a second; "
        f"{plan.window} deliveries on their way; the generator was busy {busy} at most; near 100% it limits "
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
                server = UWebSockets(plan.python, folder)
                row.uws = f"{_plain(plan, server, folder, size, plan.window, count(folder, 'uWebSockets')):.3f}"
    except NotMeasured as reason:
        return plan.report.missing(name, str(reason))
    plan.report.add(row)
    plan.report.notes.append(
        f"{name}: of these send or write " + ", ".join(f"{value:.3f} ({of})" for of, value in sends.items())
        + "; 0.250 would be four messages in every send.")
