"""What a reader does with a request: it asks a snapshot, and writes the answer within limits."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final, Protocol

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
from kb.store.cut import Breaks, close_of, end_of
from kb.store.formats import choose_graph, choose_results
from kb.store.interface import BOOKS
from kb.store.messages import Reply, Request
from kb.store.output import Full, NoRoom, Output
from kb.store.seen import Seen, seen

_LAST_LIMIT: Final = re.compile(
    r"""(?:[^#\\\r\n]*[\s})])?LIMIT[ \t]+(\d{1,12})(?:[ \t]+OFFSET[ \t]+\d+)?[ \t]*(?:\#[^"'\\]*)?""",
    re.IGNORECASE | re.ASCII,
)
_LINE: Final = 300
"""Characters that a last line may have to be looked at."""


class Source(Protocol):
    """Where a reader has its data from."""

    def opened(self, request: Request) -> tuple[Store, str]:
        """Return the store that a request is asked of, and its version. Raises OSError, LookupError."""
        ...


def answer(source: Source, request: Request, output: Output) -> Reply:
    """Run one request on the current snapshot, and write what comes of it; nothing counts beside an error."""
    try:
        store, version = source.opened(request)
        media_type, cut = _run(store, request, output)
    except LookupError:
        return Reply("none")
    except SyntaxError as error:
        return Reply("syntax", str(error))
    except StoreError as error:
        return Reply("store", error.problem)
    except TooLarge as error:
        return Reply("large", error.problem)
    except NoRoom as error:
        return Reply("store", f"no room for the answer: {error}")
    except RuntimeError as error:  # of the query's own making: a function that there is not, say
        return Reply("evaluation", str(error))
    except (OSError, ValueError, MemoryError) as error:
        return Reply("store", f"{type(error).__name__}: {error}")
    return Reply("", "", media_type, cut, version, output.size, output.handle is not None)


def _run(store: Store, request: Request, output: Output) -> tuple[str, bool]:
    if request.graph:
        return _read_graph(store, request.graph, output), False
    results = _results(seen(store, request.default, request.named), request)
    if isinstance(results, QuerySolutions):
        return _write(results, request, output)
    if isinstance(results, QueryBoolean):
        form = choose_results(request.accept)
        form = form if form == QueryResultsFormat.XML else QueryResultsFormat.JSON
        results.serialize(output.stream(), format=form)
        output.end()
        return form.media_type, False
    triples, truncated = _within(results, request)
    graph_form = choose_graph(request.accept)
    serialize(triples, output.stream(), format=graph_form)
    output.end()
    return graph_form.media_type, truncated


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


def _write(results: QuerySolutions, request: Request, output: Output) -> tuple[str, bool]:
    form = choose_results(request.accept)
    few = _own_limit(request.query) <= request.rows
    breaks = Breaks(form)
    output.hold_to(request.bytes, None if few else breaks.look)
    broken = False
    try:
        results.serialize(output.stream(), format=form)
    except Full:
        broken = True
    output.end()
    if not broken and (few or breaks.rows <= request.rows):
        return form.media_type, False
    end = end_of(output.view(), form, request.rows, broken=broken)
    if end is None:
        return form.media_type, False
    output.shorten(end, close_of(form))
    return form.media_type, True


def _own_limit(query: str) -> float:
    """Return to how many rows a query's last line holds it; infinite where that does not say for sure.

    A number behind LIMIT that ends a query stands in no subquery, literal or IRI, as those would be closed
    after it; nor in a comment, where no # stands before it in its line.
    """
    last = query[-_LINE:].rstrip(" \t\r\n")
    start = max(last.rfind("\n"), last.rfind("\r")) + 1
    if start == 0 and len(query) > _LINE:
        return math.inf
    found = _LAST_LIMIT.fullmatch(last, start)
    return int(found[1]) if found else math.inf


def _read_graph(store: Store, name: str, output: Output) -> str:
    if name == "names":
        owning = (
            graph for graph in store.named_graphs() if graph != BOOKS and _holds_something(store, graph)
        )
        output.write("\n".join(graph.value for graph in owning).encode())
        output.end()
        return "text/plain"
    graph = DefaultGraph() if name == "default" else NamedNode(name)
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    serialize(triples, output.stream(), format=RdfFormat.N_TRIPLES)
    output.end()
    return RdfFormat.N_TRIPLES.media_type


def _holds_something(store: Store, graph: NamedNode | BlankNode) -> bool:
    """Say whether a graph has a triple; Oxigraph keeps the names of emptied ones."""
    return next(store.quads_for_pattern(None, None, None, graph), None) is not None
