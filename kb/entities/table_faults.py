"""A fault of a table: where it stands, what is wrong, what to do. And what a mistyped word may have meant."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_MOST: Final = 400
"""So many words at most are compared with a mistyped one, so that thousands of faults still take seconds."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a table, or with ``warning`` one thing to look at."""

    file: str
    line: int
    """Counted from 1; 0 where the fault lies in no single line."""
    column: str
    """As the header has it; empty where the fault lies in the row or the file."""
    problem: str
    repair: str
    warning: bool = False

    @property
    def place(self) -> str:
        """Return file, line and column as one text, as far as they are known."""
        return ":".join(part for part in (self.file, str(self.line or ""), self.column) if part)

    def __str__(self) -> str:
        head = "warning: " if self.warning else ""
        return f"{self.place}: {head}{self.problem}. {self.repair}"


class Nearest:
    """Finds, among many words, those nearest to a mistyped one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_part: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for part in _parts(word):
                self._by_part[part].append(word)
        self._known: dict[str, str | None] = {}

    def to(self, word: str) -> str | None:
        """Return the nearest word, or None where none is near."""
        if word not in self._known:
            parts = sorted(_parts(word), key=lambda part: len(self._by_part.get(part, ())))
            near = dict.fromkeys(other for part in parts for other in self._by_part.get(part, ())[:_MOST])
            found = difflib.get_close_matches(word, list(near)[:_MOST], n=1, cutoff=0.7)
            self._known[word] = found[0] if found else None
        return self._known[word]

    def hint(self, word: str, otherwise: str) -> str:
        """Return a repair: "Did you mean …?" where a word is near, else the other repair."""
        found = self.to(word)
        return f"Did you mean {found}?" if found else otherwise


def _parts(word: str) -> set[str]:
    """Return by what two words that are near each other meet: whole parts, how parts begin and end."""
    parts = [part for part in re.split(r"[^a-z0-9]+", word.partition(":")[2].lower() or word.lower()) if part]
    ends = {f"{part[0]}…{part[-1]}" for part in parts}
    return {*parts, *ends, *(f"^{part[:3]}" for part in parts), *(f"{part[-3:]}$" for part in parts)}
