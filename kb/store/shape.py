"""Where the parts of a SPARQL query stand: its kind, its outermost pattern, what follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Final

from kb.errors import BadQuery
from kb.store.interface import QueryKind
from kb.store.tokens import Token, TokenKind, place, tokens

_OPENING: Final = frozenset({"{", "(", "[", "{|", "<<", "<<("})
_CLOSING: Final = frozenset({"}", ")", "]", "|}", ">>", ")>>"})

SHORT: Final = 4_000
"""Characters up to which a query is remembered among many."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the parts of a query stand."""

    kind: QueryKind
    tokens: tuple[Token, ...]
    pattern: int | None
    """The index of the token that opens the outermost pattern; None where there is none."""
    tail: int
    """The index of the first token after that pattern."""
    depth: int
    """How deep the brackets nest."""


def remembered(work: Callable[[str], Shape]) -> Callable[[str], Shape]:
    """Let a function remember 256 short queries and 4 long ones, as one of these may take 10 MB."""
    short, long = lru_cache(maxsize=256)(work), lru_cache(maxsize=4)(work)

    @wraps(work)
    def look_up(query: str) -> Shape:
        return short(query) if len(query) <= SHORT else long(query)

    return look_up


@remembered
def shape(query: str) -> Shape:
    """Return where the parts of a query stand.

    Raises BadQuery for what is no query or leaves a bracket open; ForbiddenQuery as ``tokens`` does.
    """
    found = tokens(query)
    head = _head(query, found)
    kind = QueryKind(found[head].keyword)
    paired = pairs(query, found)
    groups = [n for n in range(head, len(found)) if found[n].text == "{" and n in paired.outermost]
    if kind is QueryKind.CONSTRUCT and groups and found[groups[0] - 1].keyword != "WHERE":
        groups = groups[1:]  # the first is the template
    if not groups:
        return Shape(kind, tuple(found), None, len(found), paired.depth)
    return Shape(kind, tuple(found), groups[0], paired.partner[groups[0]] + 1, paired.depth)


def _head(query: str, found: list[Token]) -> int:
    """Return the index of the word that says which kind of query it is."""
    at = 0
    while at < len(found) and found[at].keyword in {"BASE", "PREFIX", "VERSION"}:
        at += 3 if found[at].keyword == "PREFIX" else 2
    if at >= len(found):
        raise BadQuery("the query is empty", repair="Write a SELECT, ASK, CONSTRUCT or DESCRIBE query")
    if found[at].keyword not in QueryKind.__members__:
        raise BadQuery(
            f"{found[at].shown!r} begins no query",
            place=place(query, found[at].start),
            repair="Write a SELECT, ASK, CONSTRUCT or DESCRIBE query",
        )
    return at


def undeclared(found: Iterable[Token]) -> Iterator[Token]:
    """Yield the prefixed names whose prefix a query does not declare."""
    declared: set[str] = set()
    before = ""
    for token in found:
        if token.kind is TokenKind.NAME:
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                yield token
        before = token.keyword


@dataclass(frozen=True, slots=True)
class Pairs:
    """The brackets of a text, by the indexes of their tokens."""

    partner: dict[int, int]
    """From the token that opens to the one that closes."""
    outermost: frozenset[int]
    """Those that open outside every other pair."""
    depth: int


def pairs(query: str, found: list[Token]) -> Pairs:
    """Return which brackets belong together. Raises BadQuery where one stands alone."""
    partner: dict[int, int] = {}
    outermost: set[int] = set()
    open_: list[int] = []
    deepest = 0
    for n, token in enumerate(found):
        if token.kind is not TokenKind.MARK:
            continue
        if token.text in _OPENING:
            if not open_:
                outermost.add(n)
            open_.append(n)
            deepest = max(deepest, len(open_))
        elif token.text in _CLOSING:
            if not open_:
                raise BadQuery(
                    f"{token.shown!r} closes nothing",
                    place=place(query, token.start),
                    repair="Repair the query",
                )
            partner[open_.pop()] = n
    if open_:
        last = found[open_[-1]]
        raise BadQuery(
            f"{last.shown!r} is never closed", place=place(query, last.start), repair="Repair the query"
        )
    return Pairs(partner, frozenset(outermost), deepest)
