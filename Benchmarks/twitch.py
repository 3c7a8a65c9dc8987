"""As much of Twitch as a streamer needs to sign in with the host, and their chat, which `speaker` is."""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from processes import BUILD, Broadcaster, Host, NotMeasured, environment

CHANNEL = "harbour"
# Chat alone. EventSub is refused, which costs the host a try every half minute at most.
TOKENS = {"access_token": "access", "refresh_token": "refresh", "token_type": "bearer", "expires_in": 14400,
          "scope": ["chat:read"]}
ANSWERS = {
    "/oauth2/token": TOKENS,
    "/oauth2/validate": {"client_id": "benchmarks", "login": CHANNEL, "scopes": TOKENS["scope"], "user_id": "1",
                         "expires_in": 14400},
    "/helix/users": {"data": [{"id": "1", "login": CHANNEL, "display_name": "Harbour"}]},
}


class Twitch:
    """Answers on loopback for as long as the block that enters it."""

    class _Visit(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = ANSWERS.get(urlsplit(self.path).path)
            body = json.dumps(answer or {}).encode()
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_):
            pass

    def __enter__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._Visit)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def settings(self, chat: "Speaker") -> dict[str, str]:
        """What a host is told that has an application there."""
        return {"TWITCH_CLIENT_ID": "benchmarks", "TWITCH_CLIENT_SECRET": "secret-of-the-benchmarks",
                "TWITCH_AUTH_URL": self.base, "TWITCH_API_URL": f"{self.base}/helix",
                "TWITCH_EVENTSUB_WS_URL": f"{self.base.replace('http', 'ws')}/eventsub",
                "TWITCH_IRC_URL": f"ws://127.0.0.1:{chat.port}"}


def sign_in(host: Host) -> str:
    """The cookie of the streamer, who goes the way of a browser, but for the page of Twitch."""
    cookies: dict[str, str] = {}

    def visit(path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=10)
        kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
        connection.request("GET", path, headers={"Cookie": kept} if kept else {})
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookies.update([value.split(";")[0].split("=", 1)])
        return answer.headers.get("Location", "")

    asked = parse_qs(urlsplit(visit("/auth/login/twitch")).query)
    if "state" not in asked:
        raise NotMeasured("the host does not send anybody to Twitch")
    back = urlsplit(asked["redirect_uri"][0])
    where = visit(f"{back.path}?code=code&state={asked['state'][0]}")
    if "dashboard" not in where:
        raise NotMeasured(f"nobody could sign in: {where or 'no answer'}")
    return "; ".join(f"{name}={value}" for name, value in cookies.items() if value).replace(" ", "")


class Speaker(Broadcaster):
    """Twitch's chat at one end and a page at the other."""

    def __init__(self, folder: Path):
        super().__init__("load", [str(BUILD / "speaker")], folder, environment())

    def _ask(self, command: str, seconds: float) -> dict:
        self.child.stdin.write(f"{command}\n")
        self.child.stdin.flush()
        return json.loads(self.line(seconds))

    def open_page(self, port: int, cookie: str, subscription: str):
        """Opens a page, which makes the host join the streamer's channel."""
        self._ask(f"page {port} {cookie} {subscription}", 30)

    def say(self, count: int, rate: float) -> dict:
        """Says lines and returns how long they took to the page, in microseconds."""
        return self._ask(f"say {count} {rate}", count / rate + 30)
