"""The first and the last day that an EDTF date may mean.

EDTF is the Extended Date/Time Format of the Library of Congress (https://www.loc.gov/standards/datetime/).
The forms that Legation writes are read here, by plain calendar arithmetic, because the ``edtf`` library
takes 6 ms for one parse, accepts 29 February of any year, invents a bound ten years away for an open
end, and widens "about 12 September" to two years. The library decides every other form (sets, level 2).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kb.errors import BadInput

_POINT: Final = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|\dX|XX))?)?[~?%]?"
)
_SEASON_MONTHS: Final = {"21": 3, "22": 6, "23": 9, "24": 12}
"""First month of spring, summer, autumn and winter in the north; winter runs on into the next year."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day that a date may mean; None where that side is open or unknown."""

    earliest: date | None
    latest: date | None

    def overlaps(self, other: Bounds) -> bool:
        """Tell whether some day may lie in both; an open side never excludes."""
        return not (_before(self.latest, other.earliest) or _before(other.latest, self.earliest))


@lru_cache(maxsize=65_536)
def bounds(edtf: str) -> Bounds:
    """Return the first and the last day that an EDTF date may mean.

    Whole days of the proleptic Gregorian calendar. "About" and "uncertain" (``~ ? %``) do not widen them.
    Raises BadInput when the text is not EDTF, names a day that does not exist, or ends before it begins.
    """
    found = _ours(edtf) if _is_our_form(edtf) else _by_library(edtf)
    if found is None or _before(found.latest, found.earliest):
        raise BadInput(
            f"{edtf!r} is not an EDTF date", repair="Write it like 2023-09-15, 2023-09, 2002 or 195X"
        )
    return found


def is_valid(edtf: str) -> bool:
    """Tell whether a text is an EDTF date that names existing days in the right order."""
    try:
        bounds(edtf)
    except BadInput:
        return False
    return True


def span(earliest: date, latest: date) -> str:
    """Return the shortest EDTF text for the days from earliest to latest.

    A day, a whole month, a whole year, else an interval of days.
    Raises ValueError when latest lies before earliest.
    """
    if latest < earliest:
        raise ValueError(f"{latest} lies before {earliest}")
    if earliest == latest:
        return earliest.isoformat()
    month, year = earliest.isoformat()[:7], earliest.isoformat()[:4]
    for text in (month, year):
        if bounds(text) == Bounds(earliest, latest):
            return text
    return f"{earliest.isoformat()}/{latest.isoformat()}"


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def _is_our_form(edtf: str) -> bool:
    ends = edtf.split("/")
    return len(ends) <= 2 and all(end in ("", "..") or _POINT.fullmatch(end) is not None for end in ends)


def _ours(edtf: str) -> Bounds | None:
    start, slash, end = edtf.partition("/")
    first = _point(start)
    last = _point(end) if slash else first
    if (first is None and start not in ("", "..")) or (last is None and end not in ("", "..")):
        return None
    if first is None and last is None:  # "../.." would be an interval that says nothing
        return None
    return Bounds(first.earliest if first else None, last.latest if last else None)


def _point(text: str) -> Bounds | None:
    """Return the bounds of one day, month, season, year, decade or century; None where it does not exist."""
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    first_year, last_year = (int(match["year"].replace("X", digit)) for digit in "09")
    month, day = match["month"] or "XX", match["day"] or "XX"
    try:
        if first_year != last_year or month == "XX":
            fits = month == "XX" and day == "XX"
            return Bounds(date(first_year, 1, 1), date(last_year, 12, 31)) if fits else None
        if month in _SEASON_MONTHS:
            return _season(first_year, _SEASON_MONTHS[month]) if match["day"] is None else None
        return _days(first_year, int(month), day)
    except ValueError:  # the calendar has no such day
        return None


def _season(year: int, first_month: int) -> Bounds:
    later = date(year, first_month, 1) + timedelta(days=70)  # some day of the season's third month
    return Bounds(date(year, first_month, 1), later.replace(day=monthrange(later.year, later.month)[1]))


def _days(year: int, month: int, day: str) -> Bounds:
    last = monthrange(year, month)[1]
    if "X" not in day:
        return Bounds(date(year, month, int(day)), date(year, month, int(day)))
    first_day, last_day = max(1, int(day.replace("X", "0"))), min(last, int(day.replace("X", "9")))
    return Bounds(date(year, month, first_day), date(year, month, last_day))


def _by_library(edtf: str) -> Bounds | None:
    from edtf import EDTFParseException, parse_edtf  # 80 ms to import, and rarely needed

    if edtf != edtf.strip():  # the library would strip it
        return None
    try:
        parsed = parse_edtf(edtf)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return Bounds(date(*first[:3]), date(*last[:3]))
    except (EDTFParseException, TypeError, ValueError):  # not EDTF, an infinite end, or a year beyond 9999
        return None
