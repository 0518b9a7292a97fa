"""A pool of reader processes: a query that runs too long costs one of them, not the service."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import nullcontext, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from kb.errors import Cancelled, OutOfMemory, QueryTimeout, StoreBusy, StoreError
from kb.resources import ROOT
from kb.store.cancel import WORKING_FOR
from kb.store.spool import Budget, Spool
from kb.store.worker import OFFLINE, Reply, Request

_CHUNK: Final = 1 << 20
_OUT_OF_MEMORY: Final = -signal.SIGABRT
_OUT_OF_TIME: Final = (-signal.SIGALRM, -signal.SIGXCPU)
_UNBOUNDED: Final = Budget(sys.maxsize)
"""For what the service reads whole for itself."""
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


@dataclass(slots=True)
class Reader:
    """One reader process, and our end of the line to it."""

    process: subprocess.Popen[bytes]
    line: socket.socket

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
                env=_environment(),
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

    def ask(self, request: Request, deadline: float, budget: Budget) -> Received:
        """Send a request; return what comes back.

        Raises TimeoutError past the deadline (of ``time.monotonic``), ReaderDied when the process ends,
        StoreBusy when too many large answers are on their way.
        """
        try:
            self._wait_until(deadline)
            self.line.sendall(json.dumps(asdict(request)).encode("ascii") + b"\n")
            received = bytearray()
            handles: list[int] = []
            while (end := received.find(b"\n")) < 0:
                received += self._receive(deadline, handles)
            reply = Reply(**json.loads(received[:end]))
            if reply.spooled:
                return Received(reply, b"", _budgeted(handles[0], reply.size, budget))
            parts = [bytes(received[end + 1 :])]
            missing = reply.size - len(parts[0])
            while missing > 0:
                parts.append(self._receive(deadline, handles))
                missing -= len(parts[-1])
        except (BrokenPipeError, ConnectionResetError) as error:
            raise ReaderDied from error
        return Received(reply, b"".join(parts))

    def _receive(self, deadline: float, handles: list[int]) -> bytes:
        self._wait_until(deadline)
        part, found, _, _ = socket.recv_fds(self.line, _CHUNK, 1)
        handles += found
        if not part:
            raise ReaderDied
        return part

    def _wait_until(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.line.settimeout(left)

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


def _environment() -> dict[str, str]:
    """Return what a reader may know of our environment: no key, no proxy."""
    kept = {name: text for name, text in os.environ.items() if name in _KNOWN or name.startswith("LC_")}
    return kept | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])}


def _budgeted(handle: int, size: int, budget: Budget) -> Spool:
    if not budget.take(size):
        os.close(handle)
        raise StoreBusy("too many large answers are on their way at once", repair="Send it again in a moment")
    return Spool(handle, size, budget)


@dataclass(slots=True)
class Readers:
    """A fixed number of reader processes of one folder, started when needed; threads may share it."""

    folder: Path
    count: int
    memory: int
    budget: Budget
    spool: str = ""
    """A folder for large answers; empty: the system's."""
    network: str = OFFLINE
    """Whether the readers may open sockets."""
    _idle: queue.LifoQueue[Reader | None] = field(default_factory=queue.LifoQueue)
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        for _ in range(self.count):
            self._idle.put(None)

    def ask(self, request: Request) -> Received:
        """Run a request on whichever reader is free, for whom this thread works (kb.store.cancel).

        Raises QueryTimeout when it, or the wait for a reader, takes too long; Cancelled when nobody waits
        for it any more; StoreBusy; StoreError when readers die.
        """
        deadline = time.monotonic() + request.seconds
        for attempt in (1, 2):
            reader = self._take(request, deadline)
            keep: Reader | None = None
            try:
                answer = self._run(reader, request, deadline)
                keep = reader
                return answer
            except StoreBusy:
                keep = reader  # it has done its work
                raise
            except TimeoutError as error:
                raise self._too_slow(request, "the query ran past") from error
            except ReaderDied as error:
                self._explain(request, reader.fate(), error)
                if attempt == 2:
                    raise StoreError(
                        "the process that ran the query ended twice",
                        place=str(self.folder),
                        repair="Ask for less at once, or raise LEGATION_READER_BYTES",
                    ) from error
            finally:
                self._give_back(reader, keep)
        raise AssertionError("unreachable")

    def _run(self, reader: Reader, request: Request, deadline: float) -> Received:
        cancel = WORKING_FOR.get()
        with nullcontext() if cancel is None else cancel.stopping(reader.process.kill):
            return reader.ask(request, deadline, _UNBOUNDED if request.graph else self.budget)

    def _explain(self, request: Request, fate: int | None, error: ReaderDied) -> None:
        """Raise what a reader's death means where its end says so."""
        if WORKING_FOR.get():
            raise Cancelled("nobody waits for the answer any more") from error
        if fate in _OUT_OF_TIME:
            raise self._too_slow(request, "the query ran past") from error
        if fate == _OUT_OF_MEMORY:
            raise OutOfMemory(
                f"the query needs more than its limit of {self.memory:,} bytes of memory",
                repair="Narrow the query, or raise LEGATION_READER_BYTES",
            ) from error

    @property
    def alive(self) -> int:
        """How many processes there are now, busy ones too."""
        return self.count - sum(reader is None for reader in list(self._idle.queue))

    def close(self) -> None:
        """End the idle readers; one that is busy ends when its query does."""
        self._closed.set()
        for _ in range(self.count):
            with suppress(queue.Empty):
                reader = self._idle.get_nowait()
                if reader is not None:
                    reader.stop()

    def _take(self, request: Request, deadline: float) -> Reader:
        if self._closed.is_set():
            raise StoreError("the store is closed", place=str(self.folder), repair="Open it again")
        try:
            reader = self._idle.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty as error:
            raise self._too_slow(request, "no reader became free within") from error
        if reader is not None:
            return reader
        try:
            return Reader.start(self.folder, self.memory, self.network, self.spool)
        except StoreError:
            self._idle.put(None)
            raise

    def _give_back(self, reader: Reader, keep: Reader | None) -> None:
        if keep is None or self._closed.is_set():
            reader.stop()
            keep = None
        self._idle.put(keep)

    def _too_slow(self, request: Request, what: str) -> QueryTimeout:
        return QueryTimeout(
            f"{what} its limit of {request.seconds:g} seconds",
            place=str(self.folder),
            repair="Narrow the query, or raise LEGATION_QUERY_SECONDS",
        )
