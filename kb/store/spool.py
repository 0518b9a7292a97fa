"""A large answer on its way: whole, in a file that nobody else can open and that goes with its last handle.

An answer is sent only once it is complete, so a status of success is never taken back; and whoever takes it
slowly holds a file, neither memory nor a reader process.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

CHUNK: Final = 1 << 18
"""Bytes that are sent at once."""
INLINE: Final = 1 << 18
"""Bytes up to which an answer is kept in memory."""


@dataclass(slots=True)
class Spool:
    """An answer in a file, to be read once or many times until it is closed."""

    handle: int
    size: int
    budget: Budget
    _closed: threading.Event = field(default_factory=threading.Event)

    def chunks(self) -> Iterator[bytes]:
        """Yield the content in parts, and close the file after the last."""
        at = 0
        try:
            while at < self.size:
                part = os.pread(self.handle, CHUNK, at)
                if not part:
                    raise OSError(f"the answer ends after {at} of {self.size} bytes")
                at += len(part)
                yield part
        finally:
            self.close()

    def start(self) -> bytes:
        """Return the first part, and leave the file open."""
        return os.pread(self.handle, CHUNK, 0)

    def read(self) -> bytes:
        """Return the whole content, and close the file."""
        return b"".join(self.chunks())

    def close(self) -> None:
        """Let the file go; more than once does no harm."""
        if not self._closed.is_set():
            self._closed.set()
            os.close(self.handle)
            self.budget.give_back(self.size)

    def __del__(self) -> None:
        self.close()


class Budget:
    """How many bytes of answers may be on their way at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._taken = 0
        self._lock = threading.Lock()

    def take(self, size: int) -> bool:
        """Take room for an answer; False where there is none left."""
        with self._lock:
            if self._taken + size > self.most:
                return False
            self._taken += size
            return True

    def give_back(self, size: int) -> None:
        """Give back what was taken."""
        with self._lock:
            self._taken -= size
