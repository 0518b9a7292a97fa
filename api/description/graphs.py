"""Which named graphs a query can name."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from api.querying.service import Service
from kb.store import Store
from kb.store.interface import VISIBLE, Limits
from kb.store.workbench import WorkbenchStore

MOST: Final = 1000
"""How many graphs of a workbench are told; a base has a dozen."""

_SOME: Final = "ASK { GRAPH ?graph { ?thing ?property ?value } }"
_NAMES: Final = "SELECT ?graph { GRAPH ?graph { } }"


def named_graphs(service: Service) -> tuple[tuple[str, ...], bool]:
    """Return the IRIs of the graphs that hold something, and whether there are more than MOST."""
    return service.remembered(
        "description: graphs", _of_workbench if is_workbench(service.store) else _of_base
    )


def is_workbench(store: Store) -> bool:
    """Tell whether a store is a plain data set, not a base."""
    return isinstance(store, WorkbenchStore)


def takes_updates(store: Store) -> bool:
    """Tell whether a store is changed over HTTP by whoever may."""
    return isinstance(store, WorkbenchStore) and store.writable


def _of_base(store: Store) -> tuple[tuple[str, ...], bool]:
    return tuple(graph.value for graph in VISIBLE if store.ask(_SOME, bindings={"graph": graph})), False


def _of_workbench(store: Store) -> tuple[tuple[str, ...], bool]:
    limits = Limits(store.limits.seconds, MOST, store.limits.bytes)
    found = store.select(_NAMES, limits=limits)
    names = sorted({row[0].value for row in found if isinstance(row[0], NamedNode)})
    return tuple(names), found.truncated
