"""Read articles into a base, one transaction for each, so that a run may stop and go on at any time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, runtime_checkable

from kb.claims import ArticleHead, Review, StoredClaim, article_node, head_of, text_triple
from kb.entities import resolve
from kb.entities.names import KnownNames
from kb.errors import ExtractorError
from kb.facts import ArticleChange, ArticleState, Ground, sync
from kb.pipeline.copying import Copies
from kb.pipeline.holdings import Holding, content, described_with_places, holding
from kb.records import Article, Claim
from kb.store import Change, GraphChange, GraphDelta, Store
from kb.terms import graph

OUTLETS = ("Outlet", "NewsAgency", "Broadcaster", "Newspaper", "GovernmentPressService")
"""The classes of what publishes."""


class Reads(Protocol):
    """Whatever reads an article: the same version reads the same text in the same way."""

    @property
    def version(self) -> str: ...

    def read(self, article: Article, /) -> Sequence[Claim]: ...


@runtime_checkable
class ReadsInParts(Reads, Protocol):
    """A reader of which a part may fail on an article while the others go on."""

    def run_of(self, article: Article, /) -> str:
        """Return the version of what did read the article: another than ``version`` where a part failed."""


class Outcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    SUPERSEDED = "superseded"
    UNREAD = "unread"
    """No part of the reader could read it; or it stands read, and some part could not: left as it is."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """How many articles were new, the same as before, read anew, not read; how many claims these made."""

    added: int = 0
    unchanged: int = 0
    superseded: int = 0
    claims: int = 0
    unread: int = 0

    def with_(self, outcome: Outcome, claims: int) -> IngestReport:
        """Return the report with one article more."""
        counted = getattr(self, outcome.value) + 1
        return replace(self, **{outcome.value: counted, "claims": self.claims + claims})


Progress = Callable[[Article, Outcome], None]


def ingest(
    store: Store, articles: Iterable[Article], reader: Reads, progress: Progress | None = None
) -> IngestReport:
    """Read articles and store their claims, with the facts that follow.

    The same bytes, outlet and date read by the same version change nothing; another version's claims
    supersede the old ones, which are kept and marked. A retracted article stays retracted. What no part of
    the reader could read is left as it is, and so is what stands read already and some part failed on; a
    new article keeps what the other parts read of it, and is read again the next time. ``progress`` is told
    of each article when it stands in the store.
    Raises BadArticle where a claim does not fit its text; StoreBusy; StoreError.
    """
    report = IngestReport()
    with store.writing() as writer:
        base = _Base(store, reader)
        for article in articles:
            outcome, claims, changes = base.take(article)
            if changes:
                writer.commit(changes, note=f"{outcome.value} {article.doc}")
            report = report.with_(outcome, claims)
            if progress is not None:
                progress(article, outcome)
    return report


class _Base:
    """A store that takes articles, and what has to be known of it for that."""

    def __init__(self, store: Store, reader: Reads) -> None:
        self._store = store
        self._reader = reader
        self._ground = Ground.of(store.graph(graph("reference")))
        self._outlets = KnownNames(self._ground.memory)
        self._copies: Copies | None = None

    def take(self, article: Article) -> tuple[Outcome, int, list[Change]]:
        """Return what becomes of an article, how many claims it makes, and what changes in the store."""
        held = holding(self._store, article.id)
        if held and (held.state.head.retracted_on or held.state.head.run == self._reader.version):
            return Outcome.UNCHANGED, 0, []
        try:
            read = self._reader.read(article)
        except ExtractorError:
            return Outcome.UNREAD, 0, []
        run = self._run_of(article)
        if held and run != self._reader.version:
            return Outcome.UNREAD, 0, []
        copies = self._copies = self._copies or Copies(self._store)
        original = held.state.head.copy_of if held else copies.original_of(article)
        later = [] if held else list(copies.taken_in_before(article, original))
        claims, minted = resolve(read, article)
        state = ArticleState(
            head=self._head(article, original, run),
            claims=self._stored(claims, held, run),
            described=described_with_places(frozenset(minted), self._ground),
        )
        change = ArticleChange(held.state if held else None, state)
        changes: list[Change] = [
            GraphChange(article_node(article.id), content(article, state)),
            GraphDelta(graph("texts"), add=frozenset({text_triple(article)})),
            *(copy for copy, _ in later),
            *sync(self._store, self._ground, [change, *(copied for _, copied in later)]),
        ]
        return Outcome.SUPERSEDED if held else Outcome.ADDED, len(claims), changes

    def _run_of(self, article: Article) -> str:
        reader = self._reader
        return reader.run_of(article) if isinstance(reader, ReadsInParts) else reader.version

    def _head(self, article: Article, original: str | None, run: str) -> ArticleHead:
        outlet = self._outlets.find(article.outlet, OUTLETS)
        return head_of(replace(article, copy_of=original), outlet_iri=outlet, run=run)

    def _stored(self, claims: Iterable[Claim], held: Holding | None, run: str) -> tuple[StoredClaim, ...]:
        """Return the claims to keep: new ones with what a person decided of them, old ones marked."""
        old = {each.id: each for each in held.state.claims} if held else {}
        new = {claim.id: StoredClaim(claim, _decided(old.get(claim.id)), run) for claim in claims}
        gone = (replace(each, review=Review.SUPERSEDED) for name, each in old.items() if name not in new)
        return (*new.values(), *gone)


def _decided(old: StoredClaim | None) -> Review:
    if old is not None and old.review in (Review.ACCEPTED, Review.REJECTED):
        return old.review
    return Review.UNREVIEWED
