"""What a connection costs while nothing happens."""

import time
from pathlib import Path

from fanout import OVERLAY
from plan import Plan
from processes import Folder, Host, Load, Process, Sender
from table import Row, verdict


def idle(plan: Plan) -> None:
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
