"""The broadcaster that people write with uWebSockets, through its Python binding.

    python uws.py PORT

The engine gathers what one tick publishes by itself. The binding's event loop never sleeps, so that only its work
under full load says anything about the engine.
"""

import sys

try:
    from socketify import App, OpCode
except OSError:
    sys.exit("the Debian package libuv1 is missing, which socketify's engine links to")

BACKLOG_LIMIT = 1 << 20


def opened(page):
    page.subscribe("bench")


def broadcaster() -> App:
    app = App()

    def publish(answer, _request):
        body = bytearray()

        def take(answer, chunk, is_last):
            if chunk:
                body.extend(chunk)
            if is_last:
                app.publish("bench", bytes(body), OpCode.TEXT, False)
                answer.write_status(204).end_without_body()

        answer.on_data(take)

    app.ws("/ws", {"open": opened, "max_backpressure": BACKLOG_LIMIT, "idle_timeout": 120, "compression": 0})
    app.post("/publish", publish)
    return app


if __name__ == "__main__":
    app = broadcaster()
    app.listen(int(sys.argv[1]), lambda options: print(f"port {options.port}", flush=True))
    app.run()
