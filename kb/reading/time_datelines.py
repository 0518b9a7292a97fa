"""The days on which a text says that it was written: datelines and lines that hold a date alone.

A text may be stored under the day after: "today" in it is the day of its own dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from kb.reading.time_records import TimeMention

Written = tuple[int, date]
"""An offset, and the day on which what follows it was written."""

DAYS_BEFORE: Final = 7
"""How many days before its publication a text may have been written."""
_WORD: Final = r"(?:[\[(]?[A-Z][\w.'’-]*[\])]?|of|the|de|del)[,.:/]?[ \t/]+"
_PLACE: Final = re.compile(rf"[\s*_>#\[(]*(?:{_WORD}){{0,6}}$")
_AFTER_DATELINE: Final = re.compile(r"[.,]?[ \t]*(?:[A-Z][A-Z.]+[ \t]+)?(?:\(|--|[-–—]|/|:)")
_ALONE: Final = re.compile(r"[.,]?[ \t]*(?:(?:[\d:.|–-]+|[ap]\.?m\.?|[A-Z]{2,5}|[)\]*_|])[ \t]*)*(?:\r?\n|$)")


def written_days(text: str, mentions: Iterable[TimeMention], published: date | None) -> list[Written]:
    """Return where each dateline stands and its day, sorted by offset; none far from publication."""
    found = []
    for mention in mentions:
        day = _day(mention)
        if day is None or not _heads_a_line(text, mention):
            continue
        if published is None or -DAYS_BEFORE <= (day - published).days <= 1:
            found.append((mention.start, day))
    return found


def written_at(offset: int, written: Sequence[Written], published: date | None) -> date | None:
    """Return the day on which the words at an offset were written."""
    before = [day for start, day in written if start <= offset]
    return before[-1] if before else published


def _day(mention: TimeMention) -> date | None:
    if mention.kind not in ("date", "yearless") or mention.edtf is None:
        return None
    return date.fromisoformat(mention.edtf) if re.fullmatch(r"\d{4}-\d\d-\d\d", mention.edtf) else None


def _heads_a_line(text: str, mention: TimeMention) -> bool:
    before = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    if _PLACE.match(before) is None:
        return False
    after = text[mention.end : mention.end + 40]
    place = any(word[:1].isupper() for word in before.split())
    return _ALONE.match(after) is not None or (place and _AFTER_DATELINE.match(after) is not None)
