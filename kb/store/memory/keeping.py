"""Our end of a keeper: it is started with a snapshot, and forks readers as they are wanted."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, Self

from kb.store.memory.adopted import Adopted
from kb.store.memory.copied import COPIED
from kb.store.memory.orders import FULL, Forked, Held, Order
from kb.store.opened import Place
from kb.store.reader import Reader, environment
from kb.store.snapshots import Layout, held

_ANSWER: Final = 4096
_HUGE_PAGES: Final = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
"""Lets the C library ask for large pages: twenty times fewer to list for each fork, and to look up."""
_PATIENCE: Final = 10.0
"""Seconds within which a reader is forked; else the keeper is not well."""


class NoCopy(Exception):
    """A copy could not be made; the text says why."""

    def __init__(self, why: str, *, full: bool = False) -> None:
        """Remember also whether it would have taken more memory than it may."""
        super().__init__(why)
        self.full = full


@dataclass(slots=True)
class Keeper:
    """A keeper that has its copy."""

    process: subprocess.Popen[bytes]
    line: socket.socket
    place: Place
    held: Held
    generation: int
    """Counts up with each keeper; its readers bear it."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls, layout: Layout, spool: str, limit: int, generation: int, stop: Stop) -> Self:
        """Start a keeper with a copy of the current snapshot and wait until it has it.

        Raises NoCopy where it takes more than ``limit`` bytes, or what else prevents it; StoreError.
        """
        real = layout.resolved()
        current, place = real.current(), Place.of(real)
        if current is None or place is None:
            raise NoCopy("nothing was committed yet")
        snapshot = real.snapshot(place.number)
        with held(snapshot, fcntl.LOCK_SH):
            pipes = [os.pipe() for _ in COPIED]
            ours, theirs = socket.socketpair()
            what = [str(layout.folder), spool, str(place), current.version, str(limit)]
            try:
                keeper = _started("keeper", what, [each for each, _ in pipes], theirs.fileno())
                dump = _started("dumping", [str(snapshot)], [each for _, each in pipes], subprocess.DEVNULL)
            except OSError as error:
                ours.close()
                raise NoCopy(f"no process can be started: {error}") from error
            finally:
                theirs.close()
                for pipe in pipes:
                    for handle in pipe:
                        os.close(handle)
            try:
                content = stop.waiting_for(keeper, dump, ours)
            except NoCopy:
                ours.close()
                raise
        return cls(keeper, ours, place, Held.read(content), generation)

    def reader(self, memory: int) -> Reader:
        """Return a new reader. Raises NoCopy where the keeper is gone or does not answer."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            try:
                self.line.settimeout(_PATIENCE)
                socket.send_fds(self.line, [Order(memory).line()], [theirs.fileno()])
                process = Adopted.by_number(Forked.read(self.line.recv(_ANSWER)).pid)
            except (OSError, ValueError) as error:  # the keeper ended, or has not been able to
                ours.close()
                self.process.kill()
                raise NoCopy(f"no reader can be forked: {error}") from error
        return Reader(process, ours, fresh=False, generation=self.generation)

    @property
    def alive(self) -> bool:
        """Whether it can fork more readers."""
        return self.process.poll() is None

    def stop(self) -> None:
        """End it; its readers go on."""
        self.line.close()
        self.process.kill()
        self.process.wait()


@dataclass(slots=True)
class Stop:
    """Lets one thread break off what another waits for."""

    _told: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _running: Sequence[subprocess.Popen[bytes]] = ()

    def tell(self) -> None:
        """Break off, now and for good."""
        self._told.set()
        with self._lock:
            for process in self._running:
                process.kill()

    def within(self, seconds: float) -> bool:
        """Wait so long; say whether it is over."""
        return self._told.wait(seconds)

    @property
    def told(self) -> bool:
        """Whether it is over."""
        return self._told.is_set()

    def waiting_for(
        self, keeper: subprocess.Popen[bytes], dump: subprocess.Popen[bytes], line: socket.socket
    ) -> bytes:
        """Return what a keeper says once all was dumped to it. Raises NoCopy, with both processes ended."""
        with self._lock:
            self._running = () if self.told else (keeper, dump)
        content = b""
        if not self.told:
            with suppress(OSError):
                content = line.recv(_ANSWER)
        with self._lock:
            self._running = ()
        if not content:
            dump.kill()
        if dump.wait() == 0 and content:
            return content
        keeper.kill()
        fate = keeper.wait()
        full = fate in (FULL, -signal.SIGABRT)  # the engine aborts where it gets no memory
        why = "it takes more" if full else "it was broken off"
        raise NoCopy(f"{why} (keeper {fate}, files {dump.returncode})", full=full)


def _started(module: str, what: Sequence[str], handles: Sequence[int], line: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", f"kb.store.memory.{module}", *what, *map(str, handles)]
    return subprocess.Popen(
        command,
        stdin=line,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=handles,
        env=environment() | _HUGE_PAGES,
    )
