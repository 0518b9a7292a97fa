"""What a SPARQL query gave, as a grid of cells for the eye."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, parse

from api.presentation.answers import MOST, Cell
from api.presentation.labels import labels
from api.sparql.protocol import Sent
from kb.queries.formats import turtle
from kb.queries.values import Term, plain
from kb.store import Store
from kb.store.interface import Answer, QueryKind
from kb.store.querying import rows_of


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under heads; or one word, or a text, where the query was no SELECT."""

    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    truncated: bool = False
    text: str = ""


def grid(store: Store, sent: Sent) -> Grid:
    """Run a query and return its result for a page.

    Raises BadQuery; ForbiddenQuery; QueryTimeout.
    """
    kind = store.screen(sent.query).kind
    if kind is QueryKind.SELECT:
        return _rows(store, sent)
    if kind is QueryKind.ASK:
        truth = _asked(store, sent, QueryResultsFormat.JSON.media_type).whole()
        return Grid(text="Yes" if json.loads(truth)["boolean"] else "No")
    return _graph(store, sent)


def _asked(store: Store, sent: Sent, media_type: str) -> Answer:
    """Run a query for as many rows or triples as a page shows; forms for data give all up to the limit."""
    limits = replace(store.limits, rows=min(MOST, store.limits.rows))
    return store.query_bytes(
        sent.query, media_type, limits, dataset=sent.dataset, stranger=True, base=sent.base
    )


def _graph(store: Store, sent: Sent) -> Grid:
    found = _asked(store, sent, RdfFormat.N_TRIPLES.media_type)
    triples = {quad.triple for quad in parse(found.whole(), format=RdfFormat.N_TRIPLES)}
    return Grid(text=turtle(triples), truncated=found.truncated)


def _rows(store: Store, sent: Sent) -> Grid:
    found = rows_of(_asked(store, sent, QueryResultsFormat.TSV.media_type))
    names = labels(store, [term.value for row in found.rows for term in row if isinstance(term, NamedNode)])
    return Grid(
        heads=found.variables,
        rows=tuple(tuple(_cell(term, names) for term in row) for row in found.rows),
        truncated=found.truncated,
    )


def _cell(term: Term | None, names: Mapping[str, str]) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(names[term.value], term.value)
    return Cell(plain(term))
