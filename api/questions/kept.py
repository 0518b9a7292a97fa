"""Answers kept in memory, so that pages and other forms of one do not ask the store again.

A page is a slice of the whole answer. The order of a question is made of joins and dates that no index of
a triple store has, so a query for a page alone would find and sort every row to throw most of them away; at
ten million triples that is the same work for each page. One run, kept for the version of the data that it
came from and bounded in cells, does it once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from kb.queries import Answer

CELLS: Final = 1_000_000
"""How many cells all kept answers have together: some 200 MB, at 200 bytes a cell."""

Found = tuple[Answer, int]
"""An answer that may be shown, and how many rows of it await review."""


@dataclass(slots=True)
class Kept:
    """Answers by key, the least lately used of which go first; may be shared between threads."""

    cells: int = CELLS
    _found: OrderedDict[Hashable, Found] = field(default_factory=OrderedDict)
    _held: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable) -> Found | None:
        """Return what is kept for a key."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, found: Found) -> None:
        """Keep an answer, and let go of others where there is no room; too long a one is not kept."""
        size = _size(found)
        if 2 * size > self.cells:
            return
        with self._lock:
            if key in self._found:
                return
            self._found[key] = found
            self._held += size
            while self._held > self.cells:
                _, gone = self._found.popitem(last=False)
                self._held -= _size(gone)


def _size(found: Found) -> int:
    """Return how many cells an answer has; an empty one takes room too."""
    return (len(found[0].cells) + 1) * len(found[0].columns)
