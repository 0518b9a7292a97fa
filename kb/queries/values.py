"""A value in an answer: as a cell of the store's TSV, as a term, as plain text."""

from __future__ import annotations

from pyoxigraph import Triple

from kb.store import Term
from kb.store.tsv import Cell, Cells, Row, term_of, terms

__all__ = ["Cell", "Cells", "Row", "Term", "plain", "plain_of", "term_of", "terms"]


def plain(term: Term | None) -> str:
    """Return a term's text: an IRI in full, a literal without its type, nothing for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value


def plain_of(cell: Cell) -> str:
    """Return the text of the term in a cell, as ``plain`` does."""
    if "\\" not in cell:
        if cell[:1] == '"':
            return cell[1 : cell.index('"', 1)]
        if cell[:1] == "<" and cell[:2] != "<<":
            return cell[1:-1]
    return plain(term_of(cell))
