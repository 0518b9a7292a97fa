"""Which plans of a grown base are met: a copy's plan may be met by another copy's report."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kb.facts.land import LOCATED, Land, located
from kb.facts.met import met
from kb.facts.outlines import USED, Outline, outlines
from kb.terms import Triple, graph, lg

_PROSPECTIVE = graph("prospective")


def all_met(store: Store) -> set[Triple]:
    """Return ``lg:metBy`` for all plans of a store; all events are held in memory in outline."""
    plans = outlines(_triples(store, _PROSPECTIVE, *USED))
    reports = outlines(_triples(store, DefaultGraph(), *USED))
    land = Land(located(_triples(store, DefaultGraph(), LOCATED)), lambda place: land.known.get(place, ()))
    return set(met(plans, reports, _days(store, plans), land.around))


def _days(store: Store, plans: list[Outline]) -> dict[str, str]:
    """Return the days on which the texts were published that tell of plans, by claim."""
    found = {}
    for claim in {claim for plan in plans for claim in plan.claims}:
        for told in store.quads_for_pattern(NamedNode(claim), lg("inArticle"), None, DefaultGraph()):
            assert isinstance(told.object, NamedNode)
            for quad in store.quads_for_pattern(told.object, lg("published"), None, DefaultGraph()):
                assert isinstance(quad.object, Literal)
                found[claim] = quad.object.value
    return found


def _triples(store: Store, name: NamedNode | DefaultGraph, *properties: NamedNode) -> Iterator[Triple]:
    for each in properties:
        for quad in store.quads_for_pattern(None, each, None, name):
            yield quad.triple
