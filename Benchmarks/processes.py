"""The servers that are measured, and what the kernel says about them."""

import http.client
import json
import os
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE / ".build"
SECRET = "a secret of the benchmarks"
START_SECONDS = 30
ANSWER_SECONDS = 700
CPUS = sorted(os.sched_getaffinity(0))


class NotMeasured(Exception):
    """Why a figure is missing; said in its place."""


def pinned(role: str, command: list[str]) -> list[str]:
    """Gives the server one processor and whatever loads it another, where there are two."""
    if len(CPUS) < 2 or not shutil.which("taskset"):
        return command
    return ["taskset", "-c", str(CPUS[0] if role == "server" else CPUS[1]), *command]


def environment(**more: str) -> dict[str, str]:
    """An environment without settings of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")}
    return {**kept, **more}


class Process:
    """A child that talks on its standard output; it lives as long as the block that enters it."""

    def __init__(self, role: str, command: list[str], folder: Path, env: dict[str, str]):
        self.name, self.folder, self.env = Path(command[0]).name, folder, env
        self.command = pinned(role, command)
        self.errors = folder / f"{self.name}.stderr"

    def begin(self):
        """Waits until there is something to measure."""

    def __enter__(self):
        with self.errors.open("a") as errors:
            self.child = subprocess.Popen(
                self.command, cwd=self.folder, env=self.env, text=True, bufsize=1,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )
        self.pid = self.child.pid
        try:
            self.begin()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_):
        self.end()

    def end(self):
        self.child.terminate()
        try:
            self.child.wait(10)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
        for pipe in (self.child.stdin, self.child.stdout):
            pipe.close()

    def line(self, seconds: float) -> str:
        """The next line; within that time or not at all."""
        ready, _, _ = select.select([self.child.stdout], [], [], seconds)
        line = self.child.stdout.readline() if ready else ""
        if not line:
            said = self.errors.read_text().strip().splitlines()
            raise NotMeasured(f"{self.name} said nothing{': ' + said[-1][:200] if said else ''}")
        return line

    def cpu_seconds(self) -> float:
        """Processor time of this process and its children, to the nanosecond, threads that ended included."""
        pids, waiting = [], [self.pid]
        while waiting:
            pid = waiting.pop()
            pids.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    waiting += [int(child) for child in children.read_text().split()]
                except OSError:
                    continue
        return sum(_process_clock(pid) for pid in pids)

    def resident_kib(self) -> int:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def _process_clock(pid: int) -> float:
    # The clock that clock_getcpuclockid(3) names; schedstat would lose threads that end in between.
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0


class Folder:
    """A folder of its own for every server, on the disk or elsewhere, thrown away afterwards."""

    def __init__(self, place: Path = BUILD):
        self.place = place

    def __enter__(self) -> Path:
        BUILD.mkdir(exist_ok=True)
        self.path = Path(tempfile.mkdtemp(prefix="run-", dir=self.place))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


class Host(Process):
    """StreamVibes, with the channel `bench` and a demo streamer whose simulator is silent."""

    def __init__(self, program: Path, folder: Path, **settings: str):
        env = environment(TWITCH_EVENTSUB_SECRET=SECRET, LOG_LEVEL="error", SWIFT_BACKTRACE="enable=no", **settings)
        data = ["--data-dir", str(folder / "data")]
        self.registration = [program, "channel", "add", "twitch", "bench", "--user-id", "1", *data]
        super().__init__(
            "server", [str(program), "serve", "--port", "0", "--demo", "--demo-rate", "0", *data], folder, env
        )

    def __enter__(self):
        subprocess.run(self.registration, cwd=self.folder, env=self.env, check=True, capture_output=True)
        return super().__enter__()

    def begin(self):
        self.port = int(re.search(r"http://[^/]*:(\d+)/", self.line(START_SECONDS))[1])
        self._wait_until_ready()

    def _wait_until_ready(self):
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.05)
        raise NotMeasured("the host is not healthy")

    def demo_cookie(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("POST", "/auth/demo")
        return connection.getresponse().headers["Set-Cookie"].split(";")[0]


class Broadcaster(Process):
    """A server that says its port first."""

    def begin(self):
        self.port = int(self.line(START_SECONDS).split()[1])


class Sender(Broadcaster):
    """The bare C sender, one send per event or per tick."""

    def __init__(self, mode: str, folder: Path):
        super().__init__("server", [str(BUILD / "sender"), mode], folder, environment())


class UWebSockets(Broadcaster):
    """The broadcaster of uws.py."""

    def __init__(self, python: Path, folder: Path):
        super().__init__("server", [str(python), str(HERE / "uws.py"), str(_free_port())], folder, environment())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Load(Process):
    """The load generator with its pages open."""

    def __init__(self, folder: Path, port: int, *, pages: int, posters: int = 1, **options: str | bool):
        command = [str(BUILD / "load"), "--port", str(port), "--pages", str(pages), "--posters", str(posters)]
        for name, value in options.items():
            command += [f"--{name}"] if value is True else [f"--{name}", str(value)]
        self.pages = pages
        super().__init__("load", command, folder, environment(TWITCH_EVENTSUB_SECRET=SECRET))

    def begin(self):
        ready = json.loads(self.line(ANSWER_SECONDS))
        if ready["failed"]:
            raise NotMeasured(f"{ready['failed']} of {self.pages} pages could not be opened")

    def post(self, count: int, *, rate: float = 0, window: int = 0, seconds: int = 60) -> dict:
        """Posts deliveries and returns what came of them."""
        self.child.stdin.write(f"post {count} {rate} {window} {seconds}\n")
        self.child.stdin.flush()
        return json.loads(self.line(ANSWER_SECONDS))


def machine_busy_seconds() -> float:
    """Processor time of everything on this machine."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(fields) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")
