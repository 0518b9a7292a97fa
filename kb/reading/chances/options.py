"""What a trigger may tell: who acts and who is on the other side; each choice with its figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kb.reading.chances.casts import NO_STEP, Candidate, Setting, casts, figures
from kb.reading.chances.words import AIMED
from kb.reading.model import Party

_LIKELY: Final = 0.5
_PERHAPS: Final = 0.25
"""Chance from which on somebody may be the other side where nobody is likelier."""
_SECOND: Final = 0.2
_NOBODY: Final = -9.3
_ONE_SIDED: Final = [-1.0] * 12


@dataclass(frozen=True, slots=True)
class Option:
    """Agents and the other side that they may have; None where the type has none, or none is asked for."""

    cast: tuple[Candidate, ...]
    others: tuple[Party, ...] | None

    @property
    def agents(self) -> tuple[Party, ...]:
        """Return the agents."""
        return tuple([one.party for one in self.cast])

    @property
    def names(self) -> frozenset[str]:
        """Return the agents' names."""
        return frozenset([one.name for one in self.cast])


def options(seats: Sequence[Candidate], setting: Setting) -> tuple[list[Option], list[list[float]]]:
    """Return what may be told of a trigger, each once, and the figures of each."""
    found: list[Option] = []
    rows: list[list[float]] = []
    for cast in casts(seats, setting):
        own = figures(cast, seats, setting)
        if setting.type not in AIMED:
            found.append(Option(cast, None))
            rows.append(own + _ONE_SIDED)
            continue
        rest = _rest(cast, seats)
        for others in _sides(cast, rest, setting):
            found.append(Option(cast, others))
            rows.append(own + _of_others(cast, rest, others, setting))
    return found, rows


def other_side(rest: Sequence[Candidate]) -> tuple[Party, ...]:
    """Return the likeliest other side among those who do not act, likeliest first; empty where none is."""
    found = [other for other in rest if other.counterpart >= _LIKELY]
    if not found and rest and rest[0].counterpart >= _PERHAPS:
        found = [rest[0]]
    return tuple([other.party for other in found])


def _rest(cast: Sequence[Candidate], seats: Sequence[Candidate]) -> list[Candidate]:
    """Return those who do not act, the likeliest to be the other side first."""
    names = {member.name for member in cast}
    return sorted([one for one in seats if one.name not in names], key=lambda one: -one.counterpart)


def _sides(
    cast: Sequence[Candidate], rest: Sequence[Candidate], setting: Setting
) -> Sequence[tuple[Party, ...]]:
    """Return each other side that these agents may have, the frame's first."""
    names = {member.name for member in cast}
    sides = [tuple([party for party in setting.others if party.name not in names])]
    sides.append(other_side(rest))
    sides += [(one.party,) for one in rest[:2]]
    if len(rest) > 1 and rest[1].counterpart > _SECOND:
        sides.append((rest[0].party, rest[1].party))
    sides.append(())
    found: dict[frozenset[str], tuple[Party, ...]] = {}
    for side in sides:
        found.setdefault(frozenset([party.name for party in side]), side)
    return list(found.values())


def _of_others(
    cast: Sequence[Candidate], rest: Sequence[Candidate], others: Sequence[Party], setting: Setting
) -> list[float]:
    """Return the figures of another side."""
    names = {party.name for party in others}
    own = {state for member in cast for state in member.party.states}
    odds = [_odds(one.counterpart) for one in rest if one.name in names]
    framed = {party.name for party in setting.others}
    return [
        len(others), sum(odds),
        next((_odds(one.counterpart) for one in rest if one.name not in names), _NOBODY),
        names == framed, bool(framed),
        max([one.odds for one in rest if one.name in names], default=_NOBODY),
        any(state in own for party in others for state in party.states),
        sum([party.kind == "state" for party in others]), sum([party.kind == "person" for party in others]),
        min(odds, default=_NOBODY),
        max([one.opposite for one in rest if one.name in names], default=NO_STEP),
        max([one.opposite for one in rest if one.name not in names], default=NO_STEP),
    ]  # fmt: skip


def _odds(chance: float) -> float:
    held = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(held / (1 - held))
