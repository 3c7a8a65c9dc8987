"""Widgets in Lua: their events beside the same Lua elsewhere, their starts, deaths, memory and neighbours."""

import hashlib
import json
import os
import shutil
import statistics
import struct
import subprocess
import time
from pathlib import Path

from plan import Plan
from processes import BUILD, HERE, Folder, NotMeasured, environment
from table import Row, spread, verdict

CELL = HERE.parent / "Sources/Sandbox/Cell"
WIDGET = HERE / "widgets/rows"
LOAD, EVENTS = 1, 2


def cells(plan: Plan) -> None:
    build()
    plan.report.notes.append(
        f"Lua: {os.getloadavg()[0]:.1f} processes of others wanted to run when this group began; their share of the "
        "processors is in every figure of it.")
    beside(plan)
    seen = program(plan, "start", "death", "neighbour", "crowd")
    for what, name, limit in (
        ("start", "cell and first widget up", 3000),
        ("death", "killed cell, five widgets back", 10000),
    ):
        report(plan, f"{name}, p50 / p99", seen[what], f"<= {limit / 1000:.0f} ms", limit)
    report(plan, "one more widget beside it, p50 / p99", seen["further"])
    memory = seen["memory"]
    further = (memory["kibOfThree"] - memory["kibPerCell"]) / 2
    plan.report.add(
        Row(f"memory of {memory['cells']} cells with a widget each, KiB a cell (PSS)", f"{memory['kibPerCell']:.0f}",
            target="<= 300 KiB", verdict=verdict(memory["kibPerCell"], 300)),
        Row("memory of a further widget, KiB", f"{further:.1f}", target="<= 30 KiB", verdict=verdict(further, 30)),
        Row(f"events/s over {memory['cells']} cells of three widgets", f"{seen['saturated']['perSecond']:.0f}",
            target=">= 8,000", verdict=verdict(seen["saturated"]["perSecond"], 8000, at_least=True)))
    report(plan, "8,000 events/s over these cells, delay p50 / p99", seen["paced delay"])
    alone, crowded = seen["alone"], seen["beside neighbours"]
    plan.report.add(Row(
        "event of a widget beside an endless loop and a memory bomb, p50 / p99 / longest",
        f"{crowded['p50']:.0f} / {crowded['p99']:.0f} / {crowded['max']:.0f} µs",
        ratio=f"{crowded['p50'] / alone['p50']:.1f} times alone", target="every event",
        verdict=verdict(crowded["count"], alone["count"], at_least=True)))


def beside(plan: Plan) -> None:
    """The same events through a cell, through its program without a process, and through Redis, in turn."""
    rounds = []
    for _ in range(plan.repetitions):
        seen = program(plan, "event")
        with Folder() as folder:
            rows = events(plan)
            seen["in process"] = in_process(folder, rows)
            try:
                seen["redis"] = redis(folder, rows)
            except NotMeasured as reason:
                plan.report.missing("event through Lua in Redis", str(reason))
        rounds.append(seen)

    def figures(name: str, part: str) -> list[float]:
        return [seen[name][part] for seen in rounds if name in seen]

    view = rounds[0]["view"]
    plan.report.notes.append(
        f"Lua: chat of 18 rows, a view of {view['bytes']} B and a patch of {view['patch']} B; \"host to patch\" holds "
        "the question, the cell, reading its answer, the last check, the patch and its encoding. The same Lua in "
        "process and in Redis ends with the view as JSON, which nobody reads.")
    for part, limit in (("p50", 80), ("p99", 200)):
        times = figures("event", part)
        plan.report.add(Row(
            f"event through a Lua widget, host to patch, {part}, µs", spread(times, 1), target=f"<= {limit} µs",
            verdict=verdict(statistics.median(times), limit)))
    for name, what in (
        ("empty", "an empty round trip"), ("in process", "the same Lua in process"),
        ("redis", "the same Lua in Redis"), ("draw", "last check, patch and encoding alone"),
    ):
        for part in ("p50", "p99") if figures(name, "p50") else ():
            ratios = [seen["event"][part] / seen[name][part] for seen in rounds if name in seen]
            plan.report.add(Row(
                f"beside it: {what}, {part}, µs", spread(figures(name, part), 1),
                ratio=f"the widget takes {statistics.median(ratios):.2f} times that"))


def program(plan: Plan, *parts: str) -> dict[str, dict]:
    """What the program says about itself."""
    command = [plan.program, "measure-cells", "--packages", HERE / "widgets", "--events", str(plan.lua_events),
               "--tenants", str(plan.tenants), "--starts", str(plan.starts)]
    for part in parts:
        command += ["--only", part]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=environment(SWIFT_BACKTRACE="enable=no")) as child:
        said, errors = child.communicate(timeout=600)
    if child.returncode:
        raise NotMeasured(f"measure-cells: {errors.strip()[-200:]}")
    return {line["what"]: line for line in map(json.loads, said.splitlines())}


def events(plan: Plan) -> list[str]:
    """Rows of the log as a cell is given them."""
    command = [plan.program, "measure-cells", "--packages", HERE / "widgets", "--only", "rows",
               "--events", str(plan.lua_events)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60, check=True)
    return done.stdout.splitlines()


def report(plan: Plan, what: str, seen: dict, target: str = "-", limit: float | None = None) -> None:
    plan.report.add(Row(
        what, f"{seen['p50'] / 1000:.2f} / {seen['p99'] / 1000:.2f} ms", target=target,
        verdict="-" if limit is None else verdict(seen["p50"], limit)))


def build() -> None:
    BUILD.mkdir(exist_ok=True)
    flags = ["gcc", "-O2", "-Wall", "-Wextra", f"-I{CELL}"]
    parts = [path for path in CELL.glob("*.c") if path.stem not in ("main", "zygote", "jail", "frames")]
    for command in (
        [*flags, "-o", BUILD / "in_process", HERE / "in_process.c", *parts, "-l:liblua5.4.a", "-lseccomp", "-lm"],
        [*flags, "-o", BUILD / "redis_client", HERE / "redis_client.c"],
    ):
        made = subprocess.run(command, capture_output=True, text=True)
        if made.returncode:
            raise NotMeasured(f"gcc: {made.stderr.strip()[-200:]}")


def in_process(folder: Path, rows: list[str]) -> dict:
    files = {path.name: path.read_text() for path in WIDGET.glob("*.lua")}
    load = {"id": "rows", "version": "1.0.0", "files": files, "permissions": [], "events": ["chat:message"],
            "config": {}, "state": None, "timers": [], "storage": {}, "locale": {}, "now": 0}
    questions = [bytes([LOAD]) + json.dumps(load).encode()]
    questions += [bytes([EVENTS]) + f'{{"events":[{row}],"until":null,"render":true}}'.encode() for row in rows]
    return asked([BUILD / "in_process"], folder, questions)


def redis(folder: Path, rows: list[str]) -> dict:
    server = shutil.which("redis-server")
    if server is None:
        raise NotMeasured("redis-server wanted")
    script = f"local rows = (function()\n{(WIDGET / 'rows.lua').read_text()}\nend)()\n"
    script = (script + (HERE / "rows_in_redis.lua").read_text()).encode()
    # No port: the socket is as near as a cell's. Its path is relative, since a long one does not fit.
    command = [server, "--port", "0", "--unixsocket", "redis.sock", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL) as child:
        try:
            end = time.monotonic() + 10
            while not (folder / "redis.sock").exists():
                if child.poll() is not None or time.monotonic() > end:
                    raise NotMeasured("redis-server does not start")
                time.sleep(0.05)
            return asked([BUILD / "redis_client", "redis.sock"], folder, [
                command_of("SCRIPT", "LOAD", script),
                *(command_of("EVALSHA", hashlib.sha1(script).hexdigest(), "1", "state", row) for row in rows)])
        finally:
            child.terminate()


def command_of(*words: str | bytes) -> bytes:
    parts = [word if isinstance(word, bytes) else word.encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


def asked(command: list, folder: Path, questions: list[bytes]) -> dict:
    path = folder / "questions"
    path.write_bytes(b"".join(struct.pack("<I", len(question)) + question for question in questions))
    done = subprocess.run([*command, path.name], cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise NotMeasured(f"{Path(command[0]).name}: {done.stderr.strip()[-200:]}")
    return json.loads(done.stdout)
