"""The store: graphs kept, questions answered; embedded in a folder, or any SPARQL 1.1 service by address."""

from __future__ import annotations

from pathlib import Path

from kb.errors import StoreError
from kb.settings import Settings
from kb.store.interface import (
    Answer,
    Change,
    Committed,
    GraphChange,
    GraphDelta,
    Limits,
    QueryKind,
    Rows,
    Store,
    Term,
    Writer,
)
from kb.store.snapshots import Kind, kind_of

__all__ = [
    "Answer",
    "Change",
    "Committed",
    "GraphChange",
    "GraphDelta",
    "Limits",
    "QueryKind",
    "Rows",
    "Store",
    "Term",
    "Writer",
    "open_store",
]


def open_store(address: str, settings: Settings | None = None) -> Store:
    """Open the store at a folder, or the SPARQL 1.1 service at an http(s) query address.

    A folder that does not exist becomes a store at its first commit. Raises StoreError for a folder that
    holds something else, for an address of another scheme, and for a service that is away or would answer
    from graphs that were not asked.
    """
    settings = settings or Settings()
    scheme, mark, _ = address.partition("://")
    if mark and scheme not in ("http", "https"):
        raise StoreError(
            f"{scheme}:// is no address of a store", repair="Give a folder, or an http:// or https:// address"
        )
    # Imported when needed: reader processes import this package, and must stay small and quick to start.
    if mark:
        from kb.store.service import ServiceStore

        return ServiceStore.open(address, settings)
    if kind_of(Path(address)) is Kind.WORKBENCH:
        from kb.store.workbench import WorkbenchStore

        return WorkbenchStore.open(Path(address), settings)
    from kb.store.embedded import EmbeddedStore

    return EmbeddedStore.open(Path(address), settings)
