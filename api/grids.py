"""What a SPARQL query gave, as a grid of cells for the eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kb.store.guard import QueryKind, check
from pyoxigraph import NamedNode

from api.answers import Cell
from api.labels import labels
from kb.queries.values import Term, plain
from kb.store import Store

MOST: Final = 1_000
"""How many rows a page shows; data formats give all up to the store's limit."""


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
    kind = check(query).kind
    if kind is QueryKind.SELECT:
        return _rows(store, query)
    media_type = "text/csv" if kind is QueryKind.ASK else "text/turtle"
    found = store.query_bytes(query, media_type)
    return Grid(text=found.content.decode(), truncated=found.truncated)


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
