"""The relay: while a query runs, a loopback address that a reader may call in place of another service.

Its port is random and its path unguessable; it sends what comes there on to one listed address and nowhere
else, and is gone with the query.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from kb.errors import ServiceFailed, StoreError
from kb.store.federation import Call, rewritten
from kb.store.federation_call import CallFailed, Outgoing
from kb.store.federation_list import Services
from kb.store.interface import Limits

CALLS: Final = 100
"""How many calls one query may make: an engine may make one for each row."""
_SENT: Final = 1_000_000
"""How many bytes of query are sent on."""
_PATIENCE: Final = 10.0
"""Seconds that the relay waits for the reader's own words."""


@contextmanager
def relayed(query: str, calls: tuple[Call, ...], services: Services, limits: Limits) -> Iterator[str]:
    """Yield the query as a reader may run it; one without calls as it is.

    Raises ServiceFailed, which names the listed address, where a call failed and the query with it. A call
    marked SILENT fails silently, as SPARQL has it.
    """
    if not calls:
        yield query
        return
    relay = _Relay(services, limits)
    server = _Server(relay)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield rewritten(query, calls, lambda call: server.address_of(call.address))
    except StoreError as error:
        if relay.fault is not None:
            raise relay.fault from error
        raise
    finally:
        server.shutdown()
        server.server_close()
        relay.close()


@dataclass(slots=True)
class _Relay:
    """What the calls of one query share."""

    services: Services
    limits: Limits
    fault: ServiceFailed | None = None
    _deadline: float = field(init=False)
    _made: int = 0
    _open: list[socket.socket] = field(default_factory=list)
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._deadline = time.monotonic() + self.limits.seconds

    def ask(self, address: str, query: bytes) -> tuple[str, bytes] | None:
        """Make one call; None where it failed, and then ``fault`` says why."""
        try:
            with self._lock:
                self._made += 1
                if self._made > CALLS:
                    raise CallFailed(f"the query calls it more than {CALLS} times")
            return Outgoing(self.services, self._deadline, self.limits.bytes, self._opened).ask(
                address, query
            )
        except CallFailed as error:
            self.fault = ServiceFailed(
                f"the call of another service failed: {error}",
                place=address,
                repair="Try again later, or leave that SERVICE out",
            )
            return None

    def close(self) -> None:
        """Shut what is still open, so that no thread outlives the query by much."""
        with self._lock:
            self._closed = True
            for connection in self._open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def _opened(self, connection: socket.socket) -> None:
        with self._lock:
            if self._closed:
                raise TimeoutError
            self._open.append(connection)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: _Relay) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.relay = relay
        self.paths: dict[str, str] = {}
        """From a path to the listed address that it stands for."""

    def address_of(self, address: str) -> str:
        """Return an address of the relay that stands for a listed one."""
        path = f"/{secrets.token_urlsafe(32)}"
        self.paths[path] = address
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that was stopped breaks its connection; that is no fault to write out."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _PATIENCE

    def do_POST(self) -> None:
        """Send a query on, and its answer back."""
        address = self.server.paths.get(self.path)
        length = self.headers.get("Content-Length", "")
        if address is None or not length.isdecimal() or int(length) > _SENT:
            self.send_error(404)
            return
        found = self.server.relay.ask(address, self.rfile.read(int(length)))
        if found is None:
            self.send_error(502)
            return
        media_type, content = found
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: who asked what is nobody's business."""
