"""Strangers' queries, in a quick lane and a long one: a crowd of slow queries does not hold up the quick.

Nobody can tell from its text how long a query takes. So each begins in the quick lane, unless queries of its
shape took long before. One that does not end there soon goes on in the long lane if that has room, on a
lower priority of the processor; else it is stopped, waits, and begins anew in the long lane. Its deadline is
one and the same all the way. Of the quick lane's places one is kept for shapes that are known to be quick.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from kb.store.cancel import since
from kb.store.messages import Request
from kb.store.processor import seconds_used, stand_back
from kb.store.reader import Exchange, Received
from kb.store.readers import Readers
from kb.store.shape import Shape
from kb.store.tokens import TokenKind
from kb.store.turnstile import Turnstile

SOON: Final = 0.15
"""Seconds of the processor that a query may use in the quick lane; on a busy machine that lasts longer."""
STARTING: Final = 1.0
"""Seconds more on a reader that may still be starting."""
SHORTEST: Final = 0.01
"""Seconds between two looks at what it has used."""
LONGEST: Final = 60.0
"""Seconds that are remembered at most."""
SHAPES: Final = 4096
"""How many shapes are remembered."""
_LATEST: Final = 0.5
"""How much the latest run of a shape weighs against those before."""
_OPEN: Final = frozenset({TokenKind.IRI, TokenKind.STRING, TokenKind.NUMBER, TokenKind.NAME, TokenKind.TAG})


class _Demoted(Exception):
    """A query did not end soon, and the long lane is full."""


@dataclass(slots=True)
class History:
    """How long queries of a shape took, the least lately seen of which are forgotten."""

    _seconds: OrderedDict[int, float] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def seconds(self, shape: int) -> float | None:
        """Return about how long a query of the shape takes, None where none was seen."""
        with self._lock:
            return self._seconds.get(shape)

    def add(self, shape: int, seconds: float) -> None:
        """Remember one run."""
        with self._lock:
            before = self._seconds.pop(shape, seconds)
            self._seconds[shape] = before + _LATEST * (seconds - before)
            if len(self._seconds) > SHAPES:
                self._seconds.popitem(last=False)


def signature(formed: Shape) -> int:
    """Return a number that queries share which differ only in names and values."""
    return hash(tuple(token.kind if token.kind in _OPEN else token.text for token in formed.tokens))


@dataclass(slots=True)
class Lanes:
    """The readers for strangers' queries; threads may share it."""

    readers: Readers
    quick: Turnstile
    long: Turnstile
    history: History = field(default_factory=History)

    @classmethod
    def over(cls, readers: Readers) -> Lanes:
        """Return lanes over a pool of at least two readers, half of which are for what takes long."""
        long = readers.count // 2
        quick = readers.count - long
        return cls(readers, Turnstile(quick, kept=quick // 2), Turnstile(long))

    @property
    def waiting(self) -> int:
        """How many queries wait for their turn."""
        return self.quick.waiting + self.long.waiting

    def ask(self, request: Request, shape: int) -> Received:
        """Run a request in its turn. Raises as Readers.ask does."""
        deadline = since() + request.seconds
        taken = self.history.seconds(shape)
        if taken is None or taken < SOON:
            try:
                return self._quickly(request, shape, deadline, known=taken is not None)
            except _Demoted:
                pass  # what it used is remembered
        if not self.long.enter(deadline):
            raise self.readers.too_slow(request, "no reader became free within")
        try:
            return self._timed(request, shape, deadline, _Slow())
        finally:
            self.long.leave()

    def _quickly(self, request: Request, shape: int, deadline: float, *, known: bool) -> Received:
        if not self.quick.enter(deadline, known=known):
            raise self.readers.too_slow(request, "no reader became free within")
        place = _Place(self, known)
        try:
            return self._timed(request, shape, deadline, place)
        finally:
            place.leave()

    def _timed(self, request: Request, shape: int, deadline: float, pace: _Pace) -> Received:
        try:
            return self.readers.ask(request, deadline, pace)
        finally:
            self.history.add(shape, pace.used)


class _Pace:
    """Wait for an answer, and measure what it cost."""

    used: float = 0.0
    """Seconds of the processor; LONGEST where the reader did not live to tell."""

    def wait(self, exchange: Exchange, deadline: float) -> Received:
        """See Pace.wait."""
        before = seconds_used(exchange.reader.process.pid)
        try:
            return self.go(exchange, deadline, before)
        finally:
            self.used = min(seconds_used(exchange.reader.process.pid) - before, LONGEST)

    def go(self, exchange: Exchange, deadline: float, before: float) -> Received:
        """Wait; the reader had used ``before`` seconds when it began."""
        raise NotImplementedError


class _Slow(_Pace):
    """Wait for a query that is known to take long: it stands back for others from the start."""

    def go(self, exchange: Exchange, deadline: float, before: float) -> Received:
        """See _Pace.go."""
        del before
        stand_back(exchange.reader.process.pid)
        return exchange.wait(deadline)


@dataclass
class _Place(_Pace):
    """A place in the quick lane, changed for one in the long lane where the query takes its time."""

    lanes: Lanes
    known: bool
    _in_long: bool = False

    def go(self, exchange: Exchange, deadline: float, before: float) -> Received:
        """See _Pace.go. Raises _Demoted where the long lane has no room."""
        reader = exchange.reader
        enough = before + SOON + (STARTING if reader.fresh else 0.0)
        while (left := enough - seconds_used(reader.process.pid)) > 0:
            soon = time.monotonic() + max(left, SHORTEST)
            if soon >= deadline:
                return exchange.wait(deadline)
            try:
                return exchange.wait(soon)
            except TimeoutError:
                continue
        self._change()
        stand_back(reader.process.pid)
        return exchange.wait(deadline)

    def _change(self) -> None:
        if not self.lanes.long.enter_at_once():
            raise _Demoted
        self.lanes.quick.leave(known=self.known)
        self._in_long = True

    def leave(self) -> None:
        """Leave whichever lane it is in."""
        if self._in_long:
            self.lanes.long.leave()
        else:
            self.lanes.quick.leave(known=self.known)
