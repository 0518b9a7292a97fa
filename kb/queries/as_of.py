"""What the base knew on an earlier day: the parameter ``as_of``, and what an answer says of that day.

A day's knowledge is what the texts say that had been published by its end. The facts are made anew from
their claims (kb.as_of), so that grade, origins, disputes and lifecycle are those of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from kb.edtf_bounds import bounds
from kb.errors import BadParameter
from kb.queries.parameters import Edge, Parameter, ParameterType
from kb.store import Store

AS_OF: Final = Parameter(
    "as_of",
    ParameterType.DATE,
    "What the texts said that had been published by then; of a month or a year, by its end",
    "2023-09",
    edge=Edge.LATEST,
)
"""It stands beside the parameters of every question whose rows rest on words of texts."""

_FARTHEST_EAST: Final = timedelta(hours=14)
"""Somewhere on earth it is that much later than UTC: no day that has begun anywhere lies ahead."""


@dataclass(frozen=True, slots=True)
class Known:
    """Which texts of a base had been published by the end of a day."""

    day: date
    texts: int
    """How many had been."""
    of: int
    """How many the base has now."""
    undated: int
    """How many of these have no date, and are known on no day."""
    first: date | None
    """When the earliest was published; None where none has a date."""

    def sentence(self) -> str:
        """Say it in words."""
        said = f"As of {self.day}: of the base's {_counted(self.of)}, {self.texts:,} had been published"
        if self.undated:
            said += f"; {self.undated:,} without a date {'is' if self.undated == 1 else 'are'} left out"
        if self.texts == 0 and self.first is not None:
            said += f"; the first is of {self.first}"
        return f"{said}."

    def header(self) -> str:
        """Say it in one line for programs."""
        return f"{self.day}; texts={self.texts}; of={self.of}; undated={self.undated}"


@dataclass(frozen=True, slots=True)
class Past:
    """A base as it stood on a day."""

    store: Store
    """Holds what was known then; its version is that of the base from which it was made."""
    known: Known


def last_day(text: str, today: date | None = None) -> date:
    """Return the last day of what a text names as a date; ``today`` is that of the clock unless given.

    Raises BadParameter for what is no date, has no last day, or lies ahead.
    """
    AS_OF.read(text)  # refuses the first two
    day = bounds(text.strip()).latest
    assert day is not None
    latest = today or (datetime.now(UTC) + _FARTHEST_EAST).date()
    if day > latest:
        raise BadParameter(
            f"{text[:80]!r} ends on {day}, which lies ahead: nobody knows what will be known",
            place=AS_OF.name,
            repair=f"Give a day up to {latest}, or leave it out for what is known now",
        )
    return day


def _counted(texts: int) -> str:
    return f"{texts:,} text{'' if texts == 1 else 's'}"
