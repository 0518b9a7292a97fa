"""Who may ask SPARQL at once: strangers' queries never take the last reader, nor the last thread."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from kb.errors import QueryTimeout, StoreBusy
from kb.settings import Settings

PLACES: Final = 40
"""How many strangers' queries may run or wait at once; the server has more threads than that."""
PATIENCE: Final = 0.5
"""Seconds that one more waits for a place before it is sent away."""


class Gate:
    """Lets queries through, and keeps one reader (where there are two) for questions and pages."""

    def __init__(self, settings: Settings, *, places: int = PLACES, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._seconds = settings.query_seconds
        self._places = BoundedSemaphore(places)
        self._readers = BoundedSemaphore(max(1, settings.readers - 1))
        self._lock = Lock()
        self._inside = self._running = 0

    @property
    def running(self) -> int:
        """How many queries run now."""
        return self._running

    @property
    def waiting(self) -> int:
        """How many have a place and wait for a reader."""
        return self._inside - self._running

    @contextmanager
    def through(self) -> Iterator[None]:
        """Hold a place and a reader while a query runs.

        Raises StoreBusy when too many wait already, QueryTimeout when no reader comes free in time.
        """
        if not self._places.acquire(timeout=self._patience):
            raise StoreBusy("too many queries run at once", repair="Send it again in a moment")
        self._count(inside=1)
        try:
            if not self._readers.acquire(timeout=self._seconds):
                raise QueryTimeout(
                    "other queries ran the whole time that it waited", repair="Send it again in a moment"
                )
            self._count(running=1)
            try:
                yield
            finally:
                self._count(running=-1)
                self._readers.release()
        finally:
            self._count(inside=-1)
            self._places.release()

    def _count(self, *, inside: int = 0, running: int = 0) -> None:
        with self._lock:
            self._inside += inside
            self._running += running
