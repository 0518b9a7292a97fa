"""Dates by the calendar: those a text says in full, weekdays, and days and months without a year.

Each is counted in the convention of news; nothing falls back to the publication date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kb.edtf_bounds import is_valid, span
from kb.reading.time_calendar import Part, Which, monday_of, month_of, shift_months
from kb.reading.time_records import Basis, Context, Resolved

NEWS_DAYS: Final = 30
"""A day without a year that lies no further from the publication is news, whatever date stood before."""
NEWS_MONTHS: Final = 3
"""So is a month without a year that lies no further."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that the text gives in full."""

    edtf: str
    basis: Basis = Basis.EXPLICIT
    kind: str = "date"

    def resolve(self, context: Context) -> Resolved:
        """Return the date as the text has it."""
        return Resolved(self.edtf, self.basis)


@dataclass(frozen=True, slots=True)
class Vague:
    """A time that nobody can put a date to."""

    kind: str = "vague"

    def resolve(self, context: Context) -> Resolved:
        """Return no date."""
        return Resolved(None, Basis.VAGUE)


@dataclass(frozen=True, slots=True)
class Weekdays:
    """A weekday, or a run of them ("from Monday to Wednesday"); Monday is 0."""

    first: int
    last: int
    which: Which = ""
    kind: str = "weekday"

    def resolve(self, context: Context) -> Resolved:
        """Return the day: the last one up to publication, for a plan the next one from it on."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        length = timedelta(days=(self.last - self.first) % 7)
        if self._lies_ahead(context):
            first = self._ahead(today)
        else:
            last = today - timedelta(days=(today.weekday() - self.last) % 7)
            if self.which == "last" and last == today:
                last -= timedelta(days=7)
            first = last - length
        return Resolved(span(first, first + length), Basis.WEEKDAY)

    def _lies_ahead(self, context: Context) -> bool:
        return self.which in ("next", "coming") or (self.which != "last" and context.tense == "future")

    def _ahead(self, today: date) -> date:
        if self.which == "next":  # "next Friday" is the Friday of next week
            return monday_of(today) + timedelta(days=7 + self.first)
        first = today + timedelta(days=(self.first - today.weekday()) % 7)
        return first + timedelta(days=7) if self.which == "coming" and first == today else first


@dataclass(frozen=True, slots=True)
class YearlessDays:
    """A day, or a run of days, without a year; pairs of month and day.

    ``weekday``: the day of the week that the text says with it; it decides the year.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    weekday: int | None = None
    kind: str = "yearless"

    def resolve(self, context: Context) -> Resolved:
        """Return it in the nearest year that the tense allows, or nearest to the full date before it.

        The news of these weeks needs no year, even after a date of long ago.
        """
        today = context.published
        days = self._nearest(today, context.tense == "future") if today else None
        is_news = days is not None and today is not None and abs((days[0] - today).days) <= NEWS_DAYS
        if context.near is not None and not is_news:
            days = self._beside(context.near)
            return Resolved(span(*days), Basis.YEAR_OF_CONTEXT) if days else Resolved(None, Basis.VAGUE)
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        return Resolved(span(*days), Basis.YEAR_NEAREST) if days else Resolved(None, Basis.VAGUE)

    def _beside(self, near: date) -> tuple[date, date] | None:
        candidates = (self._in_year(year) for year in (near.year, near.year + 1, near.year - 1))
        return min((days for days in candidates if days), key=lambda days: abs(days[0] - near), default=None)

    def _in_year(self, year: int) -> tuple[date, date] | None:
        try:
            return date(year, *self.first), date(year + (self.last < self.first), *self.last)
        except ValueError:  # 29 February of a common year
            return None

    def _nearest(self, today: date, ahead: bool) -> tuple[date, date] | None:
        if self.weekday is not None:
            candidates = (self._in_year(year) for year in range(today.year - 7, today.year + 8))
            named = (days for days in candidates if days and days[0].weekday() == self.weekday)
            return min(named, key=lambda days: abs(days[0] - today), default=None)
        years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
        candidates = (self._in_year(year) for year in years)
        fitting = (days for days in candidates if days and (days[1] >= today if ahead else days[0] <= today))
        return next(fitting, None)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day without its month: "on the 9th"."""

    day: int
    kind: str = "yearless"

    def resolve(self, context: Context) -> Resolved:
        """Return the nearest such day that the tense allows."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        months = range(13) if context.tense == "future" else range(0, -13, -1)
        for apart in months:
            first = shift_months(today.replace(day=1), apart)
            edtf = f"{month_of(first)}-{self.day:02}"
            ahead = edtf >= today.isoformat()
            if is_valid(edtf) and (ahead if context.tense == "future" else edtf <= today.isoformat()):
                return Resolved(edtf, Basis.YEAR_NEAREST)
        return Resolved(None, Basis.VAGUE)


@dataclass(frozen=True, slots=True)
class Slashed:
    """A day in digits with slashes, whose order hangs on the country: "12/03/2024"."""

    first: int
    second: int
    year: int
    kind: str = "date"

    def resolve(self, context: Context) -> Resolved:
        """Return the day as the outlet's country writes it; none for numbers that are no day in any order."""
        pairs = [(self.second, self.first), (self.first, self.second)]
        for month, day in reversed(pairs) if context.month_first else pairs:
            edtf = f"{self.year:04}-{month:02}-{day:02}"
            if is_valid(edtf):
                return Resolved(edtf, Basis.EXPLICIT)
        return Resolved(None, Basis.VAGUE)


@dataclass(frozen=True, slots=True)
class YearlessMonth:
    """A month without a year, or a part of one ("early September")."""

    month: int
    which: Which = ""
    part: Part = ""
    kind: str = "yearless"

    def resolve(self, context: Context) -> Resolved:
        """Return the month nearest to the full date before it, else the nearest that the tense allows."""
        basis = Basis.PART_OF_PERIOD if self.part else Basis.YEAR_NEAREST
        today = context.published
        apart_now = (self.month - today.month + 5) % 12 - 5 if today is not None else 12
        is_news = today is not None and -NEWS_MONTHS <= apart_now <= 1
        if context.near is not None and not self.which and not is_news:
            apart = (self.month - context.near.month + 5) % 12 - 5  # at most half a year away
            return Resolved(
                month_of(shift_months(context.near, apart)), basis if self.part else Basis.YEAR_OF_CONTEXT
            )
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        return Resolved(self._nearest(today, context.tense == "future"), basis)

    def _nearest(self, today: date, planned: bool) -> str:
        if self.which == "this":
            return f"{today.year:04}-{self.month:02}"
        ahead = self.which in ("next", "coming") or (planned and self.which != "last")
        apart = (self.month - today.month) % 12 if ahead else -((today.month - self.month) % 12)
        if apart == 0 and self.which in ("last", "next"):
            apart = 12 if ahead else -12
        return month_of(shift_months(today, apart))
