"""Bind a question's parameters where they help: at the head of its pattern, and of subqueries that name them.

A subquery is worked out by itself, so it would find what holds for every state before the one asked for is
looked up in it. It still gives the parameters that it uses as columns, so that the query means the same
when they are bound at its head only (see kb.store.binding, which writes the terms).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.store import Term
from kb.store.binding import bind, sparql_term
from kb.store.shape import shape
from kb.store.tokens import Token, TokenKind


def bind_within(sparql: str, terms: Mapping[str, Term]) -> str:
    """Return a query whose variables have the terms given, in its subqueries too.

    Raises BadParameter and BadQuery as ``kb.store.binding.bind`` does.
    """
    found = shape(sparql)
    parts: list[str] = []
    at = 0
    for opening, used in _subqueries(found.tokens):
        here = {name: term for name, term in terms.items() if name in used}
        if here:
            parts += [sparql[at : opening.end], _values(here)]
            at = opening.end
    return bind("".join([*parts, sparql[at:]]), terms)


def _values(terms: Mapping[str, Term]) -> str:
    names = " ".join(f"?{name}" for name in terms)
    return f" VALUES ({names}) {{ ({' '.join(map(sparql_term, terms.values()))}) }} "


def _subqueries(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, frozenset[str]]]:
    """Yield the brace that opens each subquery's pattern, and the variables in the subquery, in order."""
    for n, token in enumerate(tokens):
        if token.keyword != "SELECT" or n == 0 or tokens[n - 1].text != "{":
            continue
        start = next(at for at in range(n, len(tokens)) if tokens[at].text == "{")
        if tokens[start + 1].keyword == "SELECT":
            continue  # its whole pattern is a subquery, whose turn comes next
        end = _closing(tokens, n - 1)
        names = {each.text[1:] for each in tokens[n:end] if each.kind is TokenKind.VARIABLE}
        yield tokens[start], frozenset(names)


def _closing(tokens: tuple[Token, ...], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[at].text, 0)
        if depth == 0:
            return at
    raise AssertionError("the brackets of a query are paired")
