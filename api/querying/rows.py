"""Ask the store and get plain texts: what pages are made of."""

from __future__ import annotations

from collections.abc import Mapping

from kb.namespaces import sparql_prologue
from kb.queries.values import Term, plain
from kb.store import Store

Texts = Mapping[str, str]
"""One row: the text of each column that is not empty."""


def texts(store: Store, query: str, **bindings: Term) -> list[Texts]:
    """Return a SELECT query's rows as texts; it may use the project's prefixes undeclared."""
    found = store.select(sparql_prologue() + query, bindings=bindings)
    return [
        {name: plain(term) for name, term in zip(found.variables, row, strict=True) if term is not None}
        for row in found.rows
    ]
