"""Ask the store and get plain texts: what pages are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode

from kb.namespaces import sparql_prologue
from kb.queries.values import Term, plain
from kb.store import Store
from kb.store.binding import sparql_term

Texts = Mapping[str, str]
"""One row: the text of each column that is not empty."""
_BATCH: Final = 500
"""Things that are asked about at once: a query may be only so long."""


def texts(store: Store, query: str, **bindings: Term) -> list[Texts]:
    """Return a SELECT query's rows as texts; it may use the project's prefixes undeclared."""
    found = store.select(sparql_prologue() + query, bindings=bindings)
    return [
        {name: plain(term) for name, term in zip(found.variables, row, strict=True) if term is not None}
        for row in found.rows
    ]


def texts_about(store: Store, query: str, iris: Iterable[str]) -> Iterator[Texts]:
    """Yield the rows that a query gives of things, many at once; where ``%s`` stands, VALUES has them."""
    wanted = sorted(set(iris))
    for start in range(0, len(wanted), _BATCH):
        batch = " ".join(sparql_term(NamedNode(iri)) for iri in wanted[start : start + _BATCH])
        yield from texts(store, query % batch)
