"""What a reader does with a request: it asks a snapshot, and writes the answer within limits."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

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
from kb.store.messages import Reply, Request
from kb.store.seen import Seen, seen

if TYPE_CHECKING:
    from typing_extensions import Buffer


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


class Source(Protocol):
    """Where a reader has its data from."""

    def opened(self, request: Request) -> tuple[Store, str]:
        """Return the store that a request is asked of, and its version. Raises OSError, LookupError."""
        ...


def answer(source: Source, request: Request) -> tuple[Reply, bytes]:
    """Run one request on the current snapshot."""
    try:
        store, version = source.opened(request)
        media_type, cut, content = _run(store, request)
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
    return Reply("", "", media_type, cut, version, len(content)), content


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
