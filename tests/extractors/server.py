"""A real HTTP server on loopback that replays recorded answers, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Recorded:
    """One reply as it goes over the wire."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    """Seconds before anything is sent."""
    drip: float = 0.0
    """Seconds after each byte of the body."""
    broken: bool = False
    """The connection is shut in the middle of the body."""


def completion(content: str, *, tokens: int = 100, finish: str = "stop") -> Recorded:
    """Return a chat completion with this text."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return Recorded(json.dumps({"choices": [choice], "usage": {"total_tokens": tokens}}).encode())


def answer(*claims: Mapping[str, object], **known: Any) -> Recorded:
    """Return a chat completion whose text is an answer with these claims."""
    return completion(json.dumps({"claims": list(claims)}), **known)


@dataclass
class Server:
    """What the server will say, in order (the last reply again and again), and what it was asked."""

    address: str
    replies: list[Recorded]
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Return the user's message of each request."""
        return [request["messages"][1]["content"] for request in self.requests]


@contextmanager
def serving(replies: Sequence[Recorded]) -> Iterator[Server]:
    """Serve replies at a free port of the loopback address."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    http.daemon_threads = True
    server = Server(f"http://127.0.0.1:{http.server_address[1]}/v1", list(replies))
    http.script = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        script: Server = self.server.script  # type: ignore[attr-defined]
        script.requests.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        script.headers.append({name.lower(): value for name, value in self.headers.items()})
        reply = script.replies.pop(0) if len(script.replies) > 1 else script.replies[0]
        try:
            self._send(reply)
        except OSError:
            self.close_connection = True  # the client has gone

    def _send(self, reply: Recorded) -> None:
        time.sleep(reply.wait)
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        body = reply.body[: len(reply.body) // 2] if reply.broken else reply.body
        for piece in [bytes([byte]) for byte in body] if reply.drip else [body]:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(reply.drip)
        self.close_connection = reply.broken

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
