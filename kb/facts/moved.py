"""Where places lie once some articles have changed, and which of them lie elsewhere than before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.facts.background import Links
from kb.facts.corroboration import MINTED
from kb.facts.land import Land, located
from kb.facts.plan_view import PlanView
from kb.terms import Triple

Described = Mapping[str, Iterable[Triple]]
"""By article's identifier: what it says of entities that reference data do not know."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The land after a change."""

    land: Land
    places: frozenset[str]
    """What now lies elsewhere, and what lies within that; only places that texts alone know."""


def moved(view: PlanView, known: Links, before: Described, after: Described) -> Moved:
    """Return where places lie after a change of articles.

    ``known`` is where curated places lie; ``after`` names every changed article.
    """
    was, is_ = _said(before), _said(after)
    stands = _pairs(located(view.located({place for place, _ in was | is_})))
    gained = is_ - stands
    lost = {pair for pair in was - is_ if not _said_elsewhere(view, *pair, after)}
    places = {place for place, _ in gained | lost}
    inner = set(places)
    while inner:
        inner = {place for place in view.inside(inner) if MINTED in place} - places
        places |= inner

    def said(place: str) -> set[str]:
        pairs = _pairs(located(view.located({place})))
        return {outer for here, outer in (pairs - lost) | gained if here == place}

    return Moved(Land(known, said), frozenset(places))


def _said(described: Described) -> set[tuple[str, str]]:
    """Return what articles say lies directly in what, of places that only texts know."""
    found = {pair for triples in described.values() for pair in _pairs(located(triples))}
    return {pair for pair in found if MINTED in pair[0]}


def _said_elsewhere(view: PlanView, place: str, outer: str, but: Described) -> bool:
    others = (article for article in view.describing(place) if article not in but)
    return any(outer in located(view.described_in(each)).get(place, ()) for each in others)


def _pairs(links: Links) -> set[tuple[str, str]]:
    return {(place, outer) for place, outers in links.items() for outer in outers}
