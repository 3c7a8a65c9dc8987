"""How long the dashboard's pages take a browser that has never been there, and what they weigh."""

import http.client
import json
import statistics
import subprocess

from plan import Plan
from processes import HERE, START_SECONDS, Folder, Host, NotMeasured, environment, pinned
from table import Row, verdict

PATHS = ("/", "/auth/login", "/dashboard", "/dashboard/overlay", "/dashboard/widgets", "/dashboard/theme",
         "/dashboard/settings", "/dashboard/alerts")
LAYOUTS = 10
WIDGETS = 10
LIMITS = {"quiet": 1000, "requests": 30, "KiB": 250}


def dashboard(plan: Plan) -> None:
    if plan.why_no_python:
        return plan.report.missing("first load of a page", plan.why_no_python, "< 1 s")
    with Folder() as folder, Host(plan.program, folder) as host:
        cookie = fill(host)
        loads = [measure(plan, host, folder, cookie) for _ in range(plan.repetitions)]
        drags = [drag(plan, host, folder, cookie) for _ in range(plan.repetitions)]
    for place, path in enumerate(PATHS):
        seen = [load[place] for load in loads]
        quiet = statistics.median(one["quiet"] for one in seen)
        requests = max(one["requests"] for one in seen)
        kib = max(one["bytes"] for one in seen) / 1024
        is_fine = quiet < LIMITS["quiet"] and requests < LIMITS["requests"] and kib < LIMITS["KiB"]
        plan.report.add(Row(
            f"first load of {path}: ms / requests / KiB", f"{quiet:.0f} / {requests} / {kib:.0f}",
            target="< 1000 / 30 / 250", verdict="met" if is_fine else "missed"))
    task = statistics.median(one["task"] for one in drags)
    parts = " / ".join(f"{statistics.median(one[name] for one in drags):.1f}" for name in ("script", "style", "layout"))
    plan.report.add(Row(
        "dragging: main thread a frame, of that script / style / layout, ms", f"{task:.1f}, {parts}", target="< 8",
        verdict=verdict(task, 8)))
    plan.report.notes.append(
        f"dragging: {WIDGETS} live widgets, {min(one['frames'] for one in drags)} frames or more each time.")
    plan.report.notes.append(
        f"dashboard: Chromium with an empty cache behind 40 ms of round trip, {LAYOUTS} layouts of {WIDGETS} widgets; "
        f"until nothing has been on its way for 100 ms; fonts are not counted.")


def measure(plan: Plan, host: Host, folder, cookie: str) -> list[dict]:
    return [json.loads(line) for line in run(plan, host, folder, "first_load.py", cookie, *PATHS).splitlines()]


def run(plan: Plan, host: Host, folder, script: str, *arguments: str) -> str:
    done = subprocess.run(
        pinned("load", [str(plan.python), str(HERE / script), str(host.port), *arguments]),
        cwd=folder, env=environment(), text=True, capture_output=True, timeout=START_SECONDS * (len(PATHS) + 2))
    if done.returncode:
        raise NotMeasured((done.stderr.strip().splitlines() or [f"{script} failed"])[-1])
    return done.stdout


def drag(plan: Plan, host: Host, folder, cookie: str) -> dict:
    return json.loads(run(plan, host, folder, "drag.py", cookie))


def fill(host: Host) -> str:
    """Ten full layouts of the demo's streamer; returns the cookie of their session."""
    cookie = host.demo_cookie()
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
    headers = {"Cookie": cookie, "Content-Type": "application/json"}

    def ask(method: str, path: str, body=None, wanted=200):
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != wanted:
            raise NotMeasured(f"{method} {path}: {answer.status} {said[:200]!r}")
        return json.loads(said)["data"]

    headers["X-CSRF-Token"] = ask("GET", "/api/session")["csrfToken"]
    types = ["chat", "events", "goals", "tips"]
    widgets = [
        {"type": types[number % len(types)],
         "position": {"x": number % 5 * 384, "y": number // 5 * 540, "width": 384, "height": 540}}
        for number in range(WIDGETS)
    ]
    layouts = ask("GET", "/api/layouts")
    layouts += [ask("POST", "/api/layouts", {"name": f"Layout {number}"}, 201)
                for number in range(len(layouts), LAYOUTS)]
    for layout in layouts:
        ask("PUT", f"/api/layouts/{layout['id']}", {"version": layout["version"], "mode": "free", "widgets": widgets})
    return cookie
