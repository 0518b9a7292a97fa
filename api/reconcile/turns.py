"""Batches are answered one after another, so that however many come, pages and queries go on beside them.

They are worked out in this process, where two would only take turns; few may wait, because each that waits
holds one of the server's threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Final

from kb.errors import StoreBusy

WAITING: Final = 8
"""So many batches may be in work or wait at once."""
PATIENCE: Final = 10.0
"""Seconds that one waits for its turn."""


class Turns:
    """Lets one batch through at a time."""

    def __init__(self, waiting: int = WAITING, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(waiting)
        self._turn = Lock()
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """Hold the turn. Raises StoreBusy where too many wait, or the turn does not come in time."""
        busy = StoreBusy("too many batches are sent at once", repair="Send it again in a moment")
        if not self._places.acquire(blocking=False):
            raise busy
        try:
            if not self._turn.acquire(timeout=self._patience):
                raise busy
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._places.release()
