"""Days and months of the last, this or the next year, month or week, as the publication counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from kb.edtf_bounds import is_valid, span
from kb.reading.time_calendar import monday_of, month_of, shift_months
from kb.reading.time_records import Basis, Context, Resolved


@dataclass(frozen=True, slots=True)
class InYear:
    """A month, or days of one, of last, this or next year: "in May last year", "on 15-17 May this year"."""

    month: int
    day: int | None
    shift: int
    last_day: int | None = None
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the month or the days in that year; none for 29 February of a common year."""
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        month = f"{context.published.year + self.shift:04}-{self.month:02}"
        days = [f"{month}-{day:02}" for day in (self.day, self.last_day) if day is not None]
        return _if_there_is("/".join(days) or month)


@dataclass(frozen=True, slots=True)
class InMonth:
    """A day of last, this or next month: "on the 27th of this month"."""

    day: int
    shift: int
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the day; none where the month is shorter."""
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        month = month_of(shift_months(context.published, self.shift))
        return _if_there_is(f"{month}-{self.day:02}")


def _if_there_is(edtf: str) -> Resolved:
    if is_valid(edtf):
        return Resolved(edtf, Basis.RELATIVE_TO_PUBLICATION)
    return Resolved(None, Basis.VAGUE)


@dataclass(frozen=True, slots=True)
class InWeek:
    """Days of last, this or next week, 0 for Monday: "Tuesday last week", "Monday to Thursday next week"."""

    weekday: int
    shift: int
    last: int
    kind: str = "weekday"

    def resolve(self, context: Context) -> Resolved:
        """Return the days; of "Friday to Monday next week" the first lies in the week before."""
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        monday = monday_of(context.published) + timedelta(days=7 * self.shift)
        back = 7 if self.last < self.weekday else 0
        first, last = (monday + timedelta(days=day) for day in (self.weekday - back, self.last))
        return Resolved(span(first, last), Basis.WEEKDAY)
