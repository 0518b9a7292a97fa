"""What phrases of time mean, and how each is counted, in the convention of news.

A week runs from Monday to Sunday. Nothing here falls back to the publication date.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from kb.edtf_bounds import bounds, span
from kb.reading.time_records import Basis, Context, Resolved

Unit = Literal["day", "week", "month", "year"]
Which = Literal["", "last", "this", "next", "coming"]
"""The word before a weekday, month, season or weekend."""
Part = Literal["", "earlier", "later", "some"]
"""Which part of a period; "some": the phrase names one (early, mid, end of) that EDTF has no form for."""

COARSE_DAYS: Final = 7
"""A date that spans more days than these is too coarse to count days from."""


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
            return _monday(today) + timedelta(days=7 + self.first)
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
        """Return it nearest to the full date before it, else in the nearest year that the tense allows."""
        if context.near is not None:
            days, basis = self._beside(context.near), Basis.YEAR_OF_CONTEXT
        elif context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        else:
            days, basis = self._nearest(context.published, context.tense == "future"), Basis.YEAR_NEAREST
        return Resolved(span(*days), basis) if days else Resolved(None, Basis.VAGUE)

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
class YearlessMonth:
    """A month without a year, or a part of one ("early September")."""

    month: int
    which: Which = ""
    part: Part = ""
    kind: str = "yearless"

    def resolve(self, context: Context) -> Resolved:
        """Return the month nearest to the full date before it, else the nearest that the tense allows."""
        basis = Basis.PART_OF_PERIOD if self.part else Basis.YEAR_NEAREST
        if context.near is not None and not self.which:
            apart = (self.month - context.near.month + 5) % 12 - 5  # at most half a year away
            return Resolved(
                _month(_shift_months(context.near, apart)), basis if self.part else Basis.YEAR_OF_CONTEXT
            )
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        return Resolved(self._nearest(context.published, context.tense == "future"), basis)

    def _nearest(self, today: date, planned: bool) -> str:
        if self.which == "this":
            return f"{today.year:04}-{self.month:02}"
        ahead = self.which in ("next", "coming") or (planned and self.which != "last")
        apart = (self.month - today.month) % 12 if ahead else -((today.month - self.month) % 12)
        if apart == 0 and self.which in ("last", "next"):
            apart = 12 if ahead else -12
        return _month(_shift_months(today, apart))


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or year counted from the publication: "last month", "earlier in the week"."""

    unit: Unit
    shift: int
    part: Part = ""
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the period; of this week the part that lies before, or ahead of, the publication day."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        if self.unit == "week":
            return Resolved(self._week(today, context), Basis.RELATIVE_TO_PUBLICATION)
        if self.unit == "day":
            basis = Basis.RELATIVE_TO_PUBLICATION if self.shift else Basis.PUBLICATION_DAY
            return Resolved((today + timedelta(days=self.shift)).isoformat(), basis)
        basis = Basis.PART_OF_PERIOD if self.part else Basis.RELATIVE_TO_PUBLICATION
        if self.unit == "month":
            return Resolved(_month(_shift_months(today, self.shift)), basis)
        return Resolved(f"{today.year + self.shift:04}", basis)

    def _week(self, today: date, context: Context) -> str:
        monday = _monday(today) + timedelta(days=7 * self.shift)
        sunday = monday + timedelta(days=6)
        if self.shift or self.part == "some":
            return span(monday, sunday)
        ahead = self.part == "later" or (not self.part and context.tense == "future")
        return span(today, sunday) if ahead else span(monday, today)


@dataclass(frozen=True, slots=True)
class Ago:
    """So many days, weeks, months or years before publication, or after it (negative)."""

    unit: Unit
    count: int
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the day for days, about the day for weeks, the month for months, the year for years."""
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        return Resolved(_moved(context.published, self.unit, -self.count), Basis.RELATIVE_TO_PUBLICATION)


@dataclass(frozen=True, slots=True)
class FromEvent:
    """So many days, weeks, months or years after another date in the text (negative: before it)."""

    unit: Unit
    count: int
    kind: str = "relative"

    def resolve(self, context: Context) -> Resolved:
        """Return the date counted from the anchor; none where the anchor is missing or too coarse."""
        if context.anchor is None:
            return Resolved(None, Basis.NO_ANCHOR)
        known = bounds(context.anchor)
        if (
            known.earliest is None
            or known.latest is None
            or self._is_too_coarse(known.earliest, known.latest)
        ):
            return Resolved(None, Basis.NO_ANCHOR)
        if self.count == 0:
            return Resolved(self._same(context.anchor, known.earliest), Basis.RELATIVE_TO_EVENT)
        origin = known.latest if self.count > 0 else known.earliest
        return Resolved(_moved(origin, self.unit, self.count), Basis.RELATIVE_TO_EVENT)

    def _is_too_coarse(self, earliest: date, latest: date) -> bool:
        allowed = {
            "day": 0 if self.count == 0 else COARSE_DAYS,
            "week": COARSE_DAYS,
            "month": 31,
            "year": 366,
        }
        return (latest - earliest).days > allowed[self.unit]

    def _same(self, anchor: str, origin: date) -> str:
        match self.unit:
            case "day":
                return anchor
            case "week":
                return span(_monday(origin), _monday(origin) + timedelta(days=6))
            case "month":
                return _month(origin)
            case "year":
                return f"{origin.year:04}"


@dataclass(frozen=True, slots=True)
class Season:
    """A season counted from the publication: "last summer", "this autumn"."""

    code: int
    which: Which
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the season's EDTF form: of this year, or the last one ended, or the next one to begin."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        year = today.year
        if self.which == "last" and (bounds(f"{year:04}-{self.code}").latest or date.max) >= today:
            year -= 1
        if (
            self.which in ("next", "coming")
            and (bounds(f"{year:04}-{self.code}").earliest or date.min) <= today
        ):
            year += 1
        return Resolved(f"{year:04}-{self.code}", Basis.SEASON)


@dataclass(frozen=True, slots=True)
class Weekend:
    """Saturday and Sunday: the last begun by the publication day, for a plan the next not yet over."""

    which: Which
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return both days."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        saturday = _monday(today) + timedelta(days=5)
        ahead = self.which in ("next", "coming") or (self.which != "last" and context.tense == "future")
        if self.which == "next" or (self.which == "coming" and today >= saturday):
            saturday += timedelta(days=7)
        elif not ahead and (saturday > today or self.which == "last"):
            saturday -= timedelta(days=7)
        return Resolved(span(saturday, saturday + timedelta(days=1)), Basis.RELATIVE_TO_PUBLICATION)


def _moved(origin: date, unit: Unit, count: int) -> str:
    """Return the date so many units on, only as exact as the unit."""
    match unit:
        case "day":
            return (origin + timedelta(days=count)).isoformat()
        case "week":
            return (origin + timedelta(days=7 * count)).isoformat() + "~"
        case "month":
            return _month(_shift_months(origin, count))
        case "year":
            return f"{origin.year + count:04}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _shift_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
