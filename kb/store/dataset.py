"""Which graphs a query sees: its FROM clauses read as the graphs that they name, and taken out of its text.

SPARQL 1.1, section 13.2. The clauses are taken out, so that no engine ever goes and fetches what they name:
what runs is a query without a data set, over graphs of ours that are chosen by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urljoin

from kb.errors import BadQuery
from kb.namespaces import PREFIXES
from kb.store.interface import Dataset
from kb.store.shape import Shape
from kb.store.tokens import Token, TokenKind, place

_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_LOCAL_ESCAPE: Final = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


def split(query: str, formed: Shape, base: str = "") -> tuple[str, Dataset | None]:
    """Return a query without its FROM clauses, each put out by blanks, and the data set that they chose.

    None where it has none. Raises BadQuery for a clause that names no graph, a prefix that nobody declared,
    and a relative IRI without BASE where there is no ``base`` either.
    """
    clauses = list(_clauses(query, formed))
    if not clauses:
        return query, None
    names = Names(query, formed, base)
    default = tuple(names.iri(name) for _, name, named in clauses if not named)
    named = tuple(names.iri(name) for _, name, named in clauses if named)
    for word, name, _ in reversed(clauses):
        query = query[: word.start] + " " * (name.end - word.start) + query[name.end :]
    return query, Dataset(default, named)


def _head(formed: Shape) -> Sequence[Token]:
    """Return the tokens among which FROM clauses stand: those outside every pattern."""
    return formed.tokens[: formed.tail] if formed.pattern is None else formed.tokens[: formed.pattern]


def _clauses(query: str, formed: Shape) -> Iterator[tuple[Token, Token, bool]]:
    """Yield the word FROM, the token that names the graph, and whether it is a named one."""
    head = _head(formed)
    for n, token in enumerate(head):
        if token.keyword != "FROM":
            continue
        named = n + 1 < len(head) and head[n + 1].keyword == "NAMED"
        at = n + 1 + named
        if at >= len(head) or head[at].kind not in (TokenKind.IRI, TokenKind.NAME):
            raise BadQuery(
                "FROM names no graph", place=place(query, token.start), repair="Write FROM <the graph's IRI>"
            )
        yield token, head[at], named


class Names:
    """The prefixes and the base that stand at the head of a query."""

    def __init__(self, query: str, formed: Shape, base: str) -> None:
        self._query = query
        self._base = base
        self._prefixes = dict(PREFIXES)
        tokens = formed.tokens
        for n, token in enumerate(tokens):
            if token.keyword == "BASE" and tokens[n + 1].kind is TokenKind.IRI:
                self._base = self._resolved(tokens[n + 1])
            elif token.keyword == "PREFIX" and tokens[n + 2].kind is TokenKind.IRI:
                self._prefixes[tokens[n + 1].text.removesuffix(":")] = self._resolved(tokens[n + 2])
            elif token.keyword in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}:
                break

    def iri(self, token: Token) -> str:
        """Return the IRI that a token names."""
        if token.kind is TokenKind.IRI:
            return self._resolved(token)
        prefix, _, local = token.text.partition(":")
        if prefix not in self._prefixes:
            raise BadQuery(
                f"the prefix {prefix}: is not declared",
                place=place(self._query, token.start),
                repair=f"Begin with PREFIX {prefix}: <…>",
            )
        return self._prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)

    def _resolved(self, token: Token) -> str:
        iri = _CODE_POINT.sub(lambda match: chr(int(match[1] or match[2], 16)), token.text[1:-1])
        if _ABSOLUTE.match(iri):
            return iri
        if not self._base:
            raise BadQuery(
                f"{token.shown} is relative to nothing",
                place=place(self._query, token.start),
                repair="Write the IRI in full, or declare a BASE",
            )
        return urljoin(self._base, iri)
