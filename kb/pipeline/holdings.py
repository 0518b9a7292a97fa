"""What a store holds of an article, read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kb.claims import (
    Review,
    article_node,
    claim_node,
    from_triples,
    head_triples,
    heads_from,
    run_triples,
    to_triples,
)
from kb.facts import ArticleState, Ground
from kb.namespaces import PREFIXES
from kb.records import Article
from kb.store import Store
from kb.terms import Triple, day, graph, lg, text

OWN = ("art", "claim", "slot", "evi", "run")
"""The kinds of node that an article's graph holds beside descriptions of entities."""
_OWN = tuple(PREFIXES[kind] for kind in OWN)


@dataclass(frozen=True, slots=True)
class Holding:
    """An article's graph, and what stands in it."""

    triples: frozenset[Triple]
    state: ArticleState


def holding(store: Store, article: str) -> Holding | None:
    """Return what a store holds of an article, None where it does not have it."""
    return held_in(article, store.graph(article_node(article)))


def held_in(article: str, said: Iterable[Triple]) -> Holding | None:
    """Return what the content of an article's graph holds of it, None where that is not about it."""
    triples = frozenset(said)
    heads = [head for head in heads_from(triples) if head.id == article]
    if not heads:
        return None
    described = frozenset(triple for triple in triples if _describes(triple))
    return Holding(triples, ArticleState(heads[0], tuple(from_triples(triples)), described))


def _describes(triple: Triple) -> bool:
    return isinstance(triple.subject, NamedNode) and not triple.subject.value.startswith(_OWN)


def described_with_places(described: frozenset[Triple], ground: Ground) -> frozenset[Triple]:
    """Return an article's descriptions with the states in which the places that they describe lie.

    These stand in the article's own graph, because they leave with it.
    """
    said = {triple for triple in described if triple.predicate != lg("inState")}
    return frozenset(said | ground.about_places(said))


def article_ids(store: Store) -> list[str]:
    """Return the identifiers of all articles of a store, in order."""
    prefix = article_node("").value
    names = {name.value for name in store.graph_names()}
    return sorted(name.removeprefix(prefix) for name in names if name.startswith(prefix))


def content(article: Article, state: ArticleState) -> frozenset[Triple]:
    """Return the whole content of an article's graph.

    Raises BadArticle where a claim's quote does not stand in the text.
    """
    triples = {*head_triples(state.head), *state.described}
    for stored in state.claims:
        triples.update(to_triples(stored, article), run_triples(stored.run))
    return frozenset(triples | set(retraction(state)))


def retraction(state: ArticleState) -> Iterator[Triple]:
    """Yield when and why an article's claims were taken back; nothing where they were not."""
    head = state.head
    if head.retracted_on is None:
        return
    for stored in state.claims:
        if stored.review is Review.RETRACTED:
            yield Triple(claim_node(stored.id), lg("retractedOn"), day(head.retracted_on))
            yield Triple(claim_node(stored.id), lg("retractionReason"), text(head.retraction_reason))


def texts(store: Store) -> dict[str, str]:
    """Return the stored texts of all articles, by identifier."""
    found = store.graph(graph("texts"))
    prefix = article_node("").value
    return {
        triple.subject.value.removeprefix(prefix): triple.object.value
        for triple in found
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal)
    }


def version_triple(version: str) -> Triple:
    """Return what g:meta says of the curated data that the facts were made with."""
    return Triple(graph("reference"), lg("contentVersion"), text(version))


def version_of(meta: set[Triple]) -> str:
    """Return the version of the curated data that g:meta names, "" where none was built."""
    found = [triple.object for triple in meta if triple.predicate == lg("contentVersion")]
    return found[0].value if found and isinstance(found[0], Literal) else ""
