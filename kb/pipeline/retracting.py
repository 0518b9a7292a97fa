"""Take an article back: its claims stay and say so, what rested on them goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.claims import Review, article_node, claim_node, head_triples
from kb.errors import NotFound
from kb.facts import ArticleChange, ArticleState, Ground, sync
from kb.pipeline.holdings import holding, retraction
from kb.store import GraphChange, Store
from kb.terms import Triple, graph, lg


def retract(store: Store, article: str, reason: str, on: date) -> None:
    """Take an article back, in one transaction; once is enough.

    Its claims and metadata are kept and marked with date and reason; its descriptions of entities leave with
    all facts that rested on it. Curated data that it repeats stay.
    Raises NotFound where the store does not have the article; StoreBusy; StoreError.
    """
    with store.writing() as writer:
        held = holding(store, article)
        if held is None:
            raise NotFound(f"no article {article}", repair="Ask `legation sparql` for ?article a lg:Article")
        if held.state.head.retracted_on is not None:
            return
        after = _retracted(held.state, reason, on)
        kept = held.triples - held.state.described - _standing(held.state) | _standing(after)
        ground = Ground.of(store.graph(graph("reference")))
        content = GraphChange(article_node(article), kept)
        derived = sync(store, ground, [ArticleChange(held.state, after)])
        writer.commit([content, *derived], note=f"retracted {article}")


def _standing(state: ArticleState) -> frozenset[Triple]:
    """Return what an article's graph says of the article itself and of what became of its claims."""
    reviews = (Triple(claim_node(each.id), lg("reviewState"), lg(each.review.value)) for each in state.claims)
    return frozenset({*head_triples(state.head), *reviews, *retraction(state)})


def _retracted(state: ArticleState, reason: str, on: date) -> ArticleState:
    head = replace(state.head, retracted_on=on, retraction_reason=reason)
    claims = tuple(
        each if each.review is Review.SUPERSEDED else replace(each, review=Review.RETRACTED)
        for each in state.claims
    )
    return ArticleState(head, claims)
