"""Which serialisation an Accept header asks for, among those that the engine writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

RESULTS: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
"""For SELECT and ASK; the first is the default."""

GRAPHS: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""For CONSTRUCT and DESCRIBE; the first is the default."""


@lru_cache(maxsize=64)
def choose_results(accept: str) -> QueryResultsFormat:
    """Return the form of a table that the header likes best; JSON when it names none that there is."""
    return RESULTS[next(_matching(accept, RESULTS), next(iter(RESULTS)))]


@lru_cache(maxsize=64)
def choose_graph(accept: str) -> RdfFormat:
    """Return the form of a graph that the header likes best; Turtle when it names none that there is."""
    return GRAPHS[next(_matching(accept, GRAPHS), next(iter(GRAPHS)))]


def _matching(accept: str, known: Mapping[str, object]) -> Iterator[str]:
    """Yield the known media types that a header names, the best liked first (RFC 9110, section 12.5.1)."""
    wished = sorted((_wish(part) for part in accept.split(",")), key=lambda wish: -wish[1])
    for pattern, quality in wished:
        if quality > 0:
            yield from (name for name in known if _fits(name, pattern))


def _wish(part: str) -> tuple[str, float]:
    pattern, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next(
        (value for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"), "1"
    )
    try:
        return pattern, float(quality)
    except ValueError:
        return pattern, 0.0


def _fits(name: str, pattern: str) -> bool:
    return pattern in (name, "*/*") or (pattern.endswith("/*") and name.startswith(pattern[:-1]))
