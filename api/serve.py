"""Serve the pages on an address until told to stop."""

from __future__ import annotations

import errno
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

from waitress.server import create_server

from api.app import create_app
from api.gate import PLACES
from api.security import LARGEST_BODY
from kb.errors import LegationError
from kb.settings import Settings
from kb.store import Store

THREADS: Final = PLACES + 8
"""However many queries wait, some threads are left for pages."""
CONNECTIONS: Final = 500
IDLE: Final = 15
"""Seconds after which a connection that sends and takes nothing is closed."""
_REASONS: Final = {
    errno.EADDRINUSE: ("the port is taken", "Choose another with --port; 0 takes any free one"),
    errno.EACCES: ("the port is not ours to open", "Choose one above 1023 with --port"),
}


def serve(store: Store, settings: Settings, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve a store until SIGTERM or SIGINT, then close it and return.

    ``announce`` is told the address once the service listens; port 0 takes any free one. Call it from the
    main thread, because only that one hears signals. Raises LegationError when it cannot listen there.
    """
    try:
        with _listening(host, port) as door:
            app = create_app(store, settings)
            logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a full queue is no fault
            server = create_server(
                app,
                sockets=[door],
                threads=THREADS,
                connection_limit=CONNECTIONS,
                channel_timeout=IDLE,
                cleanup_interval=IDLE // 3,
                asyncore_use_poll=True,  # select takes no handle above 1023
                max_request_body_size=LARGEST_BODY,
                ident=None,
            )
            with _stopping_on_signals():
                announce(f"http://{_shown(host)}:{door.getsockname()[1]}/")
                server.run()  # returns once told to stop, after its threads have ended
            server.close()
    finally:
        store.close()


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        door = socket.create_server((host, port), family=family)
    except OSError as error:
        problem, repair = _REASONS.get(
            error.errno or 0, (str(error), "Choose another with --host and --port")
        )
        raise LegationError(problem, place=f"{_shown(host)}:{port}", repair=repair) from error
    with door:
        yield door


@contextmanager
def _stopping_on_signals() -> Iterator[None]:
    """End the server's loop on SIGTERM and SIGINT, and give the signals back afterwards."""
    before = [(number, signal.signal(number, _stop)) for number in (signal.SIGTERM, signal.SIGINT)]
    try:
        yield
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
