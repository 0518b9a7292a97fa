"""Days counted from a date that a phrase names: the week of a day, one half of a month."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from kb.edtf_bounds import span
from kb.reading.time_calendar import is_day, monday_of
from kb.reading.time_records import Context, Meaning, Resolved

_MIDDLE: Final = 15
"""Last day of a month's first half."""
_MONTH: Final = len("2023-09")


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week in which a day lies: "the week of May 19"."""

    day: Meaning

    @property
    def kind(self) -> str:
        """Return how the day is told."""
        return self.day.kind

    def resolve(self, context: Context) -> Resolved:
        """Return Monday to Sunday; what is told, where that is no day."""
        found = self.day.resolve(context)
        if found.edtf is None or not is_day(found.edtf):
            return found
        monday = monday_of(date.fromisoformat(found.edtf))
        return replace(found, edtf=span(monday, monday + timedelta(days=6)))


@dataclass(frozen=True, slots=True)
class HalfOf:
    """One half of a month: "the second half of January"."""

    month: Meaning
    half: Literal["first", "second"]

    @property
    def kind(self) -> str:
        """Return how the month is told."""
        return self.month.kind

    def resolve(self, context: Context) -> Resolved:
        """Return the days to the 15th, or those from the 16th on; what is told, where that is no month."""
        found = self.month.resolve(context)
        if found.edtf is None or len(found.edtf) != _MONTH or not found.edtf.replace("-", "").isdigit():
            return found
        first = date.fromisoformat(f"{found.edtf}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
        days = (
            (first, first.replace(day=_MIDDLE))
            if self.half == "first"
            else (first.replace(day=_MIDDLE + 1), last)
        )
        return replace(found, edtf=span(*days))
