"""Rows of terms as the cells in which a store would write them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, QueryResultsFormat, QuerySolutions, Store

from kb.queries.values import Cell, Cells, Term


def cells_of(row: Iterable[Term | None]) -> Cells:
    """Return the cells of a row."""
    return tuple(map(cell_of, row))


def cell_of(term: Term | None) -> Cell:
    """Return the cell of a term; the engine writes it, but for blank nodes, whose names it would change."""
    if term is None or isinstance(term, BlankNode):
        return "" if term is None else str(term)
    found = Store().query(f"SELECT ?a {{ VALUES ?a {{ {term} }} }}")
    assert isinstance(found, QuerySolutions)
    content = found.serialize(format=QueryResultsFormat.TSV)
    assert content is not None
    return content.decode().split("\n")[1]
