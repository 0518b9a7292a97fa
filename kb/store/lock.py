"""The lock that makes one process at a time the writer of a folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import StoreBusy, StoreError


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Hold a folder's writer lock; the system lets it go when the process ends, however it ends.

    Raises StoreBusy when another process holds it, StoreError when the folder cannot be written.
    """
    path = folder / "lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(
            f"the store cannot be written: {error.strerror}",
            place=str(folder),
            repair="Give a folder you may write",
        ) from error
    try:
        _take(handle, folder)
        yield
    finally:
        os.close(handle)


def _take(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
        raise StoreBusy(
            f"process {holder} is writing to the store"
            if holder
            else "another process is writing to the store",
            place=str(folder),
            repair="Wait until it has finished, then run this again; reading goes on meanwhile",
        ) from error
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
