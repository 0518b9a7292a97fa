"""Stop what is being done for somebody who has gone: each thread knows whom it works for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final


class Cancel:
    """Says once that nobody waits for the answer any more; whoever works on it is told."""

    def __init__(self) -> None:
        self.since = time.monotonic()
        """When the request came, for which the work is done."""
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []
        self._said = False

    def __bool__(self) -> bool:
        return self._said

    def say(self) -> None:
        """Tell those who work on it, and those who will."""
        with self._lock:
            self._said = True
            stops, self._stops = self._stops, []
        for stop in stops:
            stop()

    @contextmanager
    def stopping(self, stop: Callable[[], None]) -> Iterator[None]:
        """Have ``stop`` called once it is said, while the block runs; at once where it was said already."""
        with self._lock:
            said = self._said
            if not said:
                self._stops.append(stop)
        if said:
            stop()
        try:
            yield
        finally:
            with self._lock:
                if stop in self._stops:
                    self._stops.remove(stop)


WORKING_FOR: Final[ContextVar[Cancel | None]] = ContextVar("working_for", default=None)
"""Whom this thread works for, where somebody may go away meanwhile."""


def since() -> float:
    """Return when this thread's request came, now where it has none; seconds of ``time.monotonic``."""
    cancel = WORKING_FOR.get()
    return time.monotonic() if cancel is None else cancel.since
