"""Times that are counted: from the publication ("two days ago") or from another date in the text.

Nothing here falls back to the publication date: what cannot be counted has no date, and says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kb.edtf_bounds import bounds, span
from kb.reading.time_calendar import Part, Unit, Which, monday_of, month_of, moved, shift_months
from kb.reading.time_records import Basis, Context, Resolved, Tense

COARSE_DAYS: Final = 7
"""A date that spans more days than these is too coarse to count days from."""


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or year counted from the publication: "last month", "earlier in the week"."""

    unit: Unit
    shift: int
    part: Part = ""
    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return the period; what has happened earlier this week, or in it, did so by the publication."""
        today = context.published
        if today is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        if self.unit == "week":
            return Resolved(self._week(today, context.tense), Basis.RELATIVE_TO_PUBLICATION)
        if self.unit == "day":
            basis = Basis.RELATIVE_TO_PUBLICATION if self.shift else Basis.PUBLICATION_DAY
            return Resolved((today + timedelta(days=self.shift)).isoformat(), basis)
        basis = Basis.PART_OF_PERIOD if self.part else Basis.RELATIVE_TO_PUBLICATION
        if self.unit == "month":
            return Resolved(month_of(shift_months(today, self.shift)), basis)
        return Resolved(f"{today.year + self.shift:04}", basis)

    def _week(self, today: date, tense: Tense) -> str:
        monday = monday_of(today) + timedelta(days=7 * self.shift)
        sunday = monday + timedelta(days=6)
        if self.shift or (tense == "future" and self.part not in ("earlier", "later")):
            return span(monday, sunday)
        return span(today, sunday) if self.part == "later" else span(monday, today)


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
        return Resolved(moved(context.published, self.unit, -self.count), Basis.RELATIVE_TO_PUBLICATION)


@dataclass(frozen=True, slots=True)
class Overnight:
    """The night before the publication day, which two days share."""

    kind: str = "deictic"

    def resolve(self, context: Context) -> Resolved:
        """Return both days."""
        if context.published is None:
            return Resolved(None, Basis.NO_PUBLICATION_DATE)
        yesterday = context.published - timedelta(days=1)
        return Resolved(span(yesterday, context.published), Basis.RELATIVE_TO_PUBLICATION)


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
        return Resolved(moved(origin, self.unit, self.count), Basis.RELATIVE_TO_EVENT)

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
                return span(monday_of(origin), monday_of(origin) + timedelta(days=6))
            case "month":
                return month_of(origin)
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
        if not self.which:
            year += self._years_apart(today, ahead=context.tense == "future")
        if self.which == "last" and (bounds(f"{year:04}-{self.code}").latest or date.max) >= today:
            year -= 1
        if (
            self.which in ("next", "coming")
            and (bounds(f"{year:04}-{self.code}").earliest or date.min) <= today
        ):
            year += 1
        return Resolved(f"{year:04}-{self.code}", Basis.SEASON)

    def _years_apart(self, today: date, *, ahead: bool) -> int:
        """Return how many years on "in the spring" lies: the last one begun, in a plan the next to end."""
        known = bounds(f"{today.year:04}-{self.code}")
        if ahead:
            return int(known.latest is not None and known.latest < today)
        return -int(known.earliest is not None and known.earliest > today)


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
        saturday = monday_of(today) + timedelta(days=5)
        ahead = self.which in ("next", "coming") or (self.which != "last" and context.tense == "future")
        if self.which == "next" or (self.which == "coming" and today >= saturday):
            saturday += timedelta(days=7)
        elif not ahead and (saturday > today or self.which == "last"):
            saturday -= timedelta(days=7)
        return Resolved(span(saturday, saturday + timedelta(days=1)), Basis.RELATIVE_TO_PUBLICATION)
