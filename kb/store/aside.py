"""Whether a query can be answered without the asked graphs by name: what a copy in memory does not hold.

A triple of an asked graph stands in the default graph too. Held twice, it would take twice the memory, and
each look-up would walk it twice; few queries ever name such a graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pyoxigraph import NamedNode

from kb.errors import BadQuery
from kb.store.dataset import Names
from kb.store.interface import ASKED
from kb.store.shape import Shape
from kb.store.tokens import Token, TokenKind

_NAMING: Final = (TokenKind.IRI, TokenKind.NAME)


def stays_aside(query: str, formed: Shape, base: str = "") -> bool:
    """Tell whether every GRAPH of a query is bound to keep to graphs that are not asked.

    That is so where it names one, and where its variable stands in a VALUES block of such graphs earlier in
    a group around it: what joins with that block can have no other value. A subquery in between may hide
    the variable, so there it does not count. Otherwise, and where a name has no meaning, the answer is no.
    """
    tokens = formed.tokens
    if all(token.keyword != "GRAPH" for token in tokens):
        return True
    try:
        names = Names(query, formed, base)
        return all(
            _is_aside(names, tokens[n + 1])
            if tokens[n + 1].kind in _NAMING
            else any(_is_bound(names, group, tokens[n + 1]) for group in _around(tokens, n))
            for n, token in enumerate(tokens[:-1])
            if token.keyword == "GRAPH"
        )
    except BadQuery:
        return False


def _is_aside(names: Names, token: Token) -> bool:
    return token.kind in _NAMING and NamedNode(names.iri(token)) not in ASKED


def _around(tokens: Sequence[Token], at: int) -> Iterator[list[Token]]:
    """Yield, of each group around a token, what stands in it before and in no group of its own.

    The innermost comes first, and the first that begins a subquery is the last.
    """
    groups: list[list[Token]] = []
    braces = ""
    for token in tokens[:at]:
        if groups:
            groups[-1].append(token)
        if token.text in ("{", "(") and token.kind is TokenKind.MARK:
            values = bool(groups) and _opens_values(groups[-1])
            braces += "v" if values or token.text == "(" else "{"
            if braces[-1] == "{":
                groups.append([])
        elif token.text in ("}", ")") and token.kind is TokenKind.MARK:
            if braces[-1] == "{":
                groups.pop()
            braces = braces[:-1]
    for group in reversed(groups):
        yield group
        if group and group[0].keyword == "SELECT":
            return


def _opens_values(before: Sequence[Token]) -> bool:
    """Tell whether the brace that a group ends with is that of a VALUES block."""
    words = before[:-1]
    while words and (words[-1].kind is TokenKind.VARIABLE or words[-1].text in ("(", ")")):
        words = words[:-1]
    return bool(words) and words[-1].keyword == "VALUES"


def _is_bound(names: Names, group: Sequence[Token], variable: Token) -> bool:
    """Tell whether a VALUES block of a group gives a variable only graphs that are not asked."""
    return any(
        _gives_aside(names, group[n + 1 :], variable)
        for n, token in enumerate(group)
        if token.keyword == "VALUES"
    )


def _gives_aside(names: Names, block: Sequence[Token], variable: Token) -> bool:
    """Read a block of one variable, or one of several where the variable is the first of each row."""
    several = block[0].text == "("
    first = block[1] if several else block[0]
    if first.text[1:] != variable.text[1:]:
        return False
    opening = next(n for n, token in enumerate(block) if token.text == "{")
    closing = next(n for n, token in enumerate(block) if token.text == "}")
    rows = block[opening + 1 : closing]
    if not several:
        return all(_is_aside(names, token) for token in rows)
    return all(_is_aside(names, rows[n + 1]) for n, token in enumerate(rows) if token.text == "(")
