"""An answer while a reader writes it: in memory as long as it is small, beyond that in a file without a name.

A large answer never stands whole in the reader's memory: new pages are dear, most of all on a virtual
machine. It is looked at on its way, in parts that the processor's cache still holds.
"""

from __future__ import annotations

import mmap
import sys
import tempfile
from collections.abc import Callable
from io import FileIO
from types import TracebackType
from typing import IO, Self, cast

from kb.store.spool import INLINE


class Full(Exception):
    """Enough was written; what was written until then is kept."""


class NoRoom(Exception):
    """The file could not be written; the text says why."""


class Output:
    """What a serialiser writes to. Its file goes with it, unless somebody else has got the handle."""

    __slots__ = ("_file", "_folder", "_held", "_held_size", "_limit", "_look", "_shut", "size")

    def __init__(self, folder: str | None) -> None:
        """Write large answers to a new file in that folder; None: the system's."""
        self.size = 0
        """Bytes written."""
        self._folder = folder
        self._limit = sys.maxsize
        self._look: Callable[[bytes], None] | None = None
        self._held: list[bytes] = []
        self._held_size = 0
        self._file: FileIO | None = None
        self._shut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def hold_to(self, limit: int, look: Callable[[bytes], None] | None = None) -> None:
        """Take so many bytes at most, and show all that is written, in parts, to who looks; it may raise."""
        self._limit, self._look = limit, look

    def stream(self) -> IO[bytes]:
        """Return this for a serialiser, which asks for no more than ``write`` and ``flush``."""
        return cast("IO[bytes]", self)

    def write(self, part: bytes) -> int:
        """Take the next bytes. Raises Full with those that pass the limit, NoRoom, what the look raises.

        Then nothing is taken any more: the engine writes a part that was refused once more, as it closes.
        """
        if self._shut:
            raise Full
        self._held.append(part)
        self._held_size += len(part)
        self.size += len(part)
        if self.size > self._limit:
            self._shut = True
            raise Full
        if self._held_size > INLINE:
            self._pass_on()
        return len(part)

    def flush(self) -> None:
        """Do nothing: the engine calls this, ``end`` does it."""

    def end(self) -> None:
        """Take nothing more, and show and write what is still held. Raises NoRoom."""
        self._shut = True
        if self._file is not None or self._held_size > INLINE:
            self._pass_on()
        elif self._look is not None:
            self._look(self.content())

    @property
    def handle(self) -> int | None:
        """The file's handle, open as long as this is; None where the answer is in memory."""
        return None if self._file is None else self._file.fileno()

    def content(self) -> bytes:
        """Return the answer where it is in memory, else nothing."""
        if len(self._held) > 1:
            self._held = [b"".join(self._held)]
        return self._held[0] if self._held else b""

    def view(self) -> bytes | mmap.mmap:
        """Return the answer, to be read only; what is in a file is not read into memory."""
        if self._file is None:
            return self.content()
        return mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def shorten(self, size: int, close: bytes) -> None:
        """Keep so many bytes of an answer that has ended, and write others behind them. Raises NoRoom."""
        if self._file is None:
            self._held = [self.content()[:size] + close]
        else:
            try:
                self._file.truncate(size)
                self._file.seek(size)
            except OSError as error:
                raise NoRoom(error.strerror) from error
            self._to_file(close)
        self.size = size + len(close)

    def _pass_on(self) -> None:
        """Bring what is held to the file, then show it."""
        part = b"".join(self._held)
        self._held.clear()
        self._held_size = 0
        ended, self._shut = self._shut, True  # and so it stays where one of these raises
        self._to_file(part)
        if self._look is not None:
            self._look(part)
        self._shut = ended

    def _to_file(self, content: bytes) -> None:
        rest = memoryview(content)
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise NoRoom(error.strerror) from error
