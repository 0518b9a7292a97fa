"""When a copy that could not be made is tried again: after a pause that doubles, up to an hour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Self

from kb.store.opened import Place

FIRST: Final = 60.0
"""Seconds from the first failure to the second attempt."""
LONGEST: Final = 3600.0
"""Seconds that a pause may grow to: an attempt costs what a copy costs."""


@dataclass(frozen=True, slots=True)
class Failure:
    """The last attempt at a snapshot, which failed."""

    place: Place
    """Of the snapshot: another one is tried at once."""
    pause: float
    """Seconds until the next attempt; infinite where it would fail again for certain."""
    until: float
    """When that is, by the monotonic clock."""

    @classmethod
    def following(cls, last: Self | None, place: Place, now: float, *, first: float, final: bool) -> Self:
        """Return the failure of ``place`` at ``now``, after ``last``; ``first`` is the shortest pause."""
        pause = first
        if final:
            pause = math.inf
        elif last is not None and last.place == place:
            pause = min(2 * last.pause, LONGEST)
        return cls(place, pause, now + pause)

    def holds(self, place: Place, now: float) -> bool:
        """Tell whether that snapshot is not to be tried now."""
        return self.place == place and now < self.until

    @property
    def then(self) -> str:
        """Return what will be done, for the log."""
        if math.isinf(self.pause):
            return "not tried again until the base changes"
        return f"tried again in {self.pause:,.0f} seconds"
