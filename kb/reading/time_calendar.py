"""Calendar arithmetic that the meanings of time share; a week runs from Monday to Sunday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Unit = Literal["day", "week", "month", "year"]
Which = Literal["", "last", "this", "next", "coming"]
"""The word before a weekday, month, season or weekend."""
Part = Literal["", "earlier", "later", "some"]
"""Which part of a period; "some": the phrase names one (early, mid, end of) that EDTF has no form for."""


def moved(origin: date, unit: Unit, count: int) -> str:
    """Return the date so many units on, only as exact as the unit."""
    match unit:
        case "day":
            return (origin + timedelta(days=count)).isoformat()
        case "week":
            return (origin + timedelta(days=7 * count)).isoformat() + "~"
        case "month":
            return month_of(shift_months(origin, count))
        case "year":
            return f"{origin.year + count:04}"


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> str:
    """Return a day's month as EDTF."""
    return day.isoformat()[:7]


def shift_months(day: date, count: int) -> date:
    """Return the same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_day(edtf: str) -> bool:
    """Tell whether a date is one day; "2023-09/.." has as many letters."""
    return len(edtf) == len("2023-09-15") and "/" not in edtf
