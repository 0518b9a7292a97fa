"""Let so many through at once: those known to be quick first, then whoever came first."""

from __future__ import annotations

import heapq
import threading
import time
from dataclasses import dataclass, field
from itertools import count


@dataclass(order=True, slots=True)
class _Ticket:
    rank: int
    number: int
    known: bool = field(compare=False)
    granted: threading.Event = field(default_factory=threading.Event, compare=False)
    given_up: bool = field(default=False, compare=False)


class Turnstile:
    """Has a number of places, some of which only the known may take."""

    def __init__(self, places: int, kept: int = 0) -> None:
        self._places = places
        self._for_all = places - kept
        self._taken = 0
        self._taken_by_unknown = 0
        self._waiting: list[_Ticket] = []
        self._numbers = count()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return sum(not ticket.given_up for ticket in list(self._waiting))

    def enter(self, deadline: float, *, known: bool = False) -> bool:
        """Take a place, or wait for one until the deadline (of ``time.monotonic``); False where none came."""
        with self._lock:
            if self._has_place(known) and not any(t.known >= known for t in self._waiting if not t.given_up):
                self._take(known)
                return True
            ticket = _Ticket(0 if known else 1, next(self._numbers), known)
            heapq.heappush(self._waiting, ticket)
        if ticket.granted.wait(max(0.0, deadline - time.monotonic())):
            return True
        with self._lock:
            ticket.given_up = not ticket.granted.is_set()
            return not ticket.given_up

    def enter_at_once(self) -> bool:
        """Take a place if there is one that nobody waits for."""
        with self._lock:
            if not self._has_place(known=False) or any(not ticket.given_up for ticket in self._waiting):
                return False
            self._take(known=False)
            return True

    def leave(self, *, known: bool = False) -> None:
        """Give a place back, as one who entered with the same word."""
        with self._lock:
            self._taken -= 1
            self._taken_by_unknown -= not known
            self._let_in()

    def _let_in(self) -> None:
        passed: list[_Ticket] = []
        while self._waiting and self._taken < self._places:
            ticket = heapq.heappop(self._waiting)
            if ticket.given_up:
                continue
            if not self._has_place(ticket.known):
                passed.append(ticket)
                break  # those behind it are unknown too
            self._take(ticket.known)
            ticket.granted.set()
        for ticket in passed:
            heapq.heappush(self._waiting, ticket)

    def _has_place(self, known: bool) -> bool:
        return self._taken < self._places and (known or self._taken_by_unknown < self._for_all)

    def _take(self, known: bool) -> None:
        self._taken += 1
        self._taken_by_unknown += not known
