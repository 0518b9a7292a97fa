"""Where the bases of earlier days stand: a folder of the process that asks them, gone when it is.

A process that is killed leaves its folder; the next one of the same user finds it and clears it away. A
folder is held by a lock on it, so that none is cleared away under the hands of who uses it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
import weakref
from contextlib import suppress
from pathlib import Path
from typing import Final

from kb.errors import StoreError

_NAME: Final = "legation-as-of-"
_YOUNG: Final = 60.0
"""Seconds in which a folder that nobody holds may be somebody's who has just made it."""


class Room:
    """A folder that is gone once this object is, or the process."""

    def __init__(self, parent: str) -> None:
        """Make it in a folder, "" for the system's. Raises StoreError."""
        where = parent or tempfile.gettempdir()
        clear(Path(where))
        try:
            self.path = Path(tempfile.mkdtemp(prefix=_NAME, dir=where))
            self._handle = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(
                f"no room for the base of an earlier day: {error.strerror}",
                place=where,
                repair="Make room, or give another folder with LEGATION_SPOOL",
            ) from error
        self.leave = weakref.finalize(self, _leave, self.path, self._handle)
        """Clear it away now."""


def clear(parent: Path) -> None:
    """Clear away the folders of processes that are gone."""
    for path in parent.glob(f"{_NAME}*"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                stat = os.fstat(handle)
                if stat.st_uid == os.getuid() and time.time() - stat.st_mtime > _YOUNG:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)


def _leave(path: Path, handle: int) -> None:
    shutil.rmtree(path, ignore_errors=True)
    os.close(handle)
