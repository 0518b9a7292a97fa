"""When two reports of one day exclude each other by place.

Two stops of one day do not: a text that tells of both shows that they go together, and so does a shared
town (for a visitor's tour, a shared region). An unknown place excludes nothing. What is left, two texts
that put the same parties' meeting on the same day into two towns, cannot both be right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from kb.facts.background import Background, kind_of
from kb.facts.identity import day_of, origin
from kb.facts.told import Told
from kb.records import ClaimType
from kb.terms import state

NEAR: dict[ClaimType, frozenset[str]] = {
    ClaimType.MEETING: frozenset({"fac", "place"}),
    ClaimType.AGREEMENT: frozenset({"fac", "place"}),
    ClaimType.ARRIVAL: frozenset({"fac", "place"}),
    ClaimType.VISIT: frozenset({"fac", "place", "region"}),
}
"""The types whose places can exclude each other, with the kinds of place that two stops may share."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The claims that name one place."""

    where: str
    type: ClaimType
    around: frozenset[str]
    texts: frozenset[str]


def contested(told: Iterable[Told], background: Background, described: Mapping[str, Background]) -> set[str]:
    """Return the places (as Keys.where) that other reports of the same family exclude.

    ``told`` are the affirmed reports of one family; ``described`` goes by article.
    """
    named: dict[str, list[Told]] = {}
    for each in told:
        if each.claim.type in NEAR and day_of(each.stored) and _names_a_place(each):
            named.setdefault(each.keys.where, []).append(each)
    sides = [_side(where, those, background, described) for where, those in sorted(named.items())]
    pairs = [pair for pair in combinations(sides, 2) if _exclude(*pair)]
    return {side.where for pair in pairs for side in pair}


def _names_a_place(told: Told) -> bool:
    claim = told.claim
    if claim.type is ClaimType.VISIT:
        return claim.facility is not None
    return claim.facility is not None or claim.place is not None or claim.country is not None


def _side(where: str, told: list[Told], background: Background, described: Mapping[str, Background]) -> _Side:
    return _Side(
        where=where,
        type=told[0].claim.type,
        around=frozenset().union(*(around(each, background, described) for each in told)),
        texts=frozenset(origin(each.head) for each in told),
    )


def around(told: Told, background: Background, described: Mapping[str, Background]) -> frozenset[str]:
    """Return all that a claim's place lies in, by reference data, its article and the claim itself."""
    claim = told.claim
    own = described.get(claim.article, Background())
    known = [ref.iri for ref in (claim.facility, claim.place) if ref is not None and ref.iri is not None]
    found = frozenset().union(*(background.around(iri, own) for iri in known))
    return found | {state(claim.country).value} if claim.country else found


def _exclude(one: _Side, other: _Side) -> bool:
    if one.texts & other.texts or _node(one) in other.around or _node(other) in one.around:
        return False
    if any(kind_of(place) in NEAR[one.type] for place in one.around & other.around):
        return False
    return _apart_by_state(one, other) or (_placed(one) and _placed(other))


def _node(side: _Side) -> str:
    return side.where if "://" in side.where else state(side.where).value


def _apart_by_state(one: _Side, other: _Side) -> bool:
    ours, theirs = ({place for place in side.around if kind_of(place) == "state"} for side in (one, other))
    return bool(ours) and bool(theirs) and not ours & theirs


def _placed(side: _Side) -> bool:
    """Tell whether it is known where in its state a place lies: else it may lie in the other."""
    return any(kind_of(place) in ("place", "region", "terr") for place in side.around - {side.where})
