"""The snapshot that a reader process has open, and how it moves on to the next.

The store's folder may be a link, which is led to another store while readers run (kb.store.switching). So a
snapshot is known by the folder that it is in and its number, and all of it is opened in that one folder.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
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
    home: tuple[int, int] = (-1, -1)
    """The device and the file number of the folder that it is in."""

    def refresh(self) -> None:
        """Open the current snapshot, unless it is open already.

        A snapshot may be pruned between reading ``current`` and opening it; then ``current`` has moved on.
        So may the whole folder, where the link to it leads elsewhere by now.
        Raises OSError when it cannot be opened, LookupError when nothing was committed yet.
        """
        for attempt in range(_TRIES):
            try:
                if not self._is_current():
                    self._open(self.layout.resolved())
                return
            except (FileNotFoundError, BlockingIOError) as error:
                if attempt == _TRIES - 1:
                    if self.layout.current() is None:
                        raise LookupError from error
                    raise

    def _is_current(self) -> bool:
        current = self.layout.current()
        return (
            current is not None
            and current.number == self.number
            and _identity(self.layout.folder) == self.home
        )

    def _open(self, layout: Layout) -> None:
        """Open the current snapshot of a folder that is no link."""
        home = _identity(layout.folder)
        current = layout.current()
        if current is None:
            raise FileNotFoundError(layout.folder)
        handle = hold(layout.snapshot(current.number), fcntl.LOCK_SH)
        try:
            store = Store.read_only(str(layout.snapshot(current.number)))
            if _identity(layout.folder) != home:  # another folder was moved to this one's place meanwhile
                raise FileNotFoundError(layout.folder)
        except OSError:
            os.close(handle)
            raise
        self.store = None  # the old snapshot is closed before its hold is let go
        if self.handle >= 0:
            os.close(self.handle)
        self.store, self.handle, self.home = store, handle, home
        self.version, self.number = current.version, current.number


def _identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from every other, wherever it is moved; a link's is that of its target."""
    found = os.stat(folder)
    return found.st_dev, found.st_ino
