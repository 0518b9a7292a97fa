"""Build a base from curated data, and make all facts anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kb import reference
from kb.claims import article_node
from kb.facts import ArticleState, Ground, rebuild
from kb.facts.graphs import META
from kb.pipeline.describing import describe
from kb.pipeline.describing import version as describing_version
from kb.pipeline.holdings import (
    article_ids,
    described_with_places,
    holding,
    version_of,
    version_triple,
)
from kb.store import GraphChange, Store
from kb.terms import Triple, graph


@dataclass(frozen=True, slots=True)
class Curated:
    """The ontology and the reference data of a base."""

    ontology: frozenset[Triple]
    reference: frozenset[Triple]
    version: str
    """Changes whenever either does, or what a base tells of itself."""


def curated() -> Curated:
    """Return the project's own ontology and reference data.

    Raises BadReference for a missing or malformed file.
    """
    made_from = f"{reference.version()}{describing_version()}"
    version = hashlib.sha256(made_from.encode()).hexdigest()[:16]
    return Curated(reference.ontology_triples(), reference.reference_triples(), version)


def build(store: Store, known: Curated | None = None) -> None:
    """Put ontology and reference data into a store, and make its facts anew from the claims it has.

    One transaction. Raises BadReference, StoreBusy, StoreError.
    """
    known = known or curated()
    data = [
        GraphChange(graph("ontology"), known.ontology),
        GraphChange(graph("reference"), known.reference),
        GraphChange(graph("description"), describe(known.ontology, known.reference)),
    ]
    with store.writing() as writer:
        writer.commit([*data, *_facts(store, Ground.of(known.reference), known.version)], note="build")


def prepare(store: Store, known: Curated | None = None) -> None:
    """Build a base unless it stands on the curated data as they are now."""
    known = known or curated()
    with store.writing():
        if version_triple(known.version) not in store.graph(META):
            build(store, known)


def rebuild_facts(store: Store) -> None:
    """Make all facts of a store anew from its claims and its reference data; normally nothing changes."""
    with store.writing() as writer:
        ground = Ground.of(store.graph(graph("reference")))
        writer.commit(_facts(store, ground, version_of(store.graph(META))), note="facts made anew")


def _facts(store: Store, ground: Ground, version: str) -> list[GraphChange]:
    """Return the derived graphs, and articles' graphs where places that they describe lie elsewhere now."""
    changes: list[GraphChange] = []
    states: list[ArticleState] = []
    for article in article_ids(store):
        held = holding(store, article)
        if held is None:
            continue
        described = described_with_places(held.state.described, ground)
        states.append(ArticleState(held.state.head, held.state.claims, described))
        if described != held.state.described:
            whole = held.triples - held.state.described | described
            changes.append(GraphChange(article_node(article), whole))
    derived = rebuild(ground, states)
    mark = frozenset({version_triple(version)})
    return changes + [
        GraphChange(change.graph, change.triples | mark if change.graph == META else change.triples)
        for change in derived
    ]
