"""A loopback server that nobody has any business with: it counts every connection that is made to it."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

_GRACE: Final = 0.3
"""Seconds that a late connection is waited for."""
_RESULT: Final = json.dumps(
    {"head": {"vars": ["o"]}, "results": {"bindings": [{"o": {"type": "literal", "value": "fetched"}}]}}
).encode()
_BODIES: Final = {
    "/turtle": ("text/turtle", b"<http://a.example/s> <http://a.example/p> 'fetched' ."),
    "/context": ("application/ld+json", b'{"@context": {"@vocab": "http://a.example/"}}'),
    "/dtd": ("application/xml-dtd", b"<!ENTITY fetched 'fetched'>"),
}


@dataclass(slots=True)
class Canary:
    """A canary that listens on every local address of its port."""

    port: int
    seen: list[str] = field(default_factory=list)
    """The first line of each request; empty where a connection sent none."""

    @property
    def hits(self) -> int:
        """Return how many connections were made, late ones waited for a moment."""
        time.sleep(_GRACE)
        return len(self.seen)

    @property
    def address(self) -> str:
        """Return its plainest address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def forms(self) -> dict[str, str]:
        """Return ways to write its address, by a name."""
        hosts = {
            "plain": "127.0.0.1",
            "decimal": "2130706433",
            "octal": "0177.0.0.1",
            "hex": "0x7f000001",
            "hex parts": "0x7f.0.0.1",
            "short": "127.1",
            "other loopback": "127.8.9.1",
            "unspecified": "0.0.0.0",
            "zero": "0",
            "name": "localhost",
            "name with dot": "localhost.",
            "IPv6": "[::1]",
            "mapped": "[::ffff:127.0.0.1]",
            "mapped hex": "[::ffff:7f00:1]",
            "user": "public.example@127.0.0.1",
        }
        return {name: f"http://{host}:{self.port}" for name, host in hosts.items()}


@contextmanager
def canary() -> Iterator[Canary]:
    """Run a canary."""
    with _Server() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server.canary
        finally:
            server.shutdown()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self) -> None:
        dual = socket.has_dualstack_ipv6()
        self.address_family = socket.AF_INET6 if dual else socket.AF_INET
        super().__init__(("::" if dual else "127.0.0.1", 0), _Handler)
        self.canary = Canary(self.server_address[1])

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


class _Handler(socketserver.StreamRequestHandler):
    server: _Server
    timeout = 5

    def handle(self) -> None:
        """Count the connection, then answer with something that a fetcher would be glad of."""
        self.server.canary.seen.append("")
        mine = len(self.server.canary.seen) - 1
        try:
            first = self.rfile.readline(4096).decode("latin-1").strip()
        except OSError:
            return
        self.server.canary.seen[mine] = first
        path = [*first.split(" "), "", ""][1]
        media_type, body = _BODIES.get(path, ("application/sparql-results+json", _RESULT))
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
        self.wfile.write(head.encode() + b"Connection: close\r\n\r\n" + body)
