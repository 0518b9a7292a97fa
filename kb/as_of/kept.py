"""Bases of earlier days that stand ready, the least lately asked of which go first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kb.as_of.making import Made
from kb.store import Store


@dataclass(slots=True, eq=False)
class Kept:
    """The base of an earlier day, open to be asked."""

    made: Made
    store: Store
    folder: Path
    users: int = 0
    """How many ask it just now."""

    def covers(self, version: str, day: date) -> bool:
        """Tell whether it is what a version of the base knew on a day."""
        since, before = self.made.since, self.made.before
        begun = since is None or since <= day
        return self.made.version == version and begun and (before is None or day < before)


@dataclass(slots=True)
class Shelf:
    """At most so many that nobody asks just now. Whoever uses it holds a lock."""

    most: int
    _kept: list[Kept] = field(default_factory=list)
    """The least lately asked first."""

    def find(self, version: str, day: date) -> Kept | None:
        """Return what a version of the base knew on a day, if that stands ready."""
        return next((each for each in self._kept if each.covers(version, day)), None)

    def take(self, version: str, day: date) -> Kept | None:
        """Find it, and count one user more."""
        found = self.find(version, day)
        return found if found is not None and self.use(found) else None

    def use(self, kept: Kept) -> bool:
        """Count one user more; False where it is gone already."""
        if kept not in self._kept:
            return False
        self._kept.remove(kept)
        self._kept.append(kept)
        kept.users += 1
        return True

    def put(self, kept: Kept) -> list[Kept]:
        """Add one, and return those that go: of other versions of the base, and beyond the number."""
        self._kept.append(kept)
        old = [each for each in self._kept if each.made.version != kept.made.version and not each.users]
        self._kept = [each for each in self._kept if each not in old]
        return old + self.surplus()

    def surplus(self) -> list[Kept]:
        """Take away and return those beyond the number that nobody asks; never the last one."""
        idle = [each for each in self._kept[:-1] if not each.users]
        gone = idle[: max(0, len(self._kept) - self.most)]
        self._kept = [each for each in self._kept if each not in gone]
        return gone

    def empty(self) -> list[Kept]:
        """Take away and return all."""
        gone, self._kept = self._kept, []
        return gone
