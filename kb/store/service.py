"""The store at an address: any SPARQL 1.1 service. What is asked stands in g:main, sent as default graph.

One process at a time should write: the service knows no lock of ours. Threads of one wait for each other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple, parse_query_results, serialize

from kb.errors import StoreError, TooLarge
from kb.namespaces import PREFIXES
from kb.settings import Settings
from kb.store.binding import at_most, declare, sparql_term
from kb.store.cut import cut
from kb.store.dataset import split
from kb.store.endpoint import Endpoint, NotParsed
from kb.store.formats import choose_graph, choose_results
from kb.store.guard import screen
from kb.store.interface import (
    ARTICLES,
    ASKED,
    BOOKS,
    DEFAULT_NAMES,
    MAIN,
    UNASKED,
    VISIBLE,
    Answer,
    Change,
    Committed,
    Dataset,
    Limits,
    QueryKind,
    Writer,
    is_asked,
)
from kb.store.owners import plan, version_of
from kb.store.probe import probe
from kb.store.querying import QueryingStore, limits_of
from kb.store.received import JSON, N_TRIPLES, SECONDS, first_triples, no_result, rows, triples
from kb.store.syntax import syntax_error
from kb.store.updates import SUM, transaction

_log = logging.getLogger("legation.store")
_DATASET: Final = Dataset((MAIN.value,), tuple(graph.value for graph in VISIBLE))
_NOTHING: Final = PREFIXES["g"] + "nothing"
"""Where a data set has no graph of ours: sent, because a service that is sent none answers from its own."""
_BATCH: Final = 500
"""Triples whose graphs are asked for at once."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query as it was, as it runs, and over what."""

    query: str
    run: str
    over: Dataset
    limits: Limits
    version: str


def _held(chosen: Dataset) -> Dataset:
    """Return a data set without the graphs that are none of ours: the service is not to fetch them.

    Raises TooLarge for several default graphs: some services count a triple once for each graph that has it.
    """
    default = [MAIN.value if name in DEFAULT_NAMES else name for name in chosen.default]
    ours = [name for name in dict.fromkeys(default) if name == MAIN.value or _is_ours(name)]
    if len(ours) > 1:
        raise TooLarge(
            "several default graphs are not merged where the store is a service",
            repair="Name one default graph, or the others with FROM NAMED and GRAPH",
        )
    named = [name for name in dict.fromkeys(chosen.named) if _is_ours(name)]
    return Dataset(tuple(ours) or (_NOTHING,), tuple(named) or (_NOTHING,))


def _is_ours(name: str) -> bool:
    return name.startswith(ARTICLES) or any(graph.value == name for graph in VISIBLE)


@dataclass(slots=True)
class ServiceStore(QueryingStore, Writer):
    """A store at a SPARQL 1.1 service."""

    endpoint: Endpoint
    _limits: Limits
    _turn: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def open(cls, address: str, settings: Settings) -> ServiceStore:
        """Open the service at a query address, after a probe.

        Raises StoreError when it is away, takes no updates, or answers from graphs that were not asked.
        """
        endpoint = Endpoint.at(address, settings.store_update)
        probe(endpoint, _DATASET)
        return cls(endpoint, limits_of(settings))

    @property
    def limits(self) -> Limits:
        """See Store.limits."""
        return self._limits

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """See Store.writing."""
        with self._turn:
            yield self

    def commit(self, changes: Sequence[Change], *, note: str = "") -> Committed:
        """See Writer.commit: one update request."""
        with self._turn:
            before = self._sum()
            planned = plan(changes, self._content, self._owners)
            if not planned:
                return Committed(0, 0, version_of(before))
            after = planned.total(before)
            try:
                self.endpoint.update(transaction(planned, before, after, MAIN), seconds=SECONDS)
            except StoreError:
                # An answer may be lost on its way back: the books tell whether the service did it.
                if self._sum() != after:
                    raise
            done = Committed(len(planned.added), len(planned.removed), version_of(after))
            _log.info("+%d -%d, version %s. %s", done.added, done.removed, done.version, note)
            return done

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
        """See Store.query_bytes; each graph of a data set is one of ours, or empty.

        The service itself decides who goes first.
        """
        kind = screen(query).kind
        run, chosen = split(query, screen(query), base)
        if base:
            run = f"BASE {sparql_term(NamedNode(base))} {run}"
        graphs = dataset or chosen
        over = _held(graphs) if graphs else _DATASET
        asked = _Asked(query, declare(run), over, limits or self._limits, self.version())
        if kind in (QueryKind.CONSTRUCT, QueryKind.DESCRIBE):
            return self._graph_answer(asked, accept)
        content, broken = self._run(asked, at_most(asked.run, asked.limits.rows + 1), JSON)
        form = choose_results(accept)
        if kind is QueryKind.ASK:
            form = form if form == QueryResultsFormat.XML else QueryResultsFormat.JSON
            return Answer(self._rewritten(content, form), form.media_type, False, asked.version)
        if broken:
            content, _ = cut(content, QueryResultsFormat.JSON, asked.limits.rows, broken=True)
        content, truncated = cut(self._rewritten(content, form), form, asked.limits.rows, broken=False)
        return Answer(content, form.media_type, truncated or broken, asked.version)

    def _graph_answer(self, asked: _Asked, accept: str) -> Answer:
        content, broken = self._run(asked, asked.run, N_TRIPLES)
        if broken:
            content = content[: content.rfind(b"\n") + 1]
        most = asked.limits.rows
        found = first_triples(self.endpoint, content, most + 1)
        form = choose_graph(accept)
        written = serialize(found[:most], format=form)
        assert written is not None
        return Answer(written, form.media_type, broken or len(found) > most, asked.version)

    def _run(self, asked: _Asked, run: str, accept: str) -> tuple[bytes, bool]:
        """Run what became of a query, and tell faults by the query as it was."""
        limits = asked.limits
        try:
            return self.endpoint.query(
                run, accept, seconds=limits.seconds, size=limits.bytes, dataset=asked.over
            )
        except NotParsed as error:
            raise syntax_error(asked.query, str(error)) from error

    def graph(self, name: NamedNode) -> set[Triple]:
        """See Store.graph."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {sparql_term(name)} {{ ?s ?p ?o }} }}"
        return triples(self.endpoint, query)

    def default_graph(self) -> set[Triple]:
        """See Store.default_graph."""
        return self.graph(MAIN)

    def graph_names(self) -> set[NamedNode]:
        """See Store.graph_names; graphs of the service that are none of ours are left out."""
        found = (row[0] for row in rows(self.endpoint, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
        return {
            graph
            for graph in found
            if isinstance(graph, NamedNode) and (graph in ASKED | UNASKED or graph.value.startswith(ARTICLES))
        }

    def version(self) -> str:
        """See Store.version."""
        return version_of(self._sum())

    def close(self) -> None:
        """See Store.close: nothing is held between requests."""

    def _sum(self) -> int:
        books = sparql_term(BOOKS)
        for (total,) in rows(
            self.endpoint, f"SELECT ?sum {{ GRAPH {books} {{ {books} {sparql_term(SUM)} ?sum }} }}"
        ):
            assert isinstance(total, Literal)
            return int(total.value, 16)
        return 0

    def _content(self, graph: NamedNode, among: set[Triple] | None) -> set[Triple]:
        if among is None:
            return self.graph(graph)
        return {triple for triple, owner in self._holders(among) if owner == graph}

    def _owners(self, triples: Iterable[Triple]) -> Iterator[tuple[Triple, NamedNode]]:
        return ((triple, owner) for triple, owner in self._holders(triples) if is_asked(owner))

    def _holders(self, triples: Iterable[Triple]) -> Iterator[tuple[Triple, NamedNode]]:
        waiting = iter(triples)
        while batch := list(islice(waiting, _BATCH)):
            values = "\n".join(f"({' '.join(sparql_term(term) for term in triple)})" for triple in batch)
            query = f"SELECT ?s ?p ?o ?g {{ VALUES (?s ?p ?o) {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            for subject, predicate, object_, graph in rows(self.endpoint, query):
                if isinstance(graph, NamedNode):
                    yield Triple(subject, predicate, object_), graph  # type: ignore[arg-type]

    def _rewritten(self, content: bytes, form: QueryResultsFormat) -> bytes:
        """Return a service's JSON as Oxigraph writes that form: the same bytes from every service."""
        try:
            written = parse_query_results(content, format=QueryResultsFormat.JSON).serialize(format=form)
        except SyntaxError as error:
            raise no_result(self.endpoint, str(error)) from error
        assert written is not None
        return written
