"""Make a base as a user makes one: reference data, then texts through the real reader into a real store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kb import pipeline
from kb.queries import answer
from kb.reading.reader import Reader, reader
from kb.records import Article
from kb.resources import ROOT
from kb.store import Store, open_store

SHARED: Final = ROOT.parent / "shared"

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Base:
    """A store, and the articles that were read into it."""

    store: Store
    articles: tuple[Article, ...]

    def ask(self, name: str, **parameters: str) -> list[Row]:
        """Return a question's rows, each value as text, an unbound one as ""."""
        found = answer(self.store, name, parameters)
        assert not found.truncated
        return [dict(zip(found.columns, map(_plain, row), strict=True)) for row in found.rows]

    def select(self, query: str) -> list[tuple[str, ...]]:
        """Return the rows of a SELECT as text."""
        return [tuple(map(_plain, row)) for row in self.store.select(query)]


def _plain(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


@cache
def the_reader() -> Reader:
    """Return one reader for the whole run: the model is loaded once."""
    return reader()


def base_of(folder: Path, articles: Sequence[Article]) -> Base:
    """Build a base in a folder from reference data and the given articles."""
    store = open_store(str(folder))
    pipeline.build(store)
    pipeline.ingest(store, articles, the_reader())
    return Base(store, tuple(articles))
