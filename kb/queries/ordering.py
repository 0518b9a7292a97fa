"""The order of a question's rows, made total: its own ORDER BY, then the row itself.

The conditions of ORDER BY are read from the query's tokens and given as further columns, so that each row
carries the key that it stands at. Rows that no condition tells apart stand in the order of their digests.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, total_ordering
from typing import Final, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode

from kb.errors import BadQuery
from kb.namespaces import PREFIXES
from kb.queries.values import Cell, Cells, Term, plain, term_of
from kb.store.shape import shape
from kb.store.tokens import Token, TokenKind

Value = TypeVar("Value")

Key = Cells
"""What the conditions of ORDER BY come to in one row."""

COLUMN: Final = "order_by_"
"""The further columns are called so, and numbered."""
_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = frozenset(_XSD + name for name in ("integer", "decimal", "double", "float"))
_STRING: Final = _XSD + "string"
_LAST: Final = Decimal("Infinity")
_VARIABLE: Final = re.compile(r"\(*[?$](\w+)\)*")
_WORDS: Final = frozenset(("LIMIT", "OFFSET", "HAVING", "VALUES"))


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of ORDER BY."""

    expression: str
    descending: bool

    @property
    def variable(self) -> str:
        """Return the name of the variable that it is; empty where it is more than one."""
        found = _VARIABLE.fullmatch(self.expression)
        return found.group(1) if found else ""


@lru_cache(maxsize=256)
def conditions(sparql: str) -> tuple[Condition, ...]:
    """Return what a query is ordered by, as its text says; nothing where it says nothing."""
    found = shape(sparql)
    tail = list(found.tokens[found.tail :])
    start = next((n for n, token in enumerate(tail) if token.keyword == "ORDER"), None)
    if start is None:
        return ()
    return tuple(_conditions(sparql, tail[start + 2 :]))


@lru_cache(maxsize=1024)
def with_keys(sparql: str, columns: tuple[str, ...]) -> str:
    """Return a SELECT query of these columns whose rows carry their keys.

    What is no column already stands in further ones, ``order_by_1``, ``order_by_2``…
    Raises BadQuery for a query without a pattern.
    """
    found = shape(sparql)
    if found.pattern is None:
        raise BadQuery("the query has no pattern", repair="Add a WHERE pattern")
    before = found.tokens[found.pattern - 1]
    at = before.start if before.keyword == "WHERE" else found.tokens[found.pattern].start
    further = " ".join(
        f"({condition.expression} AS ?{COLUMN}{number})"
        for number, condition in enumerate(conditions(sparql), 1)
        if condition.variable not in columns
    )
    return f"{sparql[:at]} {further} {sparql[at:]}"


def places_of_keys(sparql: str, variables: tuple[str, ...]) -> tuple[int, ...]:
    """Return where in a row of a query with keys the key of each condition stands."""
    names = (
        condition.variable if condition.variable in variables else f"{COLUMN}{number}"
        for number, condition in enumerate(conditions(sparql), 1)
    )
    return tuple(map(variables.index, names))


def _conditions(sparql: str, tokens: Sequence[Token]) -> Iterator[Condition]:
    at = 0
    while at < len(tokens) and tokens[at].keyword not in _WORDS:
        descending = tokens[at].keyword == "DESC"
        if tokens[at].keyword in ("ASC", "DESC"):
            at += 1
        end = _end(tokens, at)
        yield Condition(sparql[tokens[at].start : tokens[end].end], descending)
        at = end + 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Return where the expression that begins at ``at`` ends: ``?x``, ``(…)`` or ``F(…)``."""
    called = tokens[at].kind in (TokenKind.WORD, TokenKind.NAME, TokenKind.IRI)
    if called and at + 1 < len(tokens) and tokens[at + 1].text == "(":
        at += 1
    if tokens[at].text != "(":
        return at
    depth = 0
    for end in range(at, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[end].text, 0)
        if depth == 0:
            return end
    raise AssertionError("the brackets of a query are paired")


@total_ordering
@dataclass(frozen=True, slots=True)
class _Turned:
    """A value that sorts the other way round."""

    value: tuple[object, ...]

    def __lt__(self, other: _Turned) -> bool:
        return other.value < self.value


def place_of(key: Sequence[Term | None], order: Sequence[Condition]) -> tuple[object, ...]:
    """Return a key's terms as what Python sorts by; it sorts as SPARQL 1.1 (section 15.1) says."""
    return tuple(
        _Turned(_rank(term)) if condition.descending else _rank(term)
        for term, condition in zip(key, order, strict=True)
    )


def text_of(cell: Cell) -> str:
    """Return the term in a cell as N-Triples has it, nothing where it is empty."""
    return str(term_of(cell)) if cell else ""


def digest_of(row: Cells, text: Callable[[Cell], str] = text_of) -> str:
    """Return 16 hex digits that tell a row from others."""
    parts = "\x00".join(map(text, row))
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remembering(worked_out: Callable[[Cell], Value]) -> Callable[[Cell], Value]:
    """Return a function that works each cell out once."""
    return _Remembered(worked_out).__getitem__


class _Remembered(dict[Cell, Value]):
    """What cells came to; a function of Python's own around it would take as long again."""

    def __init__(self, worked_out: Callable[[Cell], Value]) -> None:
        super().__init__()
        self._worked_out = worked_out

    def __missing__(self, cell: Cell) -> Value:
        found = self[cell] = self._worked_out(cell)
        return found


def rank_of(cell: Cell) -> tuple[object, ...]:
    """Return where a cell sorts: nothing, blank nodes, IRIs, then literals, each kind by itself."""
    if "\\" not in cell:  # most are an IRI or a text, whose terms nobody needs
        if cell[-1:] == '"':
            return (3, 1, cell[1:-1], "", _STRING)
        if cell[:1] == "<" != cell[1:2]:
            return (2, cell[1:-1])
    return _rank(term_of(cell))


def _rank(term: Term | None) -> tuple[object, ...]:
    if term is None:
        return (0,)
    if isinstance(term, BlankNode | NamedNode):
        return (1 if isinstance(term, BlankNode) else 2, term.value)
    if not isinstance(term, Literal):
        return (3, 2, plain(term))
    kind = term.datatype.value
    if kind in _NUMBERS:
        return (3, 0, _number(term.value), term.value, kind)
    return (3, 1, term.value, term.language or "", kind)


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except ArithmeticError:
        return _LAST
    return found if found.is_finite() else _LAST
