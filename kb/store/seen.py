"""What a query sees of a snapshot: its own default graph, or the graphs that a data set names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

from kb.errors import TooLarge
from kb.store.interface import BOOKS, DEFAULT_NAMES, VISIBLE

MERGED: Final = 200_000
"""How many triples may be merged for a query that names several default graphs."""

Graph = NamedNode | BlankNode | DefaultGraph
_OWN: Final[list[Graph]] = [DefaultGraph()]
_SHOWN: Final[list[NamedNode | BlankNode]] = list(VISIBLE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A store, and which of its graphs a query runs over."""

    store: Store
    default: list[Graph]
    named: list[NamedNode | BlankNode] | None
    """None: every one there is."""


def seen(store: Store, default: Sequence[str] | None, named: Sequence[str] | None) -> Seen:
    """Return what a query sees where a data set names graphs (IRIs), None for those that the store shows.

    Several default graphs are merged in a store of their own: Oxigraph would count a triple once for each
    graph that has it. Raises TooLarge where they have more than MERGED triples.
    """
    if default is None and named is None:
        return Seen(store, _OWN, _shown(store))
    graphs = _graphs(default or ())
    names = [graph for graph in _graphs(named or ()) if isinstance(graph, NamedNode)]
    if len(graphs) < 2:
        return Seen(store, graphs, list(names))
    return Seen(_merged(store, graphs, names), [DefaultGraph()], list(names))


def _shown(store: Store) -> list[NamedNode | BlankNode] | None:
    """Return what GRAPH ranges over: in a base, not the thousands of articles' graphs; else every graph."""
    return _SHOWN if store.contains_named_graph(BOOKS) else None


def _graphs(names: Iterable[str]) -> list[Graph]:
    """Return graphs by name, each once, without the store's own books and what can be no name."""
    found: dict[Graph, None] = {}
    for name in names:
        if name in DEFAULT_NAMES:
            found[DefaultGraph()] = None
        elif name != BOOKS.value:
            try:
                found[NamedNode(name)] = None
            except ValueError:  # no graph can have that name, so none has
                continue
    return list(found)


def _merged(store: Store, default: Sequence[Graph], named: Sequence[NamedNode]) -> Store:
    made = Store()
    into_default = (_moved(quad, DefaultGraph()) for graph in default for quad in _quads(store, graph))
    kept = (quad for graph in named for quad in _quads(store, graph))
    made.extend(_counted(chain(into_default, kept)))
    return made


def _quads(store: Store, graph: Graph) -> Iterator[Quad]:
    return iter(store.quads_for_pattern(None, None, None, graph))


def _moved(quad: Quad, graph: Graph) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, graph)


def _counted(quads: Iterable[Quad]) -> Iterator[Quad]:
    for number, quad in enumerate(quads):
        if number == MERGED:
            raise TooLarge(
                f"the graphs that the query names have more than {MERGED:,} triples together",
                repair="Name one default graph, or smaller ones",
            )
        yield quad
