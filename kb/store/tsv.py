"""Read a table in the TSV of SPARQL results, where what comes again is one object: a cell, a term.

Half the cells of an answer come again and again: dates, names, articles. The library's own reader makes each
term anew, which takes three times as long; what is not plainly an IRI, a literal without escapes or a whole
number is left to it. Who only compares and passes on needs no terms at all: one writer writes equal terms as
equal cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kb.namespaces import PREFIXES
from kb.store.interface import Term

MEDIA_TYPE: Final = "text/tab-separated-values"
_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")

Cell = str
"""A term as TSV writes it; "" where there is none."""
Cells = tuple[Cell, ...]
Row = tuple[Term | None, ...]


def table(content: bytes) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the names of a table's columns and its rows; None is where a cell is empty.

    Raises SyntaxError, UnicodeDecodeError for what is no such table.
    """
    names, rows = grid(content)
    return names, terms(rows)


def grid(content: bytes) -> tuple[tuple[str, ...], tuple[Cells, ...]]:
    """Return the names of a table's columns and its rows of cells. Raises UnicodeDecodeError."""
    head, *lines, _ = content.decode().split("\n")
    if not head:
        return (), tuple(() for _ in lines)
    names = tuple(name[1:] for name in head.split("\t"))
    first = dict[Cell, Cell]().setdefault
    each = (line.split("\t") for line in lines)
    return names, tuple(tuple(map(first, cells, cells)) for cells in each)


def terms(rows: Iterable[Cells]) -> tuple[Row, ...]:
    """Return rows of cells as rows of terms. Raises SyntaxError for what is no term."""
    known = _Terms()
    return tuple(tuple(map(known.__getitem__, row)) for row in rows)


class _Terms(dict[Cell, Term | None]):
    """The terms of the cells that came so far."""

    def __missing__(self, cell: Cell) -> Term | None:
        found = self[cell] = term_of(cell)
        return found


def term_of(cell: Cell) -> Term | None:
    """Return the term that a cell holds, None where it is empty. Raises SyntaxError for what is no term."""
    if not cell:
        return None
    if "\\" not in cell:
        if cell[0] == "<" and cell[1] != "<":
            return NamedNode(cell[1:-1])
        if cell[0] == '"':
            if cell[-1] == '"':
                return Literal(cell[1:-1])
            text, _, kind = cell[1:-1].partition('"^^<')
            if kind and cell[-1] == ">":
                return Literal(text, datatype=NamedNode(kind))
        if cell.isascii() and cell.isdecimal():
            return Literal(cell, datatype=_INTEGER)
    found = parse_query_results(f"?term\n{cell}\n".encode(), format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    [term] = next(found)
    return term  # type: ignore[no-any-return]
