"""The folder of an embedded store: ``live`` is the truth, ``snapshots/N`` are what readers see.

    format       "legation-store 1" for a base, "legation-workbench 1" for a workbench
    lock         held by the one writer
    live/        Oxigraph's files; only the writer opens them
    snapshots/N  hard-linked copies, one for each commit that readers may still use
    current      "N VERSION": the snapshot to read; replaced by rename, so a reader sees one or the other

This module is imported by reader processes: it imports nothing that is slow to load.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from kb.errors import StoreError

FORMAT: Final = 1
KEPT: Final = 2
"""How many snapshots stay beside the current one, for a reader that has just read ``current``."""


class Kind(StrEnum):
    """What a folder holds; the first word of its file ``format``."""

    BASE = "legation-store"
    """Facts, rebuilt from claims and curated data."""
    WORKBENCH = "legation-workbench"
    """A plain data set, changed by whoever may."""


@dataclass(frozen=True, slots=True)
class Current:
    """The snapshot that readers shall use, and the version of its content."""

    number: int
    version: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a store's folder are."""

    folder: Path
    kind: Kind = Kind.BASE

    def resolved(self) -> Layout:
        """Return the same store by the folder that it is in, where ours is a link to it."""
        return replace(self, folder=Path(os.path.realpath(self.folder)))

    @property
    def live(self) -> Path:
        """Return the writer's own files."""
        return self.folder / "live"

    @property
    def snapshots(self) -> Path:
        """Return the folder of snapshots."""
        return self.folder / "snapshots"

    def snapshot(self, number: int) -> Path:
        """Return the folder of one snapshot."""
        return self.snapshots / str(number)

    def numbers(self) -> list[int]:
        """Return the numbers of the snapshots there are, the unfinished ones too, in order."""
        if not self.snapshots.is_dir():
            return []
        return sorted(int(path.name) for path in self.snapshots.iterdir() if path.name.isdecimal())

    def current(self) -> Current | None:
        """Return the snapshot to read, None where nothing was ever committed.

        Raises StoreError when the file that says so cannot be read.
        """
        try:
            path = f"{self.folder}/current"
            return _current(path, _face(os.stat(path)))
        except _Moved as moved:
            return moved.current
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(
                f"the file 'current' cannot be read: {error}",
                place=str(self.folder),
                repair="Remove that file and open the store for writing once: it is written anew",
            ) from error

    def flip(self, to: Current) -> None:
        """Make a snapshot the one to read. Raises OSError."""
        _replace(self.folder / "current", f"{to.number} {to.version}\n")

    def check(self) -> bool:
        """Say whether the folder is a store; False where there is none yet.

        Raises StoreError for a folder that holds something else or is of a newer format.
        """
        try:
            if not self.folder.exists() or _BEGUN.issuperset(path.name for path in self.folder.iterdir()):
                return False
            mark, _, number = (self.folder / "format").read_text("ascii").strip().partition(" ")
        except NotADirectoryError as error:
            raise StoreError("a file, not a folder", place=str(self.folder), repair=_OTHER) from error
        except FileNotFoundError as error:
            raise StoreError("the folder holds no store", place=str(self.folder), repair=_OTHER) from error
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"it cannot be read: {error}", place=str(self.folder), repair=_OTHER) from error
        if mark not in list(Kind) or not number.isdecimal():
            raise StoreError("the folder holds no store", place=str(self.folder), repair=_OTHER)
        if mark != self.kind:
            raise StoreError(f"the folder holds {_NAMES[Kind(mark)]}", place=str(self.folder), repair=_OTHER)
        if int(number) > FORMAT:
            raise StoreError(
                f"the store has format {number}, this Legation reads up to {FORMAT}",
                place=str(self.folder),
                repair="Upgrade Legation",
            )
        return True

    def mark(self) -> None:
        """Say in the folder what it is. Raises OSError."""
        _replace(self.folder / "format", f"{self.kind} {FORMAT}\n")

    def prune(self, current: int) -> None:
        """Remove old snapshots that no reader holds, and what a killed writer left unfinished."""
        numbers = self.numbers()
        older = [number for number in numbers if number < current]
        for number in [*older[: max(0, len(older) - KEPT)], *(n for n in numbers if n > current)]:
            with suppress(BlockingIOError, FileNotFoundError), held(self.snapshot(number), fcntl.LOCK_EX):
                shutil.rmtree(self.snapshot(number), ignore_errors=True)  # the next commit tries again


def _face(stat: os.stat_result) -> tuple[int, ...]:
    """Return what is another for another file, though it has the same name."""
    return stat.st_dev, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns


@lru_cache(maxsize=64)
def _current(path: str, face: tuple[int, ...]) -> Current:
    """Read the file once for each face that it has. Raises OSError, ValueError."""
    with open(path, encoding="ascii") as file:
        number, version = file.read().split()
        current = Current(int(number), version)
        if _face(os.fstat(file.fileno())) != face:  # a link leads elsewhere since
            raise _Moved(current)
    return current


class _Moved(Exception):
    """The file has another face by now; what it says is true all the same."""

    def __init__(self, current: Current) -> None:
        self.current = current


_BEGUN: Final = frozenset({"lock", "format.new"})
"""What stands in a folder that a writer is just about to make a store."""
_NAMES: Final = {Kind.BASE: "a base, not a workbench", Kind.WORKBENCH: "a workbench, not a base"}
_OTHER: Final = "Give the folder of a store, or one that is empty or does not exist yet"


def kind_of(folder: Path) -> Kind | None:
    """Return what a folder says that it holds; None where it does not say, or where there is none."""
    with suppress(OSError, ValueError):
        return Kind((folder / "format").read_text("ascii").partition(" ")[0])
    return None


@contextmanager
def held(snapshot: Path, how: int) -> Iterator[None]:
    """Hold a snapshot's folder, shared (LOCK_SH, a reader) or alone (LOCK_EX, who removes it).

    Raises BlockingIOError when it is held the other way, FileNotFoundError when it is gone.
    """
    handle = hold(snapshot, how)
    try:
        yield
    finally:
        os.close(handle)


def hold(snapshot: Path, how: int = fcntl.LOCK_SH) -> int:
    """Return a file descriptor that holds a snapshot's folder until it is closed. Raises as ``held`` does."""
    handle = os.open(snapshot, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
        if how == fcntl.LOCK_SH:
            os.stat(snapshot / "CURRENT")  # it may have been removed between opening and locking
    except OSError:
        os.close(handle)
        raise
    return handle


def _replace(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old content or the new, whatever happens in between."""
    new = path.with_name(path.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
    try:
        os.write(handle, text.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(new, path)
