"""Read a table in the TSV of SPARQL results, where a term that comes again is one object.

Half the terms of an answer come again and again: dates, names, articles. The library's own reader makes each
anew, which takes three times as long; what is not plainly an IRI, a text or a whole number is left to it.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kb.namespaces import PREFIXES
from kb.store.interface import Term

MEDIA_TYPE: Final = "text/tab-separated-values"
_INTEGER: Final = NamedNode(PREFIXES["xsd"] + "integer")

Row = tuple[Term | None, ...]


def table(content: bytes) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    """Return the names of a table's columns and its rows; None is where a cell is empty.

    Raises SyntaxError, UnicodeDecodeError for what is no such table.
    """
    head, *lines, _ = content.decode().split("\n")
    if not head:
        return (), tuple(() for _ in lines)
    known = _Known()
    names = tuple(name[1:] for name in head.split("\t"))
    return names, tuple(tuple(map(known.__getitem__, line.split("\t"))) for line in lines)


class _Known(dict[str, Term | None]):
    """The terms of the cells that came so far."""

    def __missing__(self, cell: str) -> Term | None:
        found = self[cell] = _term(cell)
        return found


def _term(cell: str) -> Term | None:
    if not cell:
        return None
    if "\\" not in cell:
        if cell[0] == "<" and cell[1] != "<":
            return NamedNode(cell[1:-1])
        if cell[0] == '"' and cell[-1] == '"':
            return Literal(cell[1:-1])
        if cell.isascii() and cell.isdecimal():
            return Literal(cell, datatype=_INTEGER)
    found = parse_query_results(f"?term\n{cell}\n".encode(), format=QueryResultsFormat.TSV)
    assert isinstance(found, QuerySolutions)
    [term] = next(found)
    return term  # type: ignore[no-any-return]
