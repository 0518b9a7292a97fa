"""Speed beside other servers: small queries, the shipped questions, large results."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Final

from kb.queries import questions
from tests.bench.casting import Stage
from tests.bench.figures import Figure, ratio
from tests.bench.load import Load, in_turn
from tests.bench.servers import Server
from tests.bench.variants import bound, target

LARGE: Final = 100_000
_FORMS: Final = {
    "JSON": "application/sparql-results+json",
    "XML": "application/sparql-results+xml",
    "CSV": "text/csv",
    "TSV": "text/tab-separated-values",
}
_SMALL: Final = """PREFIX lg: <https://w3id.org/legation/terms/>
PREFIX state: <https://w3id.org/legation/state/>
SELECT ?event ?kind ?when
WHERE {{ ?event lg:involvesState state:{code} ; lg:kind ?kind ; lg:time ?when }} LIMIT 10 """


class Unequal(Exception):
    """A server does not answer as it must to be compared; the message says how."""


def small(
    ours: Server, theirs: Server, stage: Stage, seconds: float, rounds: int
) -> tuple[list[float], list[float]]:
    """Return rates of ad hoc queries of ten rows; no text comes twice, so that none can be remembered."""
    codes = [code for code in stage.world.states if stage.world.weight[code] > 10]
    queries = [_SMALL.format(code=code) for code in codes]
    fit = [query for query in queries if _rows_of(theirs, query) == 10]
    for query in fit[:10]:
        _hold_equal(10, _rows_of(ours, query), query)
    loads = [Load(tuple(server.target(query) + "%23{n}" for query in fit)) for server in (ours, theirs)]
    found = in_turn((ours, theirs), loads, seconds, rounds)
    return found[0], found[1]


def repeated(ours: Server, theirs: Server, seconds: float, rounds: int) -> Iterator[Figure]:
    """Yield, for each shipped question with its example's parameters, the ratio when it is repeated."""
    for question in sorted(questions().values(), key=lambda each: each.name):
        given = question.example()
        mine, query = target(question, given), bound(question, given)
        status, headers, body = ours.get(mine, "application/json")
        if status != 200:
            raise Unequal(f"{question.name}: legation answers {status}: {body[:200]!r}")
        held = int(headers.get("legation-held-back", "0").split()[0])
        rows = len(json.loads(body)["rows"])
        _hold_equal(_rows_of(theirs, query), rows + held, question.name)
        # Posted: Oxigraph's server takes no address beyond 8 kB.
        loads = (Load((mine,), "application/json"), Load((theirs.endpoint,), body=query))
        found = in_turn((ours, theirs), loads, seconds, rounds)
        yield ratio(question.name, found[0], found[1], None, None, f"{rows} rows")


def large(servers: Sequence[Server], form: str, rounds: int) -> list[list[float]]:
    """Return, for each server, the rates (answers a second) of one result of 100,000 rows in a form."""
    rates: list[list[float]] = [[] for _ in servers]
    for turn in range(rounds + 1):
        query = f"SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {LARGE} # {turn}"  # no text twice
        for n, server in enumerate(servers):
            started = time.perf_counter()
            status, headers, body = server.get(server.target(query), _FORMS[form])
            taken = time.perf_counter() - started
            if turn == 0:  # not counted: the first warms up, and is looked at
                if status != 200 or "legation-truncated" in headers:
                    raise Unequal(f"{server.name} answers {status}: {body[:200]!r}")
                _hold_equal(LARGE, _count(body, form), f"{server.name}, {form}")
            else:
                rates[n].append(1 / taken)
    return rates


FORMS: Final = tuple(_FORMS)


def median_of(figures: Sequence[Figure], bar: float, aim: float) -> Figure:
    """Return the median of some ratios as a figure of its own."""
    value = statistics.median(each.value for each in figures)
    return Figure("shipped questions repeated, median", value, "x", bar, aim, note=f"of {len(figures)} below")


def _rows_of(server: Server, query: str) -> int:
    status, _, body = server.post(query)
    if status != 200:
        raise Unequal(f"{server.name} answers {status}: {body[:200]!r}")
    return len(json.loads(body)["results"]["bindings"])


def _count(body: bytes, form: str) -> int:
    if form == "JSON":
        return len(json.loads(body)["results"]["bindings"])
    if form == "XML":
        return body.count(b"<result>")
    # a line break inside a value stands in quotes: what follows it does not begin a row
    return body.count(b"\n") - 1 if form == "TSV" else body.count(b"\r\n") - 1 or body.count(b"\n") - 1


def _hold_equal(wanted: int, found: int, what: str) -> None:
    if wanted != found:
        raise Unequal(f"{what}: {wanted} rows were expected, {found} came")
