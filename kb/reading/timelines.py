"""Find the lines of a timeline, each of which begins with a day: "26 September: Freeze ends"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.reading.dates_words import alternation, capitalised, date_words

_WORDS: Final = date_words()
_MONTH: Final = alternation(capitalised(_WORDS.months)) + r"\.?"
_WEEKDAY: Final = alternation(capitalised(_WORDS.weekdays))
_OF_MONTH: Final = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}|{_MONTH} \d{{1,2}})"
_YEAR: Final = r",? (?:19|20)\d\d"
_DATED: Final = re.compile(
    rf"[ \t]*(?:[-*•][ \t]+)?(?:{_WEEKDAY},? )?(?:{_OF_MONTH}(?:{_YEAR})?|{_MONTH}{_YEAR})"
    r"(?P<sign>:| --?)[ \t]+(?!\d)"
)
"""A day, what a list may put in front of it, and the sign behind it.

No month alone: "May: I thank the Chancellor" is what a person says; and no year: "2000 - Dinner" is an hour.
"""
_STOPS: Final = (".", "!", "?", ":", ";", '"', ")")


def timeline(copy: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield where each line of a timeline starts, and the span of the sign behind its day.

    ``copy``: with plain dashes. A line of wrapped text may begin with a day too, so either the line before is
    over, or one beside begins with a day as well.
    """
    lines, start = copy.split("\n"), 0
    dated = [_DATED.match(line) for line in lines]
    for at, (line, found) in enumerate(zip(lines, dated, strict=True)):
        if at and found is not None:
            before = lines[at - 1].rstrip()
            beside = dated[at - 1] or (at + 1 < len(lines) and dated[at + 1])
            if beside or not before or before.endswith(_STOPS):
                yield start, (start + found.start("sign"), start + found.end("sign"))
        start += len(line) + 1
