"""What bases of earlier days cannot be made: remembered for a while, so that it is not tried in vain."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kb.errors import LegationError, StoreBusy

REMEMBERED: Final = 600.0
"""Seconds for which it is remembered that a base cannot be made."""


@dataclass(frozen=True, slots=True)
class _Refused:
    version: str
    day: date
    until: float
    error: LegationError


@dataclass(slots=True)
class Refusals:
    """Days that were refused; whoever shares it holds a lock."""

    _known: list[_Refused] = field(default_factory=list)

    def add(self, version: str, day: date, error: LegationError) -> None:
        """Remember why the base of a day could not be made; that a store is busy says nothing of the day."""
        if not isinstance(error, StoreBusy):
            self._known.append(_Refused(version, day, time.monotonic() + REMEMBERED, error))

    def hold(self, version: str, day: date) -> None:
        """Raise the error of that day again, or of an earlier one: no less is known on a later day."""
        now = time.monotonic()
        self._known = [each for each in self._known if each.version == version and now < each.until]
        for refused in self._known:
            if refused.day <= day:
                raise again(refused.error)


def again(error: LegationError) -> LegationError:
    """Return an error of its own for another who asked."""
    return type(error)(error.problem, place=error.place, repair=error.repair)
