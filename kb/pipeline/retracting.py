"""Take an article back: its claims stay and say so, what rested on them goes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from kb.claims import Review, article_node, claim_node, head_triples
from kb.errors import NotFound
from kb.facts import ArticleChange, ArticleState, Ground, sync
from kb.pipeline.holdings import holding, retraction
from kb.store import GraphChange, Store
from kb.terms import Triple, graph, lg

_IDENTIFIER = re.compile(r"[0-9a-f]{16}")


def retract(store: Store, article: str, reason: str, on: date) -> bool:
    """Take an article back, in one transaction; say whether that changed anything, for once is enough.

    Its claims and metadata are kept and marked with date and reason; its descriptions of entities leave with
    all facts that rested on it. Curated data that it repeats stay.
    Raises NotFound where the store does not have the article; StoreBusy; StoreError.
    """
    missing = NotFound(
        f"no article {article!r}",
        repair="`legation sparql 'SELECT ?a ?doc { ?a lg:doc ?doc }'` lists them; art:… is the identifier",
    )
    # Asked before writing, because a store that is opened for writing is made where there was none.
    if not _IDENTIFIER.fullmatch(article) or article_node(article) not in store.graph_names():
        raise missing
    with store.writing() as writer:
        held = holding(store, article)
        if held is None:
            raise missing
        if held.state.head.retracted_on is not None:
            return False
        after = _retracted(held.state, reason, on)
        kept = held.triples - held.state.described - _standing(held.state) | _standing(after)
        ground = Ground.of(store.graph(graph("reference")))
        content = GraphChange(article_node(article), kept)
        derived = sync(store, ground, [ArticleChange(held.state, after)])
        writer.commit([content, *derived], note=f"retracted {article}")
        return True


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
