"""A question asked in two halves, which two readers work on side by side.

Each half is about the facts whose IRIs end in one half of the signs that there are, so that a row belongs to
one of them. What tells them apart stands at the end of the outermost pattern, which makes it exact, and in
the subqueries that find facts first, so that a half has only half of them to look into.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kb.queries.values import Cells
from kb.store import Store
from kb.store.interface import Limits
from kb.store.shape import pairs, shape
from kb.store.tokens import Token
from kb.store.tsv import MEDIA_TYPE, grid

_FIRST: Final = 'COALESCE(SUBSTR(STR(?{fact}), STRLEN(STR(?{fact}))) < "8", false)'
"""Of the hexadecimal digits, in which the IRIs of facts that were made from claims end, half are so.

What has no last sign, or is not bound, belongs to the other half.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a store gave: the rows of one query, or those of both halves after one another."""

    variables: tuple[str, ...]
    rows: tuple[Cells, ...]
    version: str
    truncated: bool
    size: int
    """Bytes of what the store wrote."""


def find(store: Store, query: str, fact: str = "") -> Found:
    """Run a SELECT query; in two halves where the variable ``fact`` is named by which they differ.

    Where the halves saw different versions, or pass a limit of rows or bytes together, the query is run
    whole: a cut leaves the last rows of all out. Raises as Store.query_bytes does, once both have ended.
    """
    if not fact:
        return _find(store, query)
    one, other = halves(query, fact)
    with ThreadPoolExecutor(1) as beside:
        second = beside.submit(copy_context().run, _find, store, other)
        first = _find(store, one)
    return _together(first, second.result(), store.limits) or _find(store, query)


def _together(one: Found, other: Found, limits: Limits) -> Found | None:
    """Return the rows of two halves; None where they are not those of the whole."""
    both = Found(one.variables, one.rows + other.rows, one.version, False, one.size + other.size)
    cut = one.truncated or other.truncated
    if cut or one.version != other.version or len(both.rows) > limits.rows or both.size > limits.bytes:
        return None
    return both


def halves(sparql: str, fact: str) -> tuple[str, str]:
    """Return the two queries whose rows together are those of a SELECT query that binds ``fact``."""
    ends = sorted(_ends(sparql, fact))
    first = _FIRST.format(fact=fact)
    return _with(sparql, ends, f" FILTER({first}) "), _with(sparql, ends, f" FILTER(!({first})) ")


def _find(store: Store, query: str) -> Found:
    answer = store.query_bytes(query, MEDIA_TYPE)
    content = answer.whole()
    return Found(*grid(content), answer.version, answer.truncated, len(content))


def _with(sparql: str, ends: list[int], piece: str) -> str:
    cuts = [0, *ends, len(sparql)]
    return piece.join(sparql[start:end] for start, end in pairwise(cuts))


def _ends(sparql: str, fact: str) -> Iterator[int]:
    """Yield where the outermost pattern ends, and those of the innermost subqueries that give facts."""
    found = shape(sparql)
    yield found.tokens[found.tail - 1].start
    giving = list(_giving(found.tokens, pairs(sparql, list(found.tokens)).partner, f"?{fact}"))
    for opening, closing in giving:
        if not any(opening < other < closing for other, _ in giving):
            yield found.tokens[closing].start


def _giving(tokens: Sequence[Token], partner: Mapping[int, int], variable: str) -> Iterator[tuple[int, int]]:
    """Yield which tokens open and close the patterns of the subqueries that name a variable as a column."""
    for at, token in enumerate(tokens):
        if token.keyword == "SELECT" and at > 0 and tokens[at - 1].text == "{":
            opening = next(n for n in range(at, len(tokens)) if tokens[n].text == "{")
            if variable in _columns(tokens[at:opening]):
                yield opening, partner[opening]


def _columns(head: Sequence[Token]) -> Iterator[str]:
    """Yield the columns that a SELECT names by themselves: in brackets stand those that are worked out."""
    depth = 0
    for token in head:
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            yield token.text
