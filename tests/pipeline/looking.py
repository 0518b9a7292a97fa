"""Ways to look at a whole store."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kb.namespaces import sparql_prologue
from kb.store import Store
from kb.terms import Triple, graph

Content = dict[NamedNode, set[Triple]]

CARD = """
SELECT DISTINCT ?leader ?facility WHERE {
  ?visit lg:visitingLeaderOf state:AVA ; lg:visitor ?leader ; lg:atFacility ?facility .
  ?facility lg:inState state:BOR }
"""
"""The question that the whole base is for: where have leaders of one state been in another?"""


def content(store: Store, but: frozenset[NamedNode] = frozenset()) -> Content:
    """Return all owning graphs of a store, but for some."""
    return {name: store.graph(name) for name in store.graph_names() - but}


def ask(store: Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query, each value as the last part of its IRI or as text, sorted."""
    rows = store.select(sparql_prologue() + query).rows
    return sorted(
        tuple("" if term is None else getattr(term, "value", str(term)).rpartition("/")[2] for term in row)
        for row in rows
    )


def events(store: Store, name: str) -> set[str]:
    """Return the kinds and dates of the events of one graph, as "Visit 2003-06-03"."""
    query = (
        """SELECT ?kind ?time WHERE { GRAPH $g { ?event lg:kind ?kind OPTIONAL { ?event lg:time ?time } } }"""
    )
    rows = ask(store, query.replace("$g", str(graph(name))))
    return {f"{kind} {time}".strip() for kind, time in rows}
