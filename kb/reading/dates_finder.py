"""Find the phrases of time in a text: only rows of the grammar that may begin with a word are tried at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kb.reading.dates_grammar import ROWS, WORDS
from kb.reading.time_records import Meaning

_WORD: Final = re.compile(r"\w+")
_DIGIT: Final = "0"


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase in a text and its meaning."""

    start: int
    end: int
    meaning: Meaning


def _first(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(found[0] for phrase in phrases if (found := _WORD.match(phrase)))


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


LEADS: Final[Mapping[str, frozenset[str]]] = {
    "DIGIT": frozenset({_DIGIT}),
    "MONTH": _first(WORDS.months),
    "WEEKDAY": _first(WORDS.weekdays),
    "SEASON": _first(WORDS.seasons),
    "NUMBER": _first(WORDS.numbers) | {_DIGIT},
    "VAGUE": _first(WORDS.vague),
    "PART": _words("early late mid earlier later the beginning start middle end close "
                   "first second third fourth last final"),
    "WHICH": _words("this coming past last next"),
    "ABOUT": _words("about around almost nearly over more some roughly"),
}  # fmt: skip
"""The words that pieces of the grammar begin with, in lower case; a number in figures begins with a 0."""


def _by_first_word(leads: Sequence[str]) -> Mapping[str, tuple[int, ...]]:
    """Return the places of the rows by the words that they may begin with."""
    found: dict[str, list[int]] = {}
    for place, names in enumerate(leads):
        words = {word for name in names.split() for word in (LEADS[name] if name.isupper() else {name})}
        for word in words:
            found.setdefault(word, []).append(place)
    return {word: tuple(places) for word, places in found.items()}


_PLACES: Final = _by_first_word([leads for leads, _, _ in ROWS])
_ALL: Final = tuple(range(len(ROWS)))


@lru_cache(maxsize=4)
def find(text: str) -> tuple[Found, ...]:
    """Return the phrases of time in a text, the longest where they overlap, sorted by start."""
    taken = bytearray(len(text))
    chosen = []
    for _, found in sorted(_each(text), key=lambda one: (one[1].start - one[1].end, one[1].start, one[0])):
        if not any(taken[found.start : found.end]):
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
            chosen.append(found)
    return tuple(sorted(chosen, key=lambda one: one.start))


def _each(text: str) -> list[tuple[int, Found]]:
    """Return what each row finds by itself, with its place in the grammar."""
    each = []
    done = [0] * len(ROWS)
    for word in _WORD.finditer(text):
        start = word.start()
        for place in _likely(word[0]):
            _, pattern, build = ROWS[place]
            match = pattern.match(text, start) if start >= done[place] else None
            if match is not None:
                meaning = build(match)
                done[place] = match.end() if meaning is not None else word.end()
                if meaning is not None:
                    each.append((place, Found(start, match.end(), meaning)))
    return each


def _likely(word: str) -> Sequence[int]:
    """Return the places of the rows that may begin with a word.

    All for one with letters beyond ASCII: case aside, some of them are the same as plain ones.
    """
    if word[0].isdecimal():
        return _PLACES[_DIGIT]
    return _PLACES.get(word.lower(), ()) if word.isascii() else _ALL
