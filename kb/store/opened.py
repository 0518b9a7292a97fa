"""The snapshot that a reader process has open, and how it moves on to the next."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Store

from kb.store.snapshots import Layout, hold

_TRIES: Final = 20


@dataclass(slots=True)
class OpenSnapshot:
    """The snapshot that is open now; the newest one after ``refresh``."""

    layout: Layout
    store: Store | None = None
    version: str = ""
    number: int = -1
    handle: int = -1

    def refresh(self) -> None:
        """Open the current snapshot, unless it is open already.

        A snapshot may be pruned between reading ``current`` and opening it; then ``current`` has moved on.
        Raises OSError when it cannot be opened, LookupError when nothing was committed yet.
        """
        for attempt in range(_TRIES):
            current = self.layout.current()
            if current is None:
                raise LookupError
            if current.number == self.number:
                return
            try:
                self._open(current.number, current.version)
                return
            except (FileNotFoundError, BlockingIOError):
                if attempt == _TRIES - 1:
                    raise

    def _open(self, number: int, version: str) -> None:
        handle = hold(self.layout.snapshot(number), fcntl.LOCK_SH)
        try:
            store = Store.read_only(str(self.layout.snapshot(number)))
        except OSError:
            os.close(handle)
            raise
        self.store = None  # the old snapshot is closed before its hold is let go
        if self.handle >= 0:
            os.close(self.handle)
        self.store, self.version, self.number, self.handle = store, version, number, handle
