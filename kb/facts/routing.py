"""Which graph a claim's event goes to, and which claims make one event there.

The contract: reported and affirmed goes to the facts; planned and requested to the prospective; speculated
to the alleged. A denial makes no event, it disputes those that it matches. Reports that exclude each
other are contested: both sides are kept, neither stands among the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.facts.background import Background
from kb.facts.contest import contested
from kb.facts.disputes import Denials
from kb.facts.told import Told
from kb.records import Claim, ClaimType, Modality


class Route(StrEnum):
    """Where an event goes; the value is the name of the graph."""

    FACTS = "facts"
    PROSPECTIVE = "prospective"
    ALLEGED = "alleged"
    CONTESTED = "contested"


ROUTES: dict[Modality, Route] = {
    Modality.REPORTED: Route.FACTS,
    Modality.PLANNED: Route.PROSPECTIVE,
    Modality.REQUESTED: Route.PROSPECTIVE,
    Modality.SPECULATED: Route.ALLEGED,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The claims on one event, by identifier, and those that deny it."""

    route: Route
    members: tuple[Told, ...]
    """At least one; the first has the smallest identifier."""
    disputed_by: tuple[Told, ...] = ()
    former: tuple[str, ...] = ()
    """Claims of the same event that no longer count: their events' IRIs lead here."""

    @property
    def type(self) -> ClaimType:
        """Return what kind of event it is."""
        return self.members[0].claim.type

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Return the members' claims."""
        return tuple(each.claim for each in self.members)


def groups(told: Iterable[Told], background: Background, described: Mapping[str, Background]) -> list[Group]:
    """Return the events that whole families of claims tell of, in a stable order.

    ``told`` may hold claims that do not count, and denials (of any family): these make no event.
    """
    every = sorted(told, key=lambda each: each.stored.id)
    affirmed = [each for each in every if not each.denies]
    excluded = _excluded([each for each in affirmed if each.stored.counts], background, described)
    slots: dict[tuple[Route, str, str], list[Told]] = {}
    for each in affirmed:
        slots.setdefault(_slot(each, excluded), []).append(each)
    denials = Denials.of(each for each in every if each.denies and each.stored.counts)
    return [
        group for (route, _, _), those in sorted(slots.items()) for group in _group(route, those, denials)
    ]


def _excluded(
    told: list[Told], background: Background, described: Mapping[str, Background]
) -> set[tuple[str, str]]:
    families: dict[str, list[Told]] = {}
    for each in told:
        if ROUTES[each.claim.modality] is Route.FACTS:
            families.setdefault(each.keys.family, []).append(each)
    return {
        (family, where)
        for family, those in families.items()
        for where in contested(those, background, described)
    }


def _slot(told: Told, excluded: set[tuple[str, str]]) -> tuple[Route, str, str]:
    route = ROUTES[told.claim.modality]
    if route is Route.FACTS and (told.keys.family, told.keys.where) in excluded:
        return Route.CONTESTED, told.keys.family, told.keys.where
    return route, told.keys.event, ""


def _group(route: Route, told: list[Told], denials: Denials) -> Iterator[Group]:
    members = tuple(each for each in told if each.stored.counts)
    if members:
        yield Group(
            route=route,
            members=members,
            disputed_by=_disputing(route, members, denials),
            former=tuple(each.stored.id for each in told if not each.stored.counts),
        )


def _disputing(route: Route, members: tuple[Told, ...], denials: Denials) -> tuple[Told, ...]:
    # What was made known later is another plan; "will not visit" denies the plan, not what took place.
    meaning = denials.meaning(members, known=route is Route.PROSPECTIVE)
    return tuple(
        each
        for each in meaning
        if each.claim.modality is Modality.REPORTED or route is ROUTES[each.claim.modality]
    )
