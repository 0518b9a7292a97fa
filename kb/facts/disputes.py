"""Which denials can have meant an event, found without laying every denial beside every event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from kb.edtf_bounds import Bounds
from kb.facts.told import Told

_SHORT: Final = timedelta(days=31)
"""Denials of at most so many days are found by their day, others are all looked at."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    number: int
    denial: Told
    days: Bounds


@dataclass(frozen=True, slots=True)
class _Alike:
    """Denials that are matched by the same key."""

    starts: tuple[date, ...]
    """The first day of each in ``short``, in order."""
    short: tuple[_Numbered, ...]
    long: tuple[_Numbered, ...]

    @classmethod
    def of(cls, those: Iterable[_Numbered]) -> Self:
        short: list[tuple[date, _Numbered]] = []
        long: list[_Numbered] = []
        for each in those:
            first, last = each.days.earliest, each.days.latest
            if first is None or last is None or last - first > _SHORT:
                long.append(each)
            else:
                short.append((first, each))
        short.sort(key=lambda pair: pair[0])
        return cls(tuple(first for first, _ in short), tuple(each for _, each in short), tuple(long))

    def over(self, days: Bounds) -> Iterator[_Numbered]:
        """Yield the denials that may speak of one of those days."""
        first, last = days.earliest, days.latest
        early = first is not None and first - date.min > _SHORT
        begin = bisect_left(self.starts, first - _SHORT) if first is not None and early else 0
        end = len(self.starts) if last is None else bisect_right(self.starts, last)
        for each in (*self.short[begin:end], *self.long):
            if each.days.overlaps(days):
                yield each


@dataclass(frozen=True, slots=True)
class Denials:
    """Denials, by what they are matched by."""

    by_match: Mapping[str, _Alike]

    @classmethod
    def of(cls, denials: Iterable[Told]) -> Self:
        """Return denials made ready to be found; their order stays."""
        found: dict[str, list[_Numbered]] = {}
        for number, each in enumerate(denials):
            found.setdefault(each.keys.match, []).append(_Numbered(number, each, each.days))
        return cls({match: _Alike.of(those) for match, those in found.items()})

    def meaning(self, members: Iterable[Told], *, known: bool) -> list[Told]:
        """Return the denials that can have meant one of an event's claims, in their order.

        They say the same of a time that overlaps; where it had to be ``known`` to them, their text is not
        surely older than that claim's.
        """
        meant: dict[int, Told] = {}
        for match, days, published in _kinds(members, known=known):
            alike = self.by_match.get(match)
            for each in alike.over(days) if alike else ():
                own = each.denial.head.published
                if own is None or published <= own:
                    meant[each.number] = each.denial
        return [meant[number] for number in sorted(meant)]


def _kinds(members: Iterable[Told], *, known: bool) -> Iterator[tuple[str, Bounds, date]]:
    """Yield the key, the days and the first day of publication of claims that differ in nothing else."""
    first: dict[tuple[str, Bounds], date] = {}
    for each in members:
        published = each.head.published if known else None
        kind = each.keys.match, each.days
        first[kind] = min(first.get(kind, date.max), published or date.min)
    for (match, days), published in first.items():
        yield match, days, published
