"""How many days a stay lasts, where a text says so: "a three-day visit", "for five days"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.dates_words import date_words

LONGEST: Final = 14
"""Days that a stay told by its first and last day lasts at most."""
_REACH: Final = 6
"""Words after a noun among which the days of its stay are told."""


def lasts(noun: Token) -> int | None:
    """Return how many days a stay lasts by the words that hang on it, from 2 to LONGEST, else None."""
    for part in noun.subtree:
        if part.lemma_.lower() == "day" and part.i <= noun.i + _REACH:
            count = _count(part)
            if count is not None:
                return count if 2 <= count <= LONGEST else None
    return None


def stays(doc: Doc, sentence: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return each number of days, from 2 to LONGEST, that a text tells, with the number of its sentence.

    ``sentence``: the number of each sentence by its first word.
    """
    found = [(_count(word), word) for word in doc if word.lower_ in ("day", "days")]
    return [
        (count, sentence[word.sent.start])
        for count, word in found
        if count is not None and 2 <= count <= LONGEST
    ]


def _count(day: Token) -> int | None:
    """Return the number that stands with the word "day"."""
    words = date_words()
    for word in (*day.children, *day.doc[max(day.i - 2, 0) : day.i]):
        if word.lower_ in words.numbers or (word.text.isdecimal() and len(word.text) < 3):
            return words.number(word.text)
    return None
