"""Where the words that a model quotes stand in the text: to the character, or nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 400
"""Characters: a longer quote marks no one event (the scoring of claims sets the same bound)."""
SHORTEST: Final = 3

_SINGLE: Final = "'’‘‚‛`´ʼ′‹›"
_DOUBLE: Final = '"“”„‟«»″＂'
_DASHES: Final = "-‐‑‒–—―−"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_FOLDED: Final = str.maketrans(
    {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-"), "…": "..."}
    | dict.fromkeys(_UNSEEN, "")
)
_EDGES: Final = " \"'.,;:!?()[]"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the text, in code points, and whether the words stand there exactly as quoted."""

    start: int
    end: int
    exact: bool


class Located:
    """A text in which quotes are looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._origins = _fold(text)

    def find(self, quote: str, within: tuple[int, int], near: Sequence[int] = ()) -> Place | None:
        """Return where a quote stands within a stretch of the text, None where it does not.

        Exactly, else but for white space, quotation marks, dashes and the punctuation around it. Of several
        places the one nearest to ``near`` (offsets of what the claim names), at a tie the first.
        """
        exact = _all(self._text, quote, *within) if quote.strip() else []
        if exact:
            return Place(*self._trimmed(*_nearest(exact, near)), exact=True)
        words = _fold(quote)[0].strip(_EDGES)
        if len(words) < SHORTEST:
            return None
        found = []
        for first, last in _all(self._folded, words, 0, len(self._folded)):
            start, end = self._origins[first], self._origins[last - 1] + 1
            if within[0] <= start and end <= within[1]:
                found.append((start, end))
        return Place(*self._trimmed(*_nearest(found, near)), exact=False) if found else None

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Return a stretch without white space at its ends, with the marks that belong to its last letter."""
        while self._text[start].isspace():
            start += 1
        while self._text[end - 1].isspace():
            end -= 1
        while end < len(self._text) and unicodedata.combining(self._text[end]):
            end += 1
        return start, end


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text with spellings that mean the same made one, and where each character comes from."""
    folded: list[str] = []
    origins: list[int] = []
    for index, sign in enumerate(text):
        plain = " " if sign.isspace() else unicodedata.normalize("NFD", sign).translate(_FOLDED)
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origins.extend([index] * len(plain))
    return "".join(folded), origins


def _all(text: str, words: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    place = text.find(words, start, end)
    while place >= 0:
        if _is_whole(text, place, place + len(words)):
            found.append((place, place + len(words)))
        place = text.find(words, place + 1, end)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins and ends between words: "met" does not stand in "metal"."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after


def _nearest(found: Sequence[tuple[int, int]], near: Sequence[int]) -> tuple[int, int]:
    def distance(place: tuple[int, int]) -> tuple[int, int]:
        gaps = (max(place[0] - at, at - place[1], 0) for at in near)
        return sum(sorted(gaps)[:3]), place[0]

    return min(found, key=distance)
