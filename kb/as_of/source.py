"""The base from which an earlier one is made: one version of it, to its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, serialize
from pyoxigraph import Store as Oxigraph

from kb.errors import StoreBusy, StoreError
from kb.namespaces import sparql_prologue
from kb.store import Limits, Term
from kb.store.embedded import EmbeddedStore
from kb.store.endpoint import Endpoint
from kb.store.interface import Store
from kb.store.opened import OpenSnapshot
from kb.store.service import ServiceStore
from kb.store.snapshots import Layout

Row = Sequence[Term | None]
_ALL = Limits(seconds=600, rows=20_000_000, bytes=2**40)
"""A cut answer would leave texts out."""


class Source(Protocol):
    """A base as it is read here."""

    @property
    def version(self) -> str: ...

    def select(self, query: str, /) -> Iterator[Row]: ...

    def content(self, name: NamedNode, /) -> bytes:
        """Return what a graph holds, as N-Triples."""

    def close(self) -> None:
        """Raise StoreBusy where the base changed while it was read."""


class SnapshotSource:
    """A snapshot of an embedded store, held open: what is written meanwhile goes to another."""

    def __init__(self, folder: Path) -> None:
        self._opened = OpenSnapshot(Layout(folder))
        try:
            self._opened.refresh()
        except (LookupError, OSError) as error:
            raise StoreError(
                "nothing can be read there", place=str(folder), repair="Run `legation build`"
            ) from error

    @property
    def version(self) -> str:
        """Return the version of the snapshot."""
        return self._opened.version

    def select(self, query: str) -> Iterator[Row]:
        """Yield the rows of a query; the project's prefixes are declared."""
        found = self._store.query(sparql_prologue() + query)
        assert isinstance(found, QuerySolutions)
        return (tuple(row) for row in found)

    def content(self, name: NamedNode) -> bytes:
        """Return what a graph holds, as N-Triples."""
        return self._store.dump(format=RdfFormat.N_TRIPLES, from_graph=name) or b""

    def close(self) -> None:
        """Do nothing: a snapshot does not change."""

    @property
    def _store(self) -> Oxigraph:
        assert self._opened.store is not None
        return self._opened.store


class ServiceSource:
    """A SPARQL service, which others may write to meanwhile."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._store = ServiceStore(endpoint, _ALL)
        self.version = self._store.version()

    def select(self, query: str) -> Iterator[Row]:
        """Yield the rows of a query; the project's prefixes are declared."""
        return iter(self._store.select(query, limits=_ALL).rows)

    def content(self, name: NamedNode) -> bytes:
        """Return what a graph holds, as N-Triples."""
        return serialize(self._store.graph(name), format=RdfFormat.N_TRIPLES) or b""

    def close(self) -> None:
        """Raise StoreBusy where the service's data changed since the beginning."""
        if self._store.version() != self.version:
            raise StoreBusy("the base changed while it was read", repair="Ask again when nobody writes to it")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a base is, as it is told to another process."""

    folder: str = ""
    query: str = ""
    update: str = ""
    user: str = ""
    password: str = ""

    @classmethod
    def of(cls, store: Store) -> Place:
        """Return where a store is. Raises StoreError for one that is neither of the two kinds."""
        if isinstance(store, EmbeddedStore):
            return cls(str(store.layout.folder))
        if isinstance(store, ServiceStore):
            at = store.endpoint
            return cls("", at.query_address, at.update_address, at.user, at.password)
        raise StoreError("this kind of store keeps nothing of earlier days", repair="Leave as_of out")

    def open(self) -> Source:
        """Open it. Raises StoreError."""
        if self.folder:
            return SnapshotSource(Path(self.folder))
        return ServiceSource(Endpoint(self.query, self.update, self.user, self.password))
