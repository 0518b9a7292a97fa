"""Claims of articles as Turtle, for people and pipes."""

from __future__ import annotations

from collections.abc import Iterable

from kb.canonical import canonical_triples
from kb.claims.stored import StoredClaim
from kb.claims.triples import to_triples
from kb.records import Article, Claim


def to_turtle(found: Iterable[tuple[Article, Claim]], run: str = "unrecorded") -> str:
    """Return the claims of articles, each as the store would hold it, as Turtle.

    ``run`` is the version of the reader that made them, where it is known.
    """
    return canonical_triples(
        triple for article, claim in found for triple in to_triples(StoredClaim(claim, run=run), article)
    )
