"""A reader process: it opens snapshots, answers one query after another, and may be killed at any time.

Run as ``python -m kb.store.worker FOLDER MEMORY NETWORK SPOOL`` with a socket as standard input; NETWORK is
"offline" or, for a reader whose queries call the relay to other services, "online". Requests come on
it, replies go on it; each is a line of JSON. A reply is followed by as many bytes as its ``size`` says, or
comes with the handle of a file that holds them. It imports little and opens only snapshots: opening the
writer's own files while it writes fails now and then.
"""

from __future__ import annotations

import io
import json
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kb.errors import StoreError, TooLarge
from kb.store.cut import cut
from kb.store.formats import choose_graph, choose_results
from kb.store.interface import BOOKS
from kb.store.offline import go_offline
from kb.store.opened import OpenSnapshot
from kb.store.seen import Seen, seen
from kb.store.snapshots import Layout
from kb.store.spool import INLINE, spooled

if TYPE_CHECKING:
    from typing_extensions import Buffer

OFFLINE: Final = "offline"
ONLINE: Final = "online"
_GRACE: Final = 1.0
"""Seconds after which a reader ends itself, should the process that would stop it be gone."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to run, how to write the answer, how far to go."""

    query: str
    accept: str
    seconds: float
    rows: int
    bytes: int
    graph: str = ""
    """Instead of a query: the graph wanted whole, "default", or "names" for the owning graphs' names."""
    default: tuple[str, ...] | None = None
    """The graphs that the default graph is merged of; None: the store's own."""
    named: tuple[str, ...] | None = None
    """The graphs that GRAPH ranges over; None: those that the store shows."""
    base: str = ""
    """What relative IRIs are resolved against; empty: nothing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of it; ``error`` is "", "syntax", "evaluation", "store", "large" or "none" (no store)."""

    error: str = ""
    message: str = ""
    media_type: str = ""
    cut: bool = False
    version: str = ""
    size: int = 0
    spooled: bool = False
    """Whether the bytes are in the file whose handle comes with this reply."""


def line_of(record: Request | Reply) -> bytes:
    """Return a record as it is sent."""
    return json.dumps({name: getattr(record, name) for name in record.__slots__}).encode("ascii") + b"\n"


class _Full(Exception):
    """The answer reached its limit of bytes."""


class _Bounded(io.BytesIO):
    """Somewhere to write to, up to a number of bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, part: Buffer, /) -> int:
        written = super().write(part)
        if self.tell() > self.limit:
            raise _Full
        return written


def main(arguments: list[str]) -> int:
    """Answer requests until nobody is at the other end."""
    folder, memory, network, spool = arguments
    if network == OFFLINE:
        go_offline()
    # Anonymous memory only: the store's own files are mapped and do not count.
    resource.setrlimit(resource.RLIMIT_DATA, (int(memory), resource.RLIM_INFINITY))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that owns this one
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    snapshot = OpenSnapshot(Layout(Path(folder)))
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as line, line.makefile("rb") as requests:
        for sent in requests:
            request = Request(**json.loads(sent))
            _hold_to(request.seconds)
            reply, content = answer(snapshot, request)
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(line, reply, content, spool or None)
    return 0


def _hold_to(seconds: float) -> None:
    """End this process should the query take longer, by the clock or by the processor."""
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + _GRACE)
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def send(line: socket.socket, reply: Reply, content: bytes, folder: str | None) -> None:
    """Send a reply: its bytes behind it, or beside it in a file of that folder where they are many."""
    if len(content) <= INLINE:
        line.sendall(line_of(reply) + content)
        return
    try:
        handle = spooled(content, folder)
    except OSError as error:
        failed = Reply("store", f"no room for the answer: {error.strerror}")
        line.sendall(line_of(failed))
        return
    try:
        first = line_of(replace(reply, spooled=True))
        sent = socket.send_fds(line, [first], [handle])
        line.sendall(first[sent:])
    finally:
        os.close(handle)


def answer(snapshot: OpenSnapshot, request: Request) -> tuple[Reply, bytes]:
    """Run one request on the current snapshot."""
    try:
        snapshot.refresh()
        assert snapshot.store is not None
        media_type, cut, content = _run(snapshot.store, request)
    except LookupError:
        return Reply("none"), b""
    except SyntaxError as error:
        return Reply("syntax", str(error)), b""
    except StoreError as error:
        return Reply("store", error.problem), b""
    except TooLarge as error:
        return Reply("large", error.problem), b""
    except RuntimeError as error:  # of the query's own making: a function that there is not, say
        return Reply("evaluation", str(error)), b""
    except (OSError, ValueError, MemoryError) as error:
        return Reply("store", f"{type(error).__name__}: {error}"), b""
    return Reply("", "", media_type, cut, snapshot.version, len(content)), content


def _run(store: Store, request: Request) -> tuple[str, bool, bytes]:
    if request.graph:
        return _read_graph(store, request.graph)
    results = _results(seen(store, request.default, request.named), request)
    if isinstance(results, QuerySolutions | QueryBoolean):
        form = choose_results(request.accept)
        if isinstance(results, QueryBoolean):
            form = form if form == QueryResultsFormat.XML else QueryResultsFormat.JSON
        return _write(results, form, request)
    triples, truncated = _within(results, request)
    graph_form = choose_graph(request.accept)
    content = serialize(triples, format=graph_form)
    assert content is not None
    return graph_form.media_type, truncated, content


def _results(over: Seen, request: Request) -> QuerySolutions | QueryBoolean | QueryTriples:
    return over.store.query(
        request.query,
        base_iri=request.base or None,
        default_graph=over.default,
        named_graphs=over.named,
    )


def _within(triples: Iterable[Triple], request: Request) -> tuple[list[Triple], bool]:
    """Return as many triples as the limits let through, and whether there were more.

    Bytes are counted as N-Triples: the other forms are shorter, or longer by their escapes.
    """
    kept: list[Triple] = []
    size = 0
    for triple in triples:
        size += len(str(triple).encode()) + len(" .\n")
        if len(kept) == request.rows or size > request.bytes:
            return kept, True
        kept.append(triple)
    return kept, False


def _write(
    results: QuerySolutions | QueryBoolean, form: QueryResultsFormat, request: Request
) -> tuple[str, bool, bytes]:
    output = _Bounded(request.bytes)
    broken = False
    try:
        results.serialize(output, format=form)
    except _Full:
        broken = True
    content = output.getvalue()
    if isinstance(results, QueryBoolean):
        return form.media_type, False, content
    content, truncated = cut(content, form, request.rows, broken=broken)
    return form.media_type, truncated, content


def _read_graph(store: Store, name: str) -> tuple[str, bool, bytes]:
    if name == "names":
        owning = (
            graph for graph in store.named_graphs() if graph != BOOKS and _holds_something(store, graph)
        )
        return "text/plain", False, "\n".join(graph.value for graph in owning).encode()
    graph = DefaultGraph() if name == "default" else NamedNode(name)
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None
    return RdfFormat.N_TRIPLES.media_type, False, content


def _holds_something(store: Store, graph: NamedNode | BlankNode) -> bool:
    """Say whether a graph has a triple; Oxigraph keeps the names of emptied ones."""
    return next(store.quads_for_pattern(None, None, None, graph), None) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
