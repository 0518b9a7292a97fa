"""A tiny invented world, small enough to know by heart. README.md tells what happens in it."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import RdfFormat, parse

from kb.articles import take_in_all
from kb.claim_id import identified
from kb.claims import read_jsonl
from kb.pipeline import Curated, build, ingest
from kb.records import Article, Claim
from kb.reference import ontology_triples
from kb.store import Store, open_store
from kb.terms import Triple

WORLD = Path(__file__).parent


@cache
def world() -> Curated:
    """Return the real ontology with the invented reference data."""
    quads = parse(path=str(WORLD / "reference.ttl"), format=RdfFormat.TURTLE)
    return Curated(ontology_triples(), frozenset(Triple(*quad.triple) for quad in quads), "world")


@cache
def articles() -> dict[str, Article]:
    """Return the world's articles by the stem of their file."""
    found = take_in_all([WORLD / "texts"], index=WORLD / "INDEX.tsv")
    return {article.doc: article for article in found}


@cache
def claims() -> dict[str, tuple[Claim, ...]]:
    """Return the claims of the world's articles by the stem of the article's file."""
    found: dict[str, tuple[Claim, ...]] = {}
    for claim in read_jsonl(WORLD / "claims.jsonl"):
        article = articles()[claim.doc]
        found[claim.doc] = (*found.get(claim.doc, ()), identified(replace(claim, article=article.id)))
    return found


@dataclass(frozen=True, slots=True)
class WorldReader:
    """Reads the world's articles as claims.jsonl says, with each claim changed as wished."""

    version: str = "world-1"
    change: Callable[[Claim], Claim | None] = field(default=lambda claim: claim)

    def read(self, article: Article) -> list[Claim]:
        """Return the article's claims; a change to None leaves a claim out."""
        changed = (self.change(claim) for claim in claims()[article.doc])
        return [identified(claim) for claim in changed if claim is not None]


def empty_store(folder: Path) -> Store:
    """Return a new store that knows the world but has read nothing."""
    return _copy(_made(()), folder)


def tiny_store(folder: Path, docs: Iterable[str] | None = None) -> Store:
    """Return a new store that has read the world's articles, or those named."""
    return _copy(_made(tuple(docs or articles())), folder)


def _copy(made: Path, folder: Path) -> Store:
    shutil.copytree(made, folder / "store")
    return open_store(str(folder / "store"))


@cache
def _made(docs: tuple[str, ...]) -> Path:
    """Return the folder of a store that has read these articles; made once in a run, to be copied."""
    folder = Path(mkdtemp(prefix="legation-world-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with open_store(str(folder / "store")) as store:
        build(store, world())
        ingest(store, [articles()[doc] for doc in docs], WorldReader())
    return folder / "store"
