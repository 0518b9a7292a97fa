"""A workbench: a plain RDF data set in a folder, changed by SPARQL Update or a graph at a time.

It is kept as a base is (kb.store.snapshots), without its books of whose a triple is: nothing is rebuilt from
claims, so anything may be changed. A base never becomes a workbench, nor the other way round.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode

from kb.errors import StoreBusy, StoreError, TooLarge
from kb.settings import Settings
from kb.store.binding import sparql_term
from kb.store.embedded import EmbeddedStore
from kb.store.interface import Dataset, Writer
from kb.store.pools import readers_of
from kb.store.querying import limits_of
from kb.store.snapshots import Kind, Layout
from kb.store.workbench_orders import NO_CONDITION, Condition, Deed, Order, Outcome, Part
from kb.store.workbench_process import WriterProcess

__all__ = ["Condition", "Outcome", "Part", "WorkbenchStore"]

_NO_GRAPHS = Dataset((), ())


@dataclass(slots=True)
class WorkbenchStore(EmbeddedStore):
    """A workbench in a folder. Queries see its default graph and every named one."""

    writer_process: WriterProcess | None = None
    """None: it is only read."""
    update_seconds: float = 0.0
    update_bytes: int = 0
    _one: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, folder: Path, settings: Settings, *, writable: bool = False) -> WorkbenchStore:
        """Open a workbench; with ``writable`` a missing or empty folder becomes one.

        Raises StoreError for a folder that holds something else, StoreBusy when another process writes it.
        """
        layout = Layout(folder.absolute(), Kind.WORKBENCH)
        layout.check()
        process = WriterProcess(layout, settings.reader_bytes) if writable else None
        if process is not None:
            _make(layout.folder)
            process.start()
        return cls(
            layout,
            readers_of(layout, settings),
            limits_of(settings),
            writer_process=process,
            update_seconds=settings.update_seconds,
            update_bytes=settings.update_bytes,
        )

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Refuse: what builds a base owns its triples, and a workbench has no books for that."""
        raise StoreError(
            "the folder holds a workbench, not a base",
            place=str(self.layout.folder),
            repair="Give a folder of its own with --store",
        )
        yield  # a context manager all the same

    @property
    def writable(self) -> bool:
        """Tell whether it may be changed."""
        return self.writer_process is not None

    def update(
        self, text: str, *, using: Dataset = _NO_GRAPHS, base: str = "", condition: Condition = NO_CONDITION
    ) -> Outcome:
        """Carry out a SPARQL 1.1 Update request, all of it or nothing.

        ``using`` has the graphs that the protocol names, ``base`` is what relative IRIs are resolved against.
        Raises BadQuery, ForbiddenQuery (LOAD, SERVICE), TooLarge, QueryTimeout, StoreBusy, StoreError;
        ConditionFailed.
        """
        part = Part(text.encode("utf-8"), "")
        order = self._order(Deed.UPDATE, None, [part], base, condition, using)
        return self._carried_out(order, [part])

    def put(
        self,
        graph: NamedNode | None,
        parts: Sequence[Part],
        base: str,
        condition: Condition = NO_CONDITION,
    ) -> Outcome:
        """Make RDF the whole content of a graph (None: the default graph). Blank nodes are its own.

        Media types are those of kb.store.formats.GRAPHS. Raises BadContent, ConditionFailed, and
        as ``update`` does.
        """
        return self._carried_out(self._order(Deed.PUT, graph, parts, base, condition), parts)

    def post(
        self,
        graph: NamedNode | None,
        parts: Sequence[Part],
        base: str,
        condition: Condition = NO_CONDITION,
    ) -> Outcome:
        """Add RDF to a graph. See ``put``."""
        return self._carried_out(self._order(Deed.POST, graph, parts, base, condition), parts)

    def delete(self, graph: NamedNode | None, condition: Condition = NO_CONDITION) -> Outcome:
        """Remove a graph, or empty the default graph. Raises NotFound, and as ``put`` does."""
        return self._carried_out(self._order(Deed.DELETE, graph, [], "", condition), [])

    def exists(self, graph: NamedNode) -> bool:
        """Tell whether there is a graph of that name; one may be there and empty."""
        return self.ask(f"ASK {{ GRAPH {sparql_term(graph)} {{}} }}")

    def keep_in_memory(self) -> None:
        """See Store.keep_in_memory: a workbench changes too often for a copy."""

    def close(self) -> None:
        """See Store.close."""
        if self.writer_process is not None:
            self.writer_process.stop()
        self.readers.close()

    def _order(
        self,
        deed: Deed,
        graph: NamedNode | None,
        parts: Sequence[Part],
        base: str,
        condition: Condition,
        using: Dataset = _NO_GRAPHS,
    ) -> Order:
        return Order(
            deed,
            self.update_seconds,
            tuple(len(part.content) for part in parts),
            tuple(part.media_type for part in parts),
            None if graph is None else graph.value,
            using.default,
            using.named,
            base,
            condition,
        )

    def _carried_out(self, order: Order, parts: Sequence[Part]) -> Outcome:
        if self.writer_process is None:
            raise StoreError(
                "the workbench is only read", place=str(self.layout.folder), repair="Serve it with --writable"
            )
        if sum(order.sizes) > self.update_bytes:
            raise TooLarge(
                f"what was sent has {sum(order.sizes):,} bytes, the limit is {self.update_bytes:,}",
                repair="Send it in parts, or raise LEGATION_UPDATE_BYTES",
            )
        if not self._one.acquire(timeout=self.update_seconds):
            raise StoreBusy("other changes ran the whole time that it waited", repair="Send it again later")
        try:
            return self.writer_process.carry_out(order, list(parts))
        finally:
            self._one.release()


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the workbench cannot be made: {error}",
            place=str(folder),
            repair="Give a folder that you may write",
        ) from error
