"""What a SPARQL query gave, as a grid of cells for the eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, parse

from api.answers import Cell
from api.labels import labels
from kb.queries.formats import turtle
from kb.queries.values import Term, plain
from kb.store import Store
from kb.store.guard import screen
from kb.store.interface import QueryKind

MOST: Final = 1_000
"""How many rows or triples a page shows; data formats give all up to the store's limit."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under heads; or one word, or a text, where the query was no SELECT."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truncated: bool = False
    text: str = ""


def grid(store: Store, query: str) -> Grid:
    """Run a query and return its result for a page.

    Raises BadQuery; ForbiddenQuery; QueryTimeout.
    """
    kind = screen(query).kind
    if kind is QueryKind.SELECT:
        return _rows(store, query)
    if kind is QueryKind.ASK:
        return Grid(text="Yes" if store.ask(query) else "No")
    return _graph(store, query)


def _graph(store: Store, query: str) -> Grid:
    found = store.query_bytes(query, RdfFormat.N_TRIPLES.media_type)
    triples = sorted({quad.triple for quad in parse(found.whole(), format=RdfFormat.N_TRIPLES)}, key=str)
    return Grid(text=turtle(triples[:MOST]), truncated=found.truncated or len(triples) > MOST)


def _rows(store: Store, query: str) -> Grid:
    found = store.select(query)
    rows = found.rows[:MOST]
    names = labels(store, [term.value for row in rows for term in row if isinstance(term, NamedNode)])
    return Grid(
        heads=found.variables,
        rows=tuple(tuple(_cell(term, names) for term in row) for row in rows),
        truncated=found.truncated or len(found.rows) > MOST,
    )


def _cell(term: Term | None, names: Mapping[str, str]) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(names[term.value], term.value)
    return Cell(plain(term))
