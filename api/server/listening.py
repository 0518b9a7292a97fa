"""Granian's server in this process, on a socket that is open already."""

from __future__ import annotations

import socket
from typing import Any, Final

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.net import SocketHolder  # type: ignore[attr-defined]
from granian.server.embed import Server

from api.server.bridge import Bridge

BACKLOG: Final = 1024
HEADERS: Final = HTTP1Settings(header_read_timeout=15_000, max_buffer_size=64 * 1024)
"""A request's head must come in 15 seconds, and have 64 KiB at most."""


class Listener(Server):
    """Takes requests on a socket, which it closes in the end."""

    def __init__(self, bridge: Bridge, door: socket.socket) -> None:
        self._door = door
        super().__init__(
            bridge,
            interface=Interfaces.RSGI,
            http=HTTPModes.http1,
            websockets=False,
            backlog=BACKLOG,
            backpressure=bridge.bounds.requests * 2,
            http1_settings=HEADERS,
            log_enabled=False,
        )

    def _init_shared_socket(self) -> None:
        # Granian would open a socket of its own; with port 0 nobody could tell which port that is.
        holder: Any = SocketHolder(self._door.detach(), False, BACKLOG)  # type: ignore[call-arg]
        self._ssp: Any = None
        self._shd: Any = holder
        self._sfd: Any = holder.get_fd()

    def halt(self) -> None:
        """Take no more requests, and let ``serve`` return."""
        self.signal_handler_interrupt()  # type: ignore[no-untyped-call]
