"""Small invented triples and graphs for the store's tests."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import PREFIXES
from kb.store import GraphChange, Store, Term

EX = "https://example.org/"
P = NamedNode(EX + "p")


def g(name: str) -> NamedNode:
    return NamedNode(PREFIXES["g"] + name)


def art(name: str) -> NamedNode:
    return NamedNode(PREFIXES["art"] + name)


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def triple(subject: str, value: str | NamedNode | Literal) -> Triple:
    return Triple(node(subject), P, Literal(value) if isinstance(value, str) else value)


def whole(graph: NamedNode, *triples: Triple) -> GraphChange:
    return GraphChange(graph, frozenset(triples))


def values(store: Store, query: str, **bindings: Term) -> list[str]:
    """Return the first column of a query's rows as text, sorted; "" where it is unbound."""
    rows = store.select(query, bindings=bindings).rows
    return sorted("" if row[0] is None else str(getattr(row[0], "value", row[0])) for row in rows)


def union(graphs: Iterable[set[Triple]]) -> set[Triple]:
    return set().union(*graphs)
