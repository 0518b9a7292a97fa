"""How many days a stay lasts, where a text says so: "a three-day visit", "for five days"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.dates_words import date_words

LONGEST: Final = 14
"""Days that a stay told by its first and last day lasts at most."""
_UNITS: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7, "weeklong": 7}
_REACH: Final = 8
"""Words after a noun among which the days of its stay are told."""


def lasts(noun: Token) -> int | None:
    """Return how many days a stay lasts by the words that hang on it, from 2 to LONGEST, else None."""
    for part in noun.subtree:
        if part.i <= noun.i + _REACH:
            days = _days(part)
            if days is not None:
                return days if 2 <= days <= LONGEST else None
    return None


def stays(doc: Doc, sentence: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return each number of days, from 2 to LONGEST, that a text tells, with the number of its sentence.

    ``sentence``: the number of each sentence by its first word.
    """
    found = [(_days(word), word) for word in doc]
    return [
        (days, sentence[word.sent.start]) for days, word in found if days is not None and 2 <= days <= LONGEST
    ]


def _days(word: Token) -> int | None:
    """Return how many days a word tells: "three days", "two weeks", "week-long"."""
    unit = _UNITS.get(word.lower_)
    if unit is None or _counts_no_stay(word):
        return None
    count = _count(word)
    if count is None:
        return unit if word.lower_ == "weeklong" or (unit > 1 and _is_long(word)) else None
    return unit * count


def _counts_no_stay(word: Token) -> bool:
    """Tell whether a unit says how far off or how often something is: "two weeks ago", "twice a week"."""
    after = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    before = {part.lower_ for part in word.doc[max(word.i - 3, 0) : word.i]}
    return after in ("ago", "earlier", "later", "before") or bool(before & {"once", "twice", "times"})


def _is_long(word: Token) -> bool:
    """Tell whether a unit is that of "week-long"."""
    after = word.doc[word.i + 1 : word.i + 3]
    return len(after) == 2 and after[0].text == "-" and after[1].lower_ == "long"


def _count(unit: Token) -> int | None:
    """Return the number that stands with a unit."""
    words = date_words()
    for word in (*unit.children, *unit.doc[max(unit.i - 2, 0) : unit.i]):
        if word.lower_ in words.numbers or (word.text.isdecimal() and len(word.text) < 3):
            return words.number(word.text)
    return None
