"""A pool of reader processes: a query that runs too long costs one of them, not the service."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.errors import Cancelled, OutOfMemory, QueryTimeout, StoreBusy, StoreError
from kb.store.cancel import WORKING_FOR, since
from kb.store.memory.copies import Copies
from kb.store.messages import OFFLINE, Request
from kb.store.pace import Pace, Steady
from kb.store.processor import stand_equal
from kb.store.reader import Reader, ReaderDied, Received
from kb.store.spool import Budget

_OUT_OF_MEMORY: Final = -signal.SIGABRT
_OUT_OF_TIME: Final = (-signal.SIGALRM, -signal.SIGXCPU)
_UNBOUNDED: Final = Budget(sys.maxsize)
"""For what the service reads whole for itself."""


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
    copies: Copies | None = None
    """The copy in memory that readers share, where there is one."""
    _idle: deque[Reader | None] = field(default_factory=deque)
    """None for one that is not started; then those that may still be starting, then those that are up."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free: threading.Semaphore = field(init=False)
    _closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._idle.extend([None] * self.count)
        self._free = threading.Semaphore(self.count)

    def ask(self, request: Request, deadline: float | None = None, pace: Pace = Steady()) -> Received:  # noqa: B008
        """Run a request on whichever reader is free, for whom this thread works (kb.store.cancel).

        Raises QueryTimeout when it, or the wait for a reader, takes too long; Cancelled when nobody waits
        for it any more; StoreBusy; StoreError when readers die; what the pace raises.
        """
        until = since() + request.seconds if deadline is None else deadline
        for attempt in (1, 2):
            reader = self._take(request, until)
            keep = worn = False
            try:
                answer = self._run(reader, request, until, pace)
                keep = True
                worn = answer.reply.worn
                return answer
            except StoreBusy:
                keep = True  # it has done its work
                raise
            except TimeoutError as error:
                raise self.too_slow(request, "the query ran past") from error
            except ReaderDied as error:
                self._explain(request, reader.fate(), error)
                if attempt == 2:
                    raise StoreError(
                        "the process that ran the query ended twice",
                        place=str(self.folder),
                        repair="Ask for less at once, or raise LEGATION_READER_BYTES",
                    ) from error
            finally:
                if worn:  # nobody shall wait for the next one
                    threading.Thread(target=self._give_back, args=(reader,), daemon=True).start()
                else:
                    self._give_back(reader, keep=keep)
        raise AssertionError("unreachable")

    def _run(self, reader: Reader, request: Request, deadline: float, pace: Pace) -> Received:
        cancel = WORKING_FOR.get()
        with nullcontext() if cancel is None else cancel.stopping(reader.process.kill):
            exchange = reader.ask(request, _UNBOUNDED if request.graph else self.budget)
            return pace.wait(exchange, deadline)

    def _explain(self, request: Request, fate: int | None, error: ReaderDied) -> None:
        """Raise what a reader's death means where its end says so."""
        if WORKING_FOR.get():
            raise Cancelled("nobody waits for the answer any more") from error
        if fate in _OUT_OF_TIME:
            raise self.too_slow(request, "the query ran past") from error
        if fate == _OUT_OF_MEMORY:
            raise OutOfMemory(
                f"the query needs more than its limit of {self.memory:,} bytes of memory",
                repair="Narrow the query, or raise LEGATION_READER_BYTES",
            ) from error

    def too_slow(self, request: Request, what: str) -> QueryTimeout:
        """Return the error for a request whose time is over; ``what`` begins the sentence."""
        return QueryTimeout(
            f"{what} its limit of {request.seconds:g} seconds",
            place=str(self.folder),
            repair="Narrow the query, or raise LEGATION_QUERY_SECONDS",
        )

    @property
    def alive(self) -> int:
        """How many processes there are now, busy ones too."""
        return self.count - sum(reader is None for reader in list(self._idle))

    @property
    def resting(self) -> int:
        """How many could take a query now."""
        return len(self._idle)

    def close(self) -> None:
        """End the idle readers; one that is busy ends when its query does."""
        self._closed.set()
        while self._free.acquire(blocking=False):
            reader = self._idle.pop()
            if reader is not None:
                reader.stop()

    def _take(self, request: Request, deadline: float) -> Reader:
        if self._closed.is_set():
            raise StoreError("the store is closed", place=str(self.folder), repair="Open it again")
        if not self._free.acquire(timeout=max(0.0, deadline - time.monotonic())):
            raise self.too_slow(request, "no reader became free within")
        reader = self._idle.pop()
        if reader is not None and not self._is_outdated(reader) and not reader.gone:
            return reader
        if reader is not None:
            reader.stop()
        try:
            return self._start()
        except StoreError:
            self._put(None)
            raise

    def _give_back(self, reader: Reader, *, keep: bool = False) -> None:
        """Take a reader back; one that was stopped is followed by a new one, which starts meanwhile."""
        if self._closed.is_set():
            reader.stop()
            return
        if keep and stand_equal(reader.process.pid):
            self._put(reader)
            return
        reader.stop()
        try:
            self._put(self._start())
        except StoreError:
            self._put(None)

    def _put(self, reader: Reader | None) -> None:
        with self._lock:
            if reader is None:
                self._idle.appendleft(reader)
            elif reader.fresh:
                self._idle.insert(self._idle.count(None), reader)
            else:
                self._idle.append(reader)
        self._free.release()

    def renew(self) -> None:
        """Replace the idle readers of an older copy, so that nothing holds its memory any more."""
        idle = []
        while self._free.acquire(blocking=False):
            idle.append(self._idle.pop())
        for reader in reversed(idle):
            if reader is None or not self._is_outdated(reader):
                self._put(reader)
            else:
                self._give_back(reader, keep=False)

    def _is_outdated(self, reader: Reader) -> bool:
        return self.copies is not None and reader.generation != self.copies.generation

    def _start(self) -> Reader:
        found = self.copies.reader(self.memory) if self.copies is not None else None
        if found is not None:
            return found
        generation = self.copies.generation if self.copies is not None else 0
        started = Reader.start(self.folder, self.memory, self.network, self.spool)
        started.generation = generation  # there was no other to be had
        return started
