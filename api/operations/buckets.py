"""Token buckets in a bounded table: how fast each client may ask. Clients are hashes (see clients)."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of asking for a token."""

    allowed: bool
    left: int
    """How many tokens are left."""
    wait: float
    """Seconds until there is one again; 0 where one was given."""


class Buckets:
    """A bucket for each client: it holds ``burst`` tokens and gains ``rate`` a second. Threads may share."""

    def __init__(
        self,
        rate: float,
        burst: int,
        *,
        most: int = 10_000,
        forgotten: float = 300.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate, self._burst = rate, float(burst)
        self._most, self._clock = most, clock
        # A bucket that had time to fill again says nothing any more.
        self._forgotten = max(forgotten, burst / rate)
        self._buckets: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, client: bytes) -> Taken:
        """Take a token of a client."""
        with self._lock:
            now = self._clock()
            tokens, then = self._buckets.pop(client, (self._burst, now))
            tokens = min(self._burst, tokens + (now - then) * self._rate)
            allowed = tokens >= 1
            tokens -= allowed
            self._buckets[client] = (tokens, now)
            self._forget(now)
        return Taken(allowed, int(tokens), 0.0 if allowed else (1 - tokens) / self._rate)

    def __len__(self) -> int:
        return len(self._buckets)

    def _forget(self, now: float) -> None:
        """Drop the buckets used longest ago while they are old or the table is full; a few at a time."""
        for _ in range(4):
            oldest = next(iter(self._buckets))
            if len(self._buckets) <= self._most and now - self._buckets[oldest][1] < self._forgotten:
                return
            del self._buckets[oldest]
