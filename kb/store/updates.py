"""A plan as one SPARQL update request: both stores change in one request or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import LG
from kb.store.binding import sparql_term
from kb.store.interface import BOOKS
from kb.store.owners import Plan

SUM = NamedNode(LG + "contentSum")
"""The books' one property: the sum over all owned triples, 64 hex digits."""


def transaction(plan: Plan, before: int, after: int, main: NamedNode | None = None) -> str:
    """Return the update request that carries out a plan and enters the new sum into the books.

    ``main`` is the graph that stands for the default graph; None: the real one.
    """
    lost = [*_in_graph(main, plan.leaves), *_in_graphs(plan.removed), *_in_graph(BOOKS, [_sum(before)])]
    gained = [*_in_graph(main, plan.joins), *_in_graphs(plan.added), *_in_graph(BOOKS, [_sum(after)])]
    return f"DELETE DATA {{\n{''.join(lost)}}} ;\nINSERT DATA {{\n{''.join(gained)}}}"


def _sum(total: int) -> Triple:
    return Triple(BOOKS, SUM, Literal(f"{total:064x}"))


def _in_graphs(owned: Iterable[tuple[NamedNode, Triple]]) -> Iterator[str]:
    ordered = sorted(owned, key=lambda pair: pair[0].value)
    for graph, pairs in groupby(ordered, key=lambda pair: pair[0]):
        yield from _in_graph(graph, (triple for _, triple in pairs))


def _in_graph(graph: NamedNode | None, triples: Iterable[Triple]) -> Iterator[str]:
    lines = [f"{' '.join(sparql_term(term) for term in triple)} .\n" for triple in triples]
    if not lines or graph is None:
        yield from lines
        return
    yield f"GRAPH {sparql_term(graph)} {{\n"
    yield from lines
    yield "}\n"
