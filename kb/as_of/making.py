"""Make the base of an earlier day: what its texts say that had been published, and the facts of that.

What was said is what is read in these texts now: a claim that was rejected, replaced by a newer reader or
taken back counts on no day. Reference data are today's. A text without a date is known on no day; one that
others copy stays the origin of these, though none of its own claims count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.as_of.source import Source
from kb.as_of.writing import triples_of, write
from kb.claims import ArticleHead, article_node, heads_from
from kb.errors import TooLarge
from kb.facts import ArticleState, Ground, rebuild
from kb.pipeline.holdings import held_in
from kb.queries.as_of import Known
from kb.terms import graph, local

_TEXTS: Final = """
SELECT ?article (SAMPLE(?on) AS ?day) (COUNT(?claim) AS ?claims) WHERE {
  ?article a lg:Article
  OPTIONAL { ?article lg:published ?on }
  OPTIONAL { ?claim lg:inArticle ?article }
} GROUP BY ?article
"""
_AS_THEY_ARE: Final = tuple(map(graph, ("ontology", "reference", "description", "review")))
_REFERENCE: Final = graph("reference")


@dataclass(frozen=True, slots=True)
class Made:
    """The base of an earlier day, as it stands in its folder."""

    version: str
    """That of the base from which it was made."""
    since: date | None
    """The day that brought the last of its texts; None where there is none."""
    before: date | None
    """The day that brings the next; None where none comes."""
    known: Known


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    published: date | None
    claims: int


def make(source: Source, day: date, folder: Path, most: int) -> Made:
    """Make a store in an empty folder of what a base knew on a day, from at most ``most`` claims.

    Raises TooLarge where there are more; StoreError, StoreBusy; OSError.
    """
    texts = [_text(row) for row in source.select(_TEXTS)]
    dated = [(each.published, each) for each in texts if each.published is not None]
    then = sorted(each.id for on, each in dated if on <= day)
    _hold_small(sum(each.claims for on, each in dated if on <= day), day, most)
    write(folder, source.version, _graphs(source, then))
    source.close()
    days = [on for on, _ in dated]
    return Made(
        source.version,
        max((on for on in days if on <= day), default=None),
        min((on for on in days if on > day), default=None),
        Known(day, len(then), len(texts), len(texts) - len(dated), min(days, default=None)),
    )


def _text(row: Iterable[object]) -> _Text:
    article, published, claims = row
    assert isinstance(article, NamedNode) and isinstance(claims, Literal)
    on = date.fromisoformat(published.value) if isinstance(published, Literal) else None
    return _Text(local(article), on, int(claims.value))


def _hold_small(claims: int, day: date, most: int) -> None:
    if claims > most:
        raise TooLarge(
            f"{claims:,} claims had been published by {day}, and facts as of a day are made from {most:,}"
            " at most (LEGATION_AS_OF_CLAIMS)",
            place="as_of",
            repair="Give an earlier day",
        )


def _graphs(source: Source, then: Iterable[str]) -> Iterator[tuple[NamedNode, bytes]]:
    """Yield each graph of the base of that day with its content, as N-Triples."""
    states: list[ArticleState] = []
    reference = source.content(_REFERENCE)
    for name in _AS_THEY_ARE:
        yield name, reference if name == _REFERENCE else source.content(name)
    for article in then:
        content = source.content(article_node(article))
        held = held_in(article, triples_of(content))
        assert held is not None, article
        states.append(held.state)
        yield article_node(article), content
    originals = [ArticleState(head) for head in _originals(source, states)]
    for change in rebuild(Ground.of(triples_of(reference)), [*states, *originals]):
        yield change.graph, "".join(f"{triple} .\n" for triple in change.triples).encode()


def _originals(source: Source, states: Iterable[ArticleState]) -> Iterator[ArticleHead]:
    """Yield the texts that those of the day copy and that are not among them."""
    heads = {state.head.id: state.head for state in states}
    copied = {head.copy_of for head in heads.values() if head.copy_of}
    for article in sorted(copied - heads.keys()):
        found = heads_from(triples_of(source.content(article_node(article))))
        yield from (head for head in found if head.id == article)
