"""Look at a query before it runs: it may not leave the store, change it, or bring the parser down.

The screen works on tokens, not on a parsed tree, for three reasons. What must be refused has to be refused
as *every* engine may read it: Oxigraph knows no word boundaries (``SERVICEx:y{}`` is a service call), others
decode ``\\u0053ERVICE``. No parser at hand is safe on a stranger's text: rdflib's is not thread-safe, and
Oxigraph's needs minutes for 600 steps of a path and overflows its stack on 3,000 braces. And a screen takes
microseconds. Whether the rest is SPARQL, Oxigraph says in a reader process, which may be stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pyoxigraph import Literal, Variable
from pyoxigraph import Store as Memory

from kb.errors import BadQuery, ForbiddenQuery
from kb.store.binding import declare
from kb.store.federation import service_calls
from kb.store.interface import QueryKind
from kb.store.shape import Shape, remembered, shape
from kb.store.syntax import syntax_error
from kb.store.tokens import Token, TokenKind, place, tokens

LENGTH: Final = 100_000
"""How many characters a query may have."""
DEPTH: Final = 64
"""How deep its brackets may nest."""

CHAIN: Final = 2_000
"""How many operators and clauses it may have: engines read a chain of them as if it were nested."""

_BRACES: Final = frozenset("{}")
_OPENING: Final = frozenset("(,")
"""After these no operand stands: a sign that follows belongs to its number."""
_PLUS_MINUS: Final = frozenset("+-")
_END: Final = Token(TokenKind.MARK, "", 0)
_CHAINING: Final = frozenset({"+", "-", "*", "/", "|", "||", "&&", "!", "^"})
_CLAUSES: Final = frozenset({"UNION", "OPTIONAL", "MINUS", "GRAPH", "BIND", "FILTER", "AS", "SELECT"})
_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "USING"})
_SIGNS: Final = frozenset({"!", "-", "+", "^", "^^"})


def check(query: str) -> QueryKind:
    """Screen a query, then parse it in this process; return its kind.

    For the project's own files. A stranger's query is only screened here and parsed where it runs.
    Raises BadQuery, with line and column where known; ForbiddenQuery.
    """
    kind = screen(query).kind
    # A substitution for a variable that is not there: Oxigraph parses, then refuses before it evaluates.
    absent = Variable("absent" + "_" * len(query))
    try:
        Memory().query(declare(query), substitutions={absent: Literal("")})
    except SyntaxError as error:
        raise syntax_error(query, str(error)) from error
    except RuntimeError:
        return kind
    return kind


def screen(query: str, services: frozenset[str] = frozenset()) -> Shape:
    """Refuse a query that may not run; return where its parts stand.

    ``services`` are the addresses of other services that it may call (see kb.store.federation).
    Raises BadQuery for what is too long, too deep or cannot be split into tokens; ForbiddenQuery for a
    SERVICE, an update, a FROM where none can stand, or an escape that may hide them.
    """
    if len(query) > LENGTH:
        raise BadQuery(
            f"the query has {len(query):,} characters, the limit is {LENGTH:,}", repair="Ask for less at once"
        )
    formed = _screen(query)
    if "service" in query.lower():
        service_calls(query, formed.tokens, services)
    return formed


@remembered
def _screen(query: str) -> Shape:
    found = tokens(query)
    _refuse_updates(query, found)
    hold_runs(query, found)
    _hold_chains(query, found)
    formed = shape(query)
    if formed.depth > DEPTH:
        raise BadQuery(f"brackets nest {formed.depth} deep, the limit is {DEPTH}", repair="Flatten the query")
    _refuse_from(query, formed)
    return formed


def _refuse_updates(query: str, found: list[Token]) -> None:
    for token in found:
        if token.keyword in _UPDATES:
            raise _forbidden(query, token, "changes the store", "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE")


def hold_runs(query: str, found: list[Token]) -> None:
    """Thousands of signs in a row nest as brackets do, and overflow the parser's stack."""
    run = 0
    for token in found:
        run = run + 1 if token.text in _SIGNS and token.kind is TokenKind.MARK else 0
        if run > DEPTH:
            raise BadQuery(
                f"more than {DEPTH} signs follow each other",
                place=place(query, token.start),
                repair="Flatten the query",
            )


def _hold_chains(query: str, found: list[Token]) -> None:
    links = list(_links(found))
    if len(links) > CHAIN:
        raise BadQuery(
            f"the query has {len(links):,} operators and clauses, the limit is {CHAIN:,}",
            place=place(query, links[CHAIN].start),
            repair="Ask for less at once; VALUES and IN take long lists",
        )


def _links(found: list[Token]) -> Iterator[Token]:
    """Yield what may chain: of signs before a number only those that may stand between two operands.

    ``1 -1 -1`` is a chain where it stands for an expression, and three numbers in the data of VALUES.
    """
    values = data = False
    before = ""
    for token, after in pairwise([*found, _END]):
        if token.keyword == "VALUES":
            values = True
        elif token.text in _BRACES:
            values, data = False, values and token.text == "{"
        signs = token.text in _PLUS_MINUS and after.kind is TokenKind.NUMBER and after.start == token.end
        if token.keyword in _CLAUSES or (
            token.kind is TokenKind.MARK
            and token.text in _CHAINING
            and not (signs and (data or before in _OPENING))
        ):
            yield token
        before = token.text


def _refuse_from(query: str, formed: Shape) -> None:
    """Refuse what an engine may read as FROM and we do not: kb.store.dataset reads only the plain word.

    FROM stands outside every bracket, before the pattern.
    """
    level = 0
    for n, token in enumerate(formed.tokens):
        if token.kind is TokenKind.MARK and token.text in "{([":
            level += 1
        elif token.kind is TokenKind.MARK and token.text in "})]":
            level -= 1
        declared = n > 0 and formed.tokens[n - 1].keyword == "PREFIX"
        names = token.kind in (TokenKind.WORD, TokenKind.NAME) and token.text.upper().startswith("FROM")
        if names and not declared and (token.keyword == "FROM") == (level > 0):
            raise _forbidden(query, token, "may choose another data set", "Write FROM <…> before the pattern")


def _forbidden(query: str, token: Token, does: str, repair: str) -> ForbiddenQuery:
    return ForbiddenQuery(f"{token.shown} {does}", place=place(query, token.start), repair=repair)
