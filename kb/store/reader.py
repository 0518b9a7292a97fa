"""One reader process: a question goes in, its answer comes out, and it may be killed in between."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from kb.errors import StoreBusy, StoreError
from kb.resources import ROOT
from kb.store.messages import Reply, Request, line_of
from kb.store.spool import Budget, Spool

_CHUNK: Final = 1 << 16
_KNOWN: Final = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "TZ", "VIRTUAL_ENV", "LD_LIBRARY_PATH"})
_PATIENCE: Final = 1.0
"""Seconds within which a process that closed its line has ended."""


class ReaderDied(Exception):
    """A reader ended in the middle of a query."""


@dataclass(frozen=True, slots=True)
class Received:
    """A reply, and its bytes: here, or in a file."""

    reply: Reply
    content: bytes
    spool: Spool | None = None


class Process(Protocol):
    """A child of ours, started or adopted: what subprocess.Popen calls so."""

    pid: int
    returncode: int | None

    def kill(self) -> None:
        """End it."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Return how it ended. Raises subprocess.TimeoutExpired."""
        ...


@dataclass(slots=True)
class Reader:
    """One reader process, and our end of the line to it."""

    process: Process
    line: socket.socket
    fresh: bool = True
    """Whether it has not answered yet, and may still be starting."""
    generation: int = 0
    """Which copy in memory it shares (kb.store.memory); 0: none."""

    @classmethod
    def start(cls, folder: Path, memory: int, network: str, spool: str) -> Reader:
        """Start a reader; its first answer waits until it is up. Raises StoreError when it cannot start."""
        where = [str(folder), str(memory), network, spool]
        command = [sys.executable, "-P", "-m", "kb.store.worker", *where]
        ours, theirs = socket.socketpair()
        try:
            process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        except OSError as error:
            ours.close()
            raise StoreError(
                f"no reader process can be started: {error}",
                place=str(folder),
                repair="Free memory or processes",
            ) from error
        finally:
            theirs.close()
        return cls(process, ours)

    def ask(self, request: Request, budget: Budget) -> Exchange:
        """Send a request; what comes back is had from the exchange. Raises ReaderDied."""
        try:
            self.line.sendall(line_of(request))
        except OSError as error:
            raise ReaderDied from error
        return Exchange(self, budget)

    @property
    def gone(self) -> bool:
        """Whether it ended while it rested: it says nothing unasked, but its line is closed then."""
        try:
            self.line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.line.close()
        self.process.wait()

    def fate(self) -> int | None:
        """Return how a process that closed its line ended: a number as of Popen.returncode."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(_PATIENCE)
        return self.process.returncode


@dataclass(slots=True)
class Exchange:
    """An answer on its way from a reader; one may stop waiting for it and go on."""

    reader: Reader
    budget: Budget
    _received: bytearray = field(default_factory=bytearray)
    _handles: list[int] = field(default_factory=list)
    _reply: Reply | None = None

    def wait(self, deadline: float) -> Received:
        """Return the answer.

        Raises TimeoutError past the deadline (of ``time.monotonic``), after which one may wait again;
        ReaderDied when the process ends; StoreBusy when too many large answers are on their way.
        """
        while self._reply is None:
            self._receive(deadline)
            end = self._received.find(b"\n")
            if end >= 0:
                self._reply = Reply(**json.loads(self._received[:end]))
                del self._received[: end + 1]
        reply = self._reply
        if reply.spooled:
            self.reader.fresh = False
            return Received(reply, b"", _budgeted(self._handles[0], reply.size, self.budget))
        while len(self._received) < reply.size:
            self._receive(deadline)
        self.reader.fresh = False
        return Received(reply, bytes(self._received))

    def _receive(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        # The kernel keeps the time: a time-out of Python's own costs a second call, and a lock each.
        self.reader.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(left))
        try:
            part, found, _, _ = socket.recv_fds(self.reader.line, _CHUNK, 1)
        except BlockingIOError as error:
            raise TimeoutError from error
        except OSError as error:
            raise ReaderDied from error
        self._handles += found
        if not part:
            raise ReaderDied
        self._received += part


def environment() -> dict[str, str]:
    """Return what a process of ours may know of our environment: no key, no proxy."""
    kept = {name: text for name, text in os.environ.items() if name in _KNOWN or name.startswith("LC_")}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}


def _timeval(seconds: float) -> bytes:
    whole = int(seconds)
    return struct.pack("ll", whole, max(1, int((seconds - whole) * 1e6)))


def _budgeted(handle: int, size: int, budget: Budget) -> Spool:
    if not budget.take(size):
        os.close(handle)
        raise StoreBusy("too many large answers are on their way at once", repair="Send it again in a moment")
    return Spool(handle, size, budget)
