"""A reader of the invented world, for the tests of reading."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_store
from kb.reading.reader import Reader
from kb.records import Article, Claim

WORLD = Path(__file__).with_name("invented")
PUBLISHED = date(2023, 9, 15)
"""A Friday."""


@cache
def invented_lexicon() -> Lexicon:
    """Return the lexicon of tests/reading/invented."""
    store = Store()
    for path in sorted(WORLD.glob("*.ttl")):
        store.load(path=path, format=RdfFormat.TURTLE)
    return Lexicon(compile_store(store, "invented"))


def article(text: str, *, outlet: str = "unknown", published: date | None = PUBLISHED) -> Article:
    """Return a text as an article."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(digest[:16], "T01", text, outlet, published, digest)


def read(text: str, *, outlet: str = "unknown", published: date | None = PUBLISHED) -> list[Claim]:
    """Return what the reader of the invented world makes of a text."""
    return Reader(invented_lexicon()).read(article(text, outlet=outlet, published=published))


def the(kind: str, text: str, **known: object) -> Claim:
    """Return the only claim of a type in a text."""
    found = [claim for claim in read(text, **known) if claim.type == kind]  # type: ignore[arg-type]
    assert len(found) == 1, [(c.type, c.quote) for c in found] or f"no {kind} in: {text}"
    return found[0]


def names(claim: Claim) -> list[str]:
    """Return the names of a claim's agents, sorted: the order of parties means nothing."""
    return sorted(agent.name for agent in claim.agents)
