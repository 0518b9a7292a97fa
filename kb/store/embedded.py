"""The store in a folder: Oxigraph, one writer, and readers on snapshots."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kb.errors import StoreError, TooLarge, Unanswerable
from kb.settings import Settings
from kb.store.aside import stays_aside
from kb.store.binding import at_most, declare
from kb.store.dataset import split
from kb.store.federation import Call, service_calls
from kb.store.federation_relay import relayed
from kb.store.guard import screen
from kb.store.interface import Answer, Dataset, Limits, Writer
from kb.store.lanes import signature
from kb.store.lock import writer_lock
from kb.store.messages import Request
from kb.store.owners import version_of
from kb.store.pools import Pools, readers_of
from kb.store.querying import QueryingStore, limits_of
from kb.store.reader import Received
from kb.store.shape import Shape
from kb.store.snapshots import Layout
from kb.store.syntax import syntax_error
from kb.store.writer import EmbeddedWriter


@dataclass(slots=True)
class EmbeddedStore(QueryingStore):
    """A store in a folder. Reads need no lock and see the last commit."""

    layout: Layout
    readers: Pools
    _limits: Limits
    _turn: threading.RLock = field(default_factory=threading.RLock)
    _writer: EmbeddedWriter | None = None

    @classmethod
    def open(cls, folder: Path, settings: Settings) -> EmbeddedStore:
        """Open a folder; a missing or empty one becomes a store at the first commit.

        Raises StoreError for a folder that holds something else or a store of a newer format.
        """
        layout = Layout(folder.absolute())
        layout.check()
        return cls(layout, readers_of(layout, settings), limits_of(settings))

    @property
    def limits(self) -> Limits:
        """See Store.limits."""
        return self._limits

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """See Store.writing. Threads of this process wait for each other; another process gets StoreBusy."""
        with self._turn:
            if self._writer is not None:
                yield self._writer
                return
            self._make_folder()
            layout = self.layout.resolved()  # a link may lead elsewhere before this ends
            with writer_lock(layout.folder):
                self._writer = self._open_writer(layout)
                try:
                    yield self._writer
                finally:
                    self._writer.live = None  # closes Oxigraph's files before the lock is let go
                    self._writer = None

    def _make_folder(self) -> None:
        self.layout.check()
        try:
            self.layout.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def _open_writer(self, layout: Layout) -> EmbeddedWriter:
        try:
            return EmbeddedWriter.open(layout)
        except (OSError, RuntimeError) as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: Exception) -> StoreError:
        return StoreError(
            f"the store cannot be written: {error}",
            place=str(self.layout.folder),
            repair="Make room on the disk, or give a folder that you may write",
        )

    def screen(self, query: str) -> Shape:
        """See Store.screen; listed services may be called."""
        return screen(query, self.readers.services.addresses)

    def query_bytes(
        self,
        query: str,
        accept: str = "*/*",
        limits: Limits | None = None,
        *,
        dataset: Dataset | None = None,
        stranger: bool = False,
        base: str = "",
    ) -> Answer:
        """See Store.query_bytes."""
        formed = self.screen(query)
        own, chosen = split(query, formed, base)
        graphs = dataset or chosen
        wanted = limits or self._limits
        calls = self._calls(own, formed)
        with relayed(own, calls, self.readers.services, wanted) as run:
            request = Request(
                # One row more than allowed tells a full answer from a cut one.
                query=at_most(declare(run), wanted.rows + 1),
                accept=accept,
                seconds=wanted.seconds,
                rows=wanted.rows,
                bytes=wanted.bytes,
                default=graphs.default if graphs else None,
                named=graphs.named if graphs else None,
                aside=stays_aside(own, formed, base),
                base=base,
            )
            received = self._ask(request, shape=signature(formed) if stranger else None, calling=bool(calls))
        reply = received.reply
        if reply.error == "syntax":
            raise syntax_error(query, reply.message)
        return Answer(received.content, reply.media_type, reply.cut, reply.version, received.spool)

    def side_by_side(self) -> int:
        """See Store.side_by_side: as many as readers rest, and no more than there are processors."""
        return max(1, min(self.readers.house.resting, len(os.sched_getaffinity(0))))

    def _calls(self, query: str, formed: Shape) -> tuple[Call, ...]:
        if "service" not in query.lower():
            return ()
        return service_calls(query, formed.tokens, self.readers.services.addresses)

    def graph(self, name: NamedNode) -> set[Triple]:
        """See Store.graph."""
        return self._triples(name.value)

    def default_graph(self) -> set[Triple]:
        """See Store.default_graph."""
        return self._triples("default")

    def graph_names(self) -> set[NamedNode]:
        """See Store.graph_names."""
        content = self._whole("names")
        return {NamedNode(line) for line in content.decode().split("\n") if line}

    def version(self) -> str:
        """See Store.version."""
        current = self.layout.current()
        return version_of(0) if current is None else current.version

    def keep_in_memory(self) -> None:
        """See Store.keep_in_memory."""
        self.readers.keep_in_memory()

    def close(self) -> None:
        """See Store.close."""
        self.readers.close()

    def _triples(self, graph: str) -> set[Triple]:
        content = self._whole(graph)
        return {quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)}

    def _whole(self, graph: str) -> bytes:
        """Return a graph whole: a part of it would be taken for all."""
        received = self._ask(Request("", "", _WHOLE_SECONDS, 0, 0, graph))
        return received.content if received.spool is None else received.spool.read()

    def _ask(self, request: Request, *, shape: int | None = None, calling: bool = False) -> Received:
        received = self.readers.ask(request, shape=shape, calling=calling)
        error, message = received.reply.error, received.reply.message
        if error == "large":
            raise TooLarge(message, repair="Name one default graph, or smaller ones")
        if error == "evaluation" and not calling:  # with a call, the relay may know better what failed
            raise Unanswerable(f"it cannot be answered: {_brief(message)}", repair="Write it without that")
        if error and error != "syntax":
            problem = (
                "nothing has been built here yet"
                if error == "none"
                else f"the store cannot be read: {_brief(message)}"
            )
            raise StoreError(problem, place=str(self.layout.folder), repair=_BUILD)
        return received


def _brief(message: str) -> str:
    """Return a message without what a query may have put into it at length."""
    return message if len(message) <= 200 else f"{message[:200]}…"


_WHOLE_SECONDS = 600.0
_BUILD = "Run `legation build` with the same --store"
