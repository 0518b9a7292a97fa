"""The copy that readers are forked from, made anew in the background when the base has changed.

While there is none, or an old one, everything is answered from the files: a copy is never waited for.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from kb.errors import StoreError
from kb.store.memory.adopted import adopt_orphans
from kb.store.memory.keeping import Keeper, NoCopy, Stop
from kb.store.memory.retries import FIRST, Failure
from kb.store.opened import Place
from kb.store.reader import Reader
from kb.store.snapshots import Layout

LOOK: Final = 1.0
"""Seconds between two looks at whether the base has changed."""
SETTLED: Final = 10.0
"""Seconds for which a base must stay as it is before it is copied anew, or as long as the last copy took."""
_FREE: Final = 2
"""A copy may take one in so many parts of the memory that is free."""

_log = logging.getLogger("legation.store")


@dataclass(frozen=True, slots=True)
class CopyState:
    """What there is of a copy."""

    quads: int = 0
    bytes: int = 0
    current: bool = False
    """Whether it is of the present snapshot: else the files answer."""
    failures: int = 0
    """How many attempts have failed since the start."""


@dataclass(slots=True)
class Copies:
    """The present copy of a folder; threads may share it."""

    layout: Layout
    limit: int
    """Bytes that a copy may take; 0: none is made."""
    spool: str = ""
    settled: float = SETTLED
    pause: float = FIRST
    """Seconds until a failed attempt is followed by another; the pause doubles each time."""
    _keeper: Keeper | None = None
    _stop: Stop = field(default_factory=Stop)
    _thread: threading.Thread | None = None
    _failed: Failure | None = None
    _failures: int = 0
    _generation: int = 0

    def start(self, renew: Callable[[], None]) -> None:
        """Make a copy in the background, and others later; ``renew`` is called after each."""
        if not self.limit or self._thread is not None or not adopt_orphans():
            return
        self._thread = threading.Thread(target=self._keep, args=(renew,), name="copies", daemon=True)
        self._thread.start()

    @property
    def generation(self) -> int:
        """Of which keeper readers shall be; 0: of none."""
        return self._generation

    def reader(self, memory: int) -> Reader | None:
        """Return a reader of the present copy, None where there is none to be had."""
        keeper = self._keeper
        if keeper is None:
            return None
        try:
            return keeper.reader(memory)
        except NoCopy as error:
            _log.warning("%s; the files answer meanwhile", error)
            return None

    def state(self) -> CopyState:
        """Return what there is."""
        keeper = self._keeper
        if keeper is None or not keeper.alive:
            return CopyState(failures=self._failures)
        held, current = keeper.held, keeper.place == self._place()
        return CopyState(held.quads, held.bytes, current, self._failures)

    def close(self) -> None:
        """Stop making copies; the present one is let go."""
        self._stop.tell()
        if self._thread is not None:
            self._thread.join()
        self._replace(None)

    def _keep(self, renew: Callable[[], None]) -> None:
        wait = 0.0
        while not self._stop.within(wait):
            place = self._place()
            wait = LOOK
            if place is None or self._rests(place) or self._is_of(place):
                continue
            if self._keeper is not None and not self._settles(place):
                continue
            began = time.monotonic()
            if self._make(place):
                renew()
            self.settled = max(self.settled, time.monotonic() - began)

    def _settles(self, place: Place) -> bool:
        """Wait; say whether the base stayed as it is."""
        return not self._stop.within(self.settled) and self._place() == place

    def _rests(self, place: Place) -> bool:
        return self._failed is not None and self._failed.holds(place, time.monotonic())

    def _is_of(self, place: Place) -> bool:
        keeper = self._keeper
        return keeper is not None and keeper.alive and keeper.place == place

    def _make(self, place: Place) -> bool:
        began = time.monotonic()
        limit = min(self.limit, _free() // _FREE)
        try:
            keeper = Keeper.start(self.layout, self.spool, limit, self._generation + 1, self._stop)
        except (NoCopy, StoreError, OSError) as error:
            if not self._stop.told:
                full = isinstance(error, NoCopy) and error.full and limit == self.limit
                self._fail(place, f"no copy in memory within {limit} bytes: {error}", final=full)
            return False
        _log.info("copy of %d quads, %d bytes, in %.1f s", *_figures(keeper), time.monotonic() - began)
        self._failed = None
        self._replace(keeper)
        return True

    def _fail(self, place: Place, why: str, *, final: bool) -> None:
        now = time.monotonic()
        self._failed = Failure.following(self._failed, place, now, first=self.pause, final=final)
        self._failures += 1
        _log.warning("%s; %s", why, self._failed.then)

    def _replace(self, keeper: Keeper | None) -> None:
        old, self._keeper = self._keeper, keeper
        if keeper is not None:
            self._generation = keeper.generation
        if old is not None:
            old.stop()

    def _place(self) -> Place | None:
        try:
            return Place.of(self.layout)
        except (OSError, StoreError):
            return None


def _figures(keeper: Keeper) -> tuple[int, int]:
    return keeper.held.quads, keeper.held.bytes


def _free() -> int:
    """Return how many bytes of memory the system can give, without what a control group may forbid."""
    with suppress(OSError), open("/proc/meminfo", encoding="ascii") as file:  # a unit may hide it
        for line in file:
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
