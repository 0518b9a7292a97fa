"""The facts of a whole base, made anew from its claims and reference data."""

from __future__ import annotations

from collections.abc import Iterable

from kb.facts.background import Background
from kb.facts.graphs import DERIVED, INFERRED, META, PROSPECTIVE, fill, index
from kb.facts.ground import Ground
from kb.facts.land import Land, located
from kb.facts.plans import all_met, days_of
from kb.facts.projection import project
from kb.facts.sync import ArticleState, about_offices, names_minted
from kb.facts.told import told_of
from kb.store import GraphChange


def rebuild(ground: Ground, articles: Iterable[ArticleState]) -> list[GraphChange]:
    """Return the whole content of the derived graphs, for all articles of a base.

    All claims are held in memory at once.
    """
    states = list(articles)
    heads = {state.head.id: state.head for state in states}
    told = told_of((claim for state in states for claim in state.claims), heads)
    described = {
        state.head.id: Background.of(state.described)
        for state in states
        if any(names_minted(claim.claim) for claim in state.claims)
    }
    offices = {triple for state in states for triple in about_offices(state.described)}
    filled = fill(project(told, ground.background, described), ground, offices)
    graphs = {name: filled.nodes.get(name, set()) for name in DERIVED}
    said = located(triple for state in states for triple in state.described)
    land = Land(ground.land, lambda place: said.get(place, ()))
    graphs[PROSPECTIVE] |= all_met(filled.nodes, days_of(told), land)
    graphs[INFERRED] |= filled.dyads | ground.inferred
    graphs[META] = index(told) | filled.redirects
    return [GraphChange(name, frozenset(triples)) for name, triples in graphs.items()]
