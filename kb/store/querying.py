"""What both stores do with a query before it runs and with its answer after: bind, screen, read terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kb.errors import BadQuery, StoreError
from kb.settings import Settings
from kb.store.binding import bind
from kb.store.guard import screen
from kb.store.interface import Answer, Limits, QueryKind, Rows, Store, Term
from kb.store.shape import Shape
from kb.store.tsv import MEDIA_TYPE as TSV
from kb.store.tsv import table

JSON: Final = "application/sparql-results+json"
_N_TRIPLES: Final = "application/n-triples"
_DAY: Final = 86_400.0
"""Seconds; the system's own timers do not take any number."""
_GRAPHS: Final = (QueryKind.CONSTRUCT, QueryKind.DESCRIBE)


def limits_of(settings: Settings) -> Limits:
    """Return the limits that the settings give every query; none may run for more than a day."""
    return Limits(min(settings.query_seconds, _DAY), settings.query_rows, settings.answer_bytes)


def rows_of(answer: Answer) -> Rows:
    """Return an answer in TSV as rows of terms."""
    names, rows = table(answer.whole())
    return Rows(names, rows, answer.truncated, answer.version)


class QueryingStore(Store):
    """A store whose typed answers are read from its serialised ones."""

    def screen(self, query: str) -> Shape:
        """See Store.screen: this one calls no other service."""
        return screen(query)

    def select(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> Rows:
        """See Store.select."""
        return rows_of(self._typed(query, bindings, limits, (QueryKind.SELECT,), TSV))

    def construct(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> frozenset[Triple]:
        """See Store.construct."""
        answer = self._typed(query, bindings, limits, _GRAPHS, _N_TRIPLES)
        if answer.truncated:
            raise StoreError(
                "the graph that the query makes passes the limit of rows or bytes",
                repair="Narrow the query, or raise LEGATION_QUERY_ROWS or LEGATION_ANSWER_BYTES",
            )
        return frozenset(quad.triple for quad in parse(answer.whole(), format=RdfFormat.N_TRIPLES))

    def ask(
        self, query: str, *, bindings: Mapping[str, Term] | None = None, limits: Limits | None = None
    ) -> bool:
        """See Store.ask."""
        answer = self._typed(query, bindings, limits, (QueryKind.ASK,), JSON)
        found = parse_query_results(answer.whole(), format=QueryResultsFormat.JSON)
        assert isinstance(found, QueryBoolean)
        return bool(found)

    def _typed(
        self,
        query: str,
        bindings: Mapping[str, Term] | None,
        limits: Limits | None,
        kinds: tuple[QueryKind, ...],
        accept: str,
    ) -> Answer:
        kind = self.screen(query).kind
        if kind not in kinds:
            raise BadQuery(f"a {kind} query where {' or '.join(kinds)} is wanted", repair="Use its method")
        return self.query_bytes(bind(query, bindings or {}), accept, limits)
