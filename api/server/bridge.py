"""Between an RSGI server and the application: bodies within limits, answers in parts, leavers noticed.

The application is WSGI and runs in threads. A client that goes away while it waits is known here, and what
works for it is stopped (kb.store.cancel).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from api.server.bodies import body_of
from api.server.calling import Application, call
from api.server.doorkeeper import Doorkeeper
from api.server.environ import Scope, environ_of
from api.server.ready import FAULT, UNAVAILABLE, Answered, Refusal
from api.server.wellformed import fault_in
from kb.store.cancel import Cancel

_log = logging.getLogger("legation.server")
_SOON = 0.05
"""Seconds an answer may take before we look whether its client is still there."""


class Transport(Protocol):
    """Takes an answer in parts."""

    def send_bytes(self, data: bytes) -> Awaitable[None]:
        """Send a part; returns once there is room for the next."""
        ...


class Protocol_(Protocol):
    """One request's line to its client, as RSGI has it."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...
    def client_disconnect(self) -> Awaitable[None]: ...
    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None: ...
    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Transport: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much the server takes on."""

    body: int
    """Bytes of a request's body."""
    body_with_token: int
    """The same for a request that shows a token; whether it is a good one, the application says."""
    threads: int
    """Requests that are worked on at once."""
    requests: int = 500
    """Requests that are worked on or wait for a thread."""
    receiving: float = 30.0
    """Seconds in which a body must have come."""
    sending: float = 900.0
    """Seconds in which a client must have taken its answer."""
    sending_part: float = 16.0
    """Seconds in which it must have taken one part of it, of 256 KiB."""


Witness = Callable[[str, int, str], None]
"""Is told of an answer that the application did not make: method, status, and the limit met, else ""."""


def _unseen(_method: str, _status: int, _limit: str) -> None:
    """Let an answer go without telling of it."""


@dataclass(slots=True)
class Bridge:
    """What the server calls for each request."""

    application: Application
    bounds: Bounds
    doorkeeper: Doorkeeper | None = None
    witness: Witness = _unseen
    headers: Sequence[tuple[str, str]] = (("Server", "Legation"),)
    """What the answers made here have beside their own; without a Server, the one below names itself."""
    _threads: ThreadPoolExecutor = field(init=False)
    _open: int = 0
    _none_open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(self.bounds.threads, "request")
        self._none_open.set()

    async def __rsgi__(self, scope: Scope, protocol: Protocol_) -> None:
        """Answer one request."""
        if scope.proto != "http":
            protocol.close(403)  # type: ignore[attr-defined]
            return
        fault = fault_in(scope) or (UNAVAILABLE if self._open >= self.bounds.requests else None)
        if fault:
            self._refuse(scope, protocol, fault)
            return
        client = self.doorkeeper.enter(scope) if self.doorkeeper else b""
        if self.doorkeeper and client is None:
            self._refuse(scope, protocol, self.doorkeeper.refusal())
            return
        self._open += 1
        self._none_open.clear()
        try:
            await self._answer(scope, protocol)
        finally:
            if self.doorkeeper and client:
                self.doorkeeper.leave(client)
            self._open -= 1
            if not self._open:
                self._none_open.set()

    async def finished(self, seconds: float) -> bool:
        """Wait until nothing is being answered; False where that takes longer."""
        try:
            await asyncio.wait_for(self._none_open.wait(), seconds)
        except TimeoutError:
            return False
        return True

    async def _answer(self, scope: Scope, protocol: Protocol_) -> None:
        known = bool(scope.headers.get("authorization", ""))
        most = self.bounds.body_with_token if known else self.bounds.body
        body = await body_of(scope, protocol, most, self.bounds.receiving)
        if isinstance(body, Refusal):
            self._refuse(scope, protocol, body)
            return
        cancel = Cancel()
        loop = asyncio.get_running_loop()
        job = loop.run_in_executor(self._threads, call, self.application, environ_of(scope, body), cancel)
        watch = loop.call_later(_SOON, _watch, protocol, job, cancel)
        try:
            answered = await job
        except Exception:  # noqa: BLE001 (what the application did not answer itself is answered here)
            _log.exception("the application failed")
            self._refuse(scope, protocol, FAULT)
            return
        finally:
            watch.cancel()
        if answered.rest is None:
            _send_whole(protocol, answered)
        else:
            await self._send_parts(scope, protocol, answered)

    def _refuse(self, scope: Scope, protocol: Protocol_, refusal: Refusal) -> None:
        answered = refusal.answered
        self.witness(scope.method, answered.status, refusal.limit)
        protocol.response_bytes(answered.status, [*answered.headers, *self.headers], answered.first)

    async def _send_parts(self, scope: Scope, protocol: Protocol_, answered: Answered) -> None:
        loop = asyncio.get_running_loop()
        transport = protocol.response_stream(answered.status, answered.headers)
        try:
            async with asyncio.timeout(self.bounds.sending):
                part = answered.first
                while part:
                    async with asyncio.timeout(self.bounds.sending_part):
                        await transport.send_bytes(part)
                    part = await loop.run_in_executor(self._threads, answered.next_part)
        except (TimeoutError, RuntimeError):  # it took too long, or the client has gone
            self.witness(scope.method, answered.status, "not taken")
            raise
        finally:
            await loop.run_in_executor(self._threads, answered.close)


def _send_whole(protocol: Protocol_, answered: Answered) -> None:
    protocol.response_bytes(answered.status, answered.headers, answered.first)


def _watch(protocol: Protocol_, job: asyncio.Future[Answered], cancel: Cancel) -> None:
    """Stop the work once its client has gone."""

    async def wait() -> None:
        await protocol.client_disconnect()
        if not job.done():
            cancel.say()

    waiting = asyncio.ensure_future(wait())
    job.add_done_callback(lambda _: waiting.cancel())
