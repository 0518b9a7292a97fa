"""Serve the pages on an address until told to stop."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import uvloop

from api import reconcile
from api.app import create_app
from api.http.cors import opened
from api.http.security import LARGEST_BODY, headers_of
from api.monitoring import logs
from api.monitoring.watch import at_the_door
from api.operations.health import readiness
from api.operations.rates import Rates
from api.querying.gate import PLACES
from api.server.bridge import Bounds, Bridge
from api.server.doorkeeper import Doorkeeper
from api.server.listening import BACKLOG, Listener
from kb.errors import LegationError
from kb.settings import Settings
from kb.store import Store

THREADS: Final = PLACES + 8
"""However many queries wait, some threads are left for pages."""
TURN: Final = 0.001
"""Seconds after which a thread that works lets another one in: the server's own must not wait for five."""
COLLECTING: Final = (20_000, 20, 20)
"""After how many new objects the collector looks: ten thousand rows are a quarter of a million of them."""
GRACE: Final = 20.0
"""Seconds in which requests that are being answered may end once the service is told to stop."""
_REASONS: Final = {
    errno.EADDRINUSE: ("the port is taken", "Choose another with --port; 0 takes any free one"),
    errno.EACCES: ("the port is not ours to open", "Choose one above 1023 with --port"),
}


def serve(store: Store, settings: Settings, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a store until SIGTERM or SIGINT, then close it and return.

    ``announce`` is told the address once the service listens; port 0 takes any free one. Call it from the
    main thread, because only that one hears signals. Raises LegationError when it cannot listen there.
    """
    logs.configure(settings)
    try:
        with _listening(host, port) as door, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            address = f"http://{_shown(host)}:{door.getsockname()[1]}/"
            runner.run(_serve(store, settings, door, lambda: announce(address)))
    finally:
        store.close()


async def _serve(store: Store, settings: Settings, door: socket.socket, announce: Callable[[], None]) -> None:
    app = create_app(store, settings)
    reconcile.warm(app)
    store.keep_in_memory()
    most = app.config["MAX_CONTENT_LENGTH"]
    bounds = Bounds(body=LARGEST_BODY, body_with_token=most, threads=THREADS)
    keeper = Doorkeeper(Rates(settings), settings.trusted_proxies)
    headers = [*headers_of(settings).items(), *opened(settings).items()]
    bridge = Bridge(app.wsgi_app, bounds, keeper, at_the_door(app), headers)
    server = Listener(bridge, door)
    stop = asyncio.Event()
    _settle()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.ensure_future(server.serve())
    announce()
    told = asyncio.ensure_future(stop.wait())
    await asyncio.wait({running, told}, return_when=asyncio.FIRST_COMPLETED)
    readiness(app).stop()
    await bridge.finished(GRACE)
    server.halt()
    await running


def _settle() -> None:
    """Let what was loaded for good be: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTING)
    sys.setswitchinterval(TURN)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        problem, repair = _REASONS.get(
            error.errno or 0, (str(error), "Choose another with --host and --port")
        )
        raise LegationError(problem, place=f"{_shown(host)}:{port}", repair=repair) from error
    with door:
        door.setblocking(False)
        yield door


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
