"""How long a route takes with many streamers and a long log beside it."""

import http.client
import json
import sqlite3
import statistics
import time
import uuid
from pathlib import Path

from plan import Plan
from processes import Folder, Host, NotMeasured
from table import Row, verdict

LIMIT_MILLISECONDS = 50
# The demo's streamer has this part of all events; the others share the rest.
PART_OF_DEMO = 10
# Fewer than a session may ask a minute.
ASKED_PER_SESSION = 200


def queries(plan: Plan) -> None:
    with Folder() as folder:
        host = Host(plan.program, folder)
        with host:
            host.demo_cookie()
        began = time.monotonic()
        last = fill(folder / "data/streamvibes.sqlite", plan.streamers, plan.stored_events)
        filled = time.monotonic() - began
        with host:
            slowest, skipped = measure(plan, host, last, folder / "data/streamvibes.sqlite")
        size = (folder / "data/streamvibes.sqlite").stat().st_size
    plan.report.add(Row(
        f"slowest route with {plan.streamers} streamers and {plan.stored_events} events, p99",
        f"{slowest[1]:.1f} ms ({slowest[0]})", target=f"< {LIMIT_MILLISECONDS} ms",
        verdict=verdict(slowest[1], LIMIT_MILLISECONDS)))
    plan.report.notes.append(
        f"queries: one session asks one thing after the other, over one connection; the asking streamer has "
        f"{plan.stored_events // PART_OF_DEMO} of the events, the others the rest; the file has {size / 1e6:.0f} MB, "
        f"filled in {filled:.0f} s." + (f" Not there: {', '.join(skipped)}." if skipped else ""))


def measure(plan: Plan, host: Host, last: int, database: Path) -> tuple[tuple[str, float], list[str]]:
    slowest, skipped = ("", 0.0), []
    for name, method, path, body, wanted in routes(host, last, database):
        session = Session(host)
        times = []
        for _ in range(min(plan.asked, ASKED_PER_SESSION)):
            began = time.perf_counter()
            status = session.ask(method, path, body)
            times.append((time.perf_counter() - began) * 1000)
            if status != wanted:
                break
        if status in (404, 405) and status != wanted:
            skipped.append(name)
            continue
        if status != wanted:
            raise NotMeasured(f"{name}: {status} seen, {wanted} wanted")
        times.sort()
        p99 = times[min(len(times) - 1, int(len(times) * 0.99))]
        plan.report.add(Row(
            f"{name}, p50 / p99", f"{statistics.median(times):.1f} / {p99:.1f} ms",
            target=f"< {LIMIT_MILLISECONDS} ms", verdict=verdict(p99, LIMIT_MILLISECONDS)))
        if p99 >= slowest[1]:
            slowest = (name, p99)
    return slowest, skipped


def routes(host: Host, last: int, database: Path):
    """Everything that reads or writes rows; a foreign id takes the longest way to its answer."""
    session = Session(host)
    layout = session.get("/api/layouts")["data"][0]
    widget = layout["widgets"][0]["id"]
    with sqlite3.connect(database) as rows:
        foreign = rows.execute("SELECT id FROM layouts WHERE id <> ? LIMIT 1", [layout["id"]]).fetchone()[0]
    half = last // 2
    yield "GET /dashboard", "GET", "/dashboard", None, 200
    for path in ("session", "layouts", f"widgets?layoutId={layout['id']}", "widget-types", "themes", "settings",
                 "files", "sessions", "overlays", "alerts"):
        yield f"GET /api/{path.split('?')[0]}", "GET", f"/api/{path}", None, 200
    yield "GET /api/layouts/ID", "GET", f"/api/layouts/{layout['id']}", None, 200
    yield "GET /api/layouts/ID of another streamer", "GET", f"/api/layouts/{foreign}", None, 403
    yield "GET /api/layouts/ID of nobody", "GET", f"/api/layouts/{uuid.uuid4()}", None, 404
    yield "GET /api/widgets/ID", "GET", f"/api/widgets/{widget}", None, 200
    yield "GET /api/widgets/ID/health", "GET", f"/api/widgets/{widget}/health", None, 200
    yield "GET /api/events, 500 from the middle", "GET", f"/api/events?limit=500&after={half}", None, 200
    yield "GET /api/events, 500 newest", "GET", f"/api/events?limit=500&before={last + 1}", None, 200
    yield "GET /api/events of one rare type", "GET", "/api/events?limit=100&types=event:raid&after=0", None, 200
    alerts = f"/api/events?types=event:*,stream:*&before={last + 1}"
    yield "GET /api/events, 100 newest besides chat", "GET", alerts, None, 200
    draft = json.dumps({"version": layout["version"], "widgets": [{"type": "goals"}]})
    yield "PUT /api/layouts/ID/draft", "PUT", f"/api/layouts/{layout['id']}/draft", draft, 200
    yield "GET /api/layouts/ID/key", "GET", f"/api/layouts/{layout['id']}/key", None, 200
    yield "GET an overlay page", "GET", "/twitch/demo/overlay", None, 200
    yield "PUT /api/widgets/ID", "PUT", f"/api/widgets/{widget}", json.dumps({"visible": True}), 200
    yield "POST /api/events/test", "POST", "/api/events/test", json.dumps({"type": "event:follow"}), 201


class Session:
    """One sign-in and one connection."""

    def __init__(self, host: Host):
        self.cookie = host.demo_cookie()
        self.connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
        self.token = self.get("/api/session")["data"]["csrfToken"]

    def ask(self, method: str, path: str, body: str | None = None) -> int:
        headers = {"Cookie": self.cookie}
        if method != "GET":
            headers |= {"X-CSRF-Token": self.token, "Content-Type": "application/json"}
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        self.said = answer.read()
        return answer.status

    def get(self, path: str) -> dict:
        if self.ask("GET", path) != 200:
            raise NotMeasured(f"{path}: {self.said[:200]!r}")
        return json.loads(self.said)


def fill(path: Path, streamers: int, events: int) -> int:
    """Copies the demo's streamer as often as wanted and gives everybody a log; returns the demo's last place."""
    rows = sqlite3.connect(path)
    rows.execute("PRAGMA synchronous = OFF")
    rows.execute("PRAGMA cache_size = -200000")
    demo = rows.execute("SELECT streamer_id FROM channels WHERE channel = 'demo' LIMIT 1").fetchone()[0]
    others = [copied(rows, demo, number) for number in range(streamers - 1)]
    each = max(1, (events - events // PART_OF_DEMO) // max(1, len(others)))
    begun = int(time.time() * 1000) - events * 10
    last = append(rows, demo, events // PART_OF_DEMO, begun)
    for other in others:
        append(rows, other, each, begun)
    rows.commit()
    rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    rows.close()
    return last


def copied(rows: sqlite3.Connection, demo: str, number: int) -> str:
    """One more streamer with rows like the demo's; every id becomes another one."""
    names = {}

    def other(value):
        if isinstance(value, str) and (len(value) == 36 and value.count("-") == 4 or value in ("demo",)
                                       or value.startswith("demo-")):
            return names.setdefault(value, str(uuid.uuid5(uuid.NAMESPACE_URL, f"{value}/{number}")))
        return value

    for table in ("streamers", "channels", "themes", "layouts", "widgets"):
        key = "id" if table == "streamers" else "streamer_id"
        found = rows.execute(f"SELECT * FROM {table} WHERE {key} = ?", [demo]).fetchall()
        for row in found:
            holes = ",".join("?" * len(row))
            rows.execute(f"INSERT INTO {table} VALUES ({holes})", [other(value) for value in row])
    return names[demo]


def append(rows: sqlite3.Connection, streamer: str, count: int, begun: int) -> int:
    first = rows.execute("SELECT coalesce(max(seq), 0) FROM events WHERE streamer_id = ?", [streamer]).fetchone()[0]
    line = json.dumps({
        "messageId": "m", "text": "a chat line of usual length, with a word or two", "isAction": False,
        "replyTo": None, "fragments": [],
        "user": {"id": "5", "login": "viewer", "displayName": "Viewer", "avatarUrl": None, "color": None,
                 "badges": [], "roles": []}})
    raid = json.dumps({"user": None, "viewers": 5})
    rows.executemany(
        "INSERT INTO events (streamer_id, seq, platform, source_id, type, channel_id, occurred_at, received_at, test, "
        "payload) VALUES (?, ?, 'twitch', ?, ?, NULL, ?, ?, 0, ?)",
        ((streamer, first + place, f"bench-{place}", "event:raid" if place % 1000 == 7 else "chat:message",
          begun + place * 10, begun + place * 10, raid if place % 1000 == 7 else line)
         for place in range(1, count + 1)))
    # Waking a streamer replays what no checkpoint has seen; a real one has seen nearly all.
    rows.execute("UPDATE checkpoints SET seq = ? WHERE streamer_id = ?", [first + count, streamer])
    rows.execute("UPDATE widgets SET placed_at_seq = ? WHERE streamer_id = ?", [first + count, streamer])
    rows.execute("UPDATE streamers SET last_seq = ?, last_received_at = ? WHERE id = ?",
                 [first + count, begun + count * 10, streamer])
    return first + count
