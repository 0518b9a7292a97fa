"""Attacks that take their time: clients that read slowly, send slowly, or leave."""

from __future__ import annotations

import contextlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.threats import costly
from tests.threats.attack import DIRECT, Attack, Limits, Outcome, sparql
from tests.threats.measuring import SECOND_CLIENT, busy
from tests.threats.serving import Served
from tests.threats.wire import exchange

HEADLESS: Final = b"GET / HTTP/1.1\r\nHost: a\r\n"
BODILESS: Final = (
    f"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: {DIRECT}\r\nContent-Length: 90000\r\n\r\n"
).encode()

_LET_IN: Final = 10
"""How many of a client's requests a server is sure to take at once."""


def slow_readers(served: Served, limits: Limits) -> Outcome:
    """Take large answers at 1 KB a second on many connections; another client must get a large one too."""
    query = sparql("SELECT * { ?s ?p ?o } LIMIT 100000")
    with contextlib.ExitStack() as held:
        with ThreadPoolExecutor(_LET_IN) as starting:
            wanted = range(limits.clients // 4)
            clients = list(starting.map(lambda _: held.enter_context(_begun(served, query, limits)), wanted))
        end = time.monotonic() + limits.patience
        while time.monotonic() < end:
            for client in clients:
                with contextlib.suppress(OSError):
                    client.recv(1024)
            time.sleep(1)
        got = exchange(served.place, query, limits.seconds * 2, "POST", source=SECOND_CLIENT)
    fault = "" if got.status == 200 else f"another client gets {got.status} for a large answer"
    return Outcome((got,), limits.seconds + 1, fault)


def _begun(served: Served, request: bytes, limits: Limits) -> socket.socket:
    """Return a connection on which an answer has begun to come; so that it was let in."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(limits.seconds)
    client.connect(served.place)
    client.sendall(request)
    with contextlib.suppress(OSError):
        client.recv(1024)
    client.settimeout(0.01)
    return client


def slow_senders(first: bytes, drop: bytes) -> Attack:
    """Open as many connections as there may be, and send a little on each for ever."""

    def attack(served: Served, limits: Limits) -> Outcome:
        with contextlib.ExitStack() as held:
            clients = [
                held.enter_context(socket.create_connection(served.place)) for _ in range(limits.clients)
            ]
            for client in clients:
                client.sendall(first)
            end = time.monotonic() + limits.idle
            left = list(clients)
            while left and time.monotonic() < end:
                left = [client for client in left if _drips(client, drop)]
                time.sleep(1)
            fault = (
                f"{len(left)} of {len(clients)} connections are held after {limits.idle:g} s" if left else ""
            )
        return Outcome((), limits.seconds + 1, fault)

    return attack


def _drips(client: socket.socket, drop: bytes) -> bool:
    """Send a little more; False where the server has hung up or answered."""
    try:
        client.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            if client.recv(65536) is not None:
                return False
        client.sendall(drop)
    except OSError:
        return False
    return True


def leavers(served: Served, limits: Limits) -> Outcome:
    """Go away in the middle of a long query: its worker must stop."""
    query = sparql(f"SELECT (COUNT(*) AS ?n) {{ {costly.CROSS} }}")
    for _ in range(4):
        with socket.create_connection(served.place) as client:
            client.sendall(query)
            time.sleep(min(0.5, limits.seconds / 4))
    time.sleep(1)
    before = busy(served.process.pid)
    time.sleep(1)
    used = busy(served.process.pid) - before
    return Outcome((), 0, f"{used:.2f} s of processor in the second after all had left" if used > 0.6 else "")
