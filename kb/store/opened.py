"""The snapshot that a reader process has open, and how it moves on to the next.

The store's folder may be a link, which is led to another store while readers run (kb.store.switching). So a
snapshot is known by the folder that it is in and its number, and all of it is opened in that one folder.
"""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pyoxigraph import Store

from kb.store.messages import Request
from kb.store.snapshots import Layout, hold

_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """What tells a snapshot from every other, wherever its folder is moved."""

    number: int
    device: int
    folder: int
    """The file number of the store's folder."""

    @classmethod
    def of(cls, layout: Layout) -> Self | None:
        """Return the place of the current snapshot, None where there is none. Raises OSError, StoreError."""
        current = layout.current()
        return None if current is None else cls(current.number, *_identity(layout.folder))

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the place that ``str`` wrote down."""
        return cls(*map(int, text.split(":")))

    def __str__(self) -> str:
        return f"{self.number}:{self.device}:{self.folder}"


@dataclass(slots=True)
class OpenSnapshot:
    """The snapshot that is open now; the newest one after ``refresh``."""

    layout: Layout
    store: Store | None = None
    version: str = ""
    handle: int = -1
    at: Place | None = None

    def place(self) -> Place | None:
        """Return the place of the snapshot that is current now. Raises OSError, StoreError."""
        return Place.of(self.layout)

    def opened(self, request: Request) -> tuple[Store, str]:
        """Return the current snapshot, which answers any request, and its version. Raises as ``refresh``."""
        del request
        self.refresh()
        assert self.store is not None
        return self.store, self.version

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
        return self.at is not None and self.place() == self.at

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
        self.store, self.handle = store, handle
        self.version, self.at = current.version, Place(current.number, *home)


def _identity(folder: Path) -> tuple[int, int]:
    """Return what tells a folder from every other, wherever it is moved; a link's is that of its target."""
    found = os.stat(folder)
    return found.st_dev, found.st_ino
