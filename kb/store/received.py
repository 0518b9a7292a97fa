"""What a service answers to the store's own queries: taken whole and as SPARQL says it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import (
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kb.errors import StoreError
from kb.store.endpoint import Endpoint, NotParsed
from kb.store.interface import Dataset, Term

JSON: Final = "application/sparql-results+json"
N_TRIPLES: Final = "application/n-triples"
SECONDS: Final = 600.0
"""For what is read or written whole; a user's query has its own limit."""
_SIZE: Final = 4_000_000_000


def rows(
    endpoint: Endpoint, query: str, *, dataset: Dataset | None = None, seconds: float = SECONDS
) -> Iterator[tuple[Term | None, ...]]:
    """Return the rows of a SELECT, over all graphs or those of a data set.

    Raises StoreError for a service that fails, cuts its answer short, or answers with something else.
    """
    content = _whole(endpoint, query, JSON, seconds, dataset)
    try:
        found = parse_query_results(content, format=QueryResultsFormat.JSON)
        if isinstance(found, QuerySolutions):
            names = found.variables
            return iter([tuple(solution[name] for name in names) for solution in found])
    except SyntaxError as error:
        raise no_result(endpoint, str(error)) from error
    raise no_result(endpoint, "a yes or no where a table is wanted")


def triples(endpoint: Endpoint, query: str) -> set[Triple]:
    """Return what a CONSTRUCT makes, over all graphs. Raises as ``rows`` does."""
    return set(first_triples(endpoint, _whole(endpoint, query, N_TRIPLES, SECONDS, None), None))


def first_triples(endpoint: Endpoint, content: bytes, most: int | None) -> list[Triple]:
    """Return the first triples of an answer in N-Triples. Raises StoreError for what is none."""
    try:
        return [quad.triple for quad in islice(parse(content, format=RdfFormat.N_TRIPLES), most)]
    except SyntaxError as error:
        raise no_result(endpoint, str(error)) from error


def no_result(endpoint: Endpoint, said: str) -> StoreError:
    """Return the error for an answer that is not what SPARQL 1.1 says."""
    return StoreError(
        f"the service's answer is no SPARQL result: {' '.join(said.split())[:200]}",
        place=endpoint.query_address,
        repair="Check the query address",
    )


def _whole(endpoint: Endpoint, query: str, accept: str, seconds: float, dataset: Dataset | None) -> bytes:
    try:
        content, cut = endpoint.query(query, accept, seconds=seconds, size=_SIZE, dataset=dataset)
    except NotParsed as error:
        raise no_result(endpoint, str(error)) from error
    if cut:
        raise no_result(endpoint, f"more than {_SIZE:,} bytes")
    return content
