"""Another SPARQL service on loopback, which behaves as it is told and remembers what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RESULT = b'{"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "x"}}]}}'
JSON = {"Content-Type": "application/sparql-results+json"}

Behaviour = Callable[[BaseHTTPRequestHandler, bytes], None]


class Other(ThreadingHTTPServer):
    """Another service, which behaves as it is told and remembers what it was sent."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = behaviour
        self.seen: list[tuple[dict[str, str], bytes]] = []

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def address(self) -> str:
        return f"http://{self.place}/sparql"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Other

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.server.behaviour(self, body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def answer(content: bytes = RESULT, status: int = 200, **headers: str) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(status)
        for name, value in {**JSON, **{k.replace("_", "-"): v for k, v in headers.items()}}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    return behave


@contextmanager
def other(behaviour: Behaviour) -> Iterator[Other]:
    with Other(behaviour) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
