"""How many strangers' queries are taken on at once; which of them runs next is the store's business."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from kb.errors import StoreBusy
from kb.store.cancel import since

PLACES: Final = 40
"""How many strangers' queries may run or wait at once; the server has more threads than that."""
PATIENCE: Final = 0.5
"""Seconds that one more waits for a place before it is sent away."""


class Gate:
    """Lets queries through up to a number."""

    def __init__(self, *, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._places = BoundedSemaphore(places)
        self._lock = Lock()
        self._inside = 0

    @property
    def inside(self) -> int:
        """How many queries run or wait for a reader now."""
        return self._inside

    @contextmanager
    def through(self) -> Iterator[None]:
        """Hold a place while a query waits and runs. Raises StoreBusy when none comes free in time."""
        # Who waited for a thread has waited already: a crowd is sent away at once, not one after another.
        patience = max(0.0, self._patience - (time.monotonic() - since()))
        if not self._places.acquire(timeout=patience):
            raise StoreBusy("too many queries run at once", repair="Send it again in a moment")
        self._count(1)
        try:
            yield
        finally:
            self._count(-1)
            self._places.release()

    def _count(self, step: int) -> None:
        with self._lock:
            self._inside += step
