"""What a forked reader asks: the copy in memory where it is current and holds the graphs, else the files.

A copy holds the default graph and those graphs that are no part of it. What stands in the default graph is
not held a second time under its graph's name: that would double what it takes, and what each look-up walks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from kb.store.interface import BOOKS, DEFAULT_NAMES, UNASKED
from kb.store.messages import Request
from kb.store.opened import OpenSnapshot, Place

DEFAULT: Final = "default"
"""How the default graph is called on the way from the files to the copy."""
COPIED: Final = (DEFAULT, *sorted(graph.value for graph in UNASKED))
"""The graphs that a copy holds."""
_HELD: Final = frozenset(COPIED) | DEFAULT_NAMES | {BOOKS.value}
"""Names for which the copy answers as the files do: the books are never shown."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What can be asked of one snapshot."""

    store: Store
    place: Place
    version: str


def load(streams: Iterable[tuple[str, int]], place: Place, version: str) -> Copy:
    """Make a copy of graphs that come as N-Triples on open files. Raises SyntaxError, OSError."""
    store = Store()
    for name, handle in streams:
        with open(handle, "rb") as stream:
            store.load(stream, format=RdfFormat.N_TRIPLES, to_graph=graph_of(name))
    store.add_graph(BOOKS)  # by which a base is known
    return Copy(store, place, version)


def graph_of(name: str) -> NamedNode | DefaultGraph:
    """Return the graph of a name in COPIED."""
    return DefaultGraph() if name == DEFAULT else NamedNode(name)


@dataclass(slots=True)
class CopiedSnapshot:
    """A copy, and the files beside it."""

    copy: Copy
    disk: OpenSnapshot

    def opened(self, request: Request) -> tuple[Store, str]:
        """Return the store to ask, and its version. Raises as OpenSnapshot.opened."""
        if _holds(request) and self.disk.place() == self.copy.place:
            return self.copy.store, self.copy.version
        return self.disk.opened(request)


def _holds(request: Request) -> bool:
    if request.graph:
        return False
    named = (*(request.default or ()), *(request.named or ()))
    # A data set of its own says itself what GRAPH ranges over.
    chosen = request.default is not None or request.named is not None
    return _HELD.issuperset(named) and (request.aside or chosen)
