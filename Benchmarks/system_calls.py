"""System calls of a running process."""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from processes import NotMeasured


class SystemCalls:
    """Counts a process's system calls while the block runs, all of them and those that send.

    `perf` reads the kernel's own counters; without it `strace` stops the process at every call, which slows it down
    and so changes how much it does at once.
    """

    SENDS = ("sendto", "sendmsg", "sendmmsg", "write", "writev")
    perf_works: bool | None = None

    def __init__(self, pid: int, folder: Path):
        self.all = self.sends = 0
        self.output = folder / "system-calls"
        if self.uses_perf():
            events = ",".join(["raw_syscalls:sys_enter", *(f"syscalls:sys_enter_{name}" for name in self.SENDS)])
            command = ["perf", "stat", "-x", ";", "-e", events, "-p", str(pid), "-o", str(self.output)]
        elif shutil.which("strace"):
            command = ["strace", "-f", "-c", "-p", str(pid), "-o", str(self.output)]
        else:
            raise NotMeasured("neither perf nor strace works here")
        self.tool = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)

    @classmethod
    def uses_perf(cls) -> bool:
        if cls.perf_works is None:
            cls.perf_works = bool(shutil.which("perf")) and bool(re.search(
                r"^\d+;", subprocess.run(
                    ["perf", "stat", "-x", ";", "-e", "raw_syscalls:sys_enter", "true"], capture_output=True, text=True
                ).stderr, re.MULTILINE,
            ))
        return cls.perf_works

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tool.send_signal(signal.SIGINT)
        self.tool.wait(30)
        for line in self.output.read_text().splitlines():
            if self.uses_perf():
                fields = line.split(";")
                count, name = (fields[0], fields[2]) if len(fields) > 2 else ("", "")
            else:
                fields = line.split()
                count, name = (fields[3], fields[-1]) if len(fields) >= 5 else ("", "")
            if not count.isdigit():
                continue
            if name.removeprefix("syscalls:sys_enter_") in self.SENDS:
                self.sends += int(count)
            if name == "raw_syscalls:sys_enter" or not self.uses_perf() and name != "total":
                self.all += int(count)
