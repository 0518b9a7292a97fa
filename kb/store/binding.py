"""Bind a query's variables to terms: a VALUES block at the head of the outermost pattern, no pasted text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.errors import BadParameter, BadQuery
from kb.namespaces import PREFIXES
from kb.store.interface import QueryKind, Term
from kb.store.shape import Shape, shape, undeclared
from kb.store.tokens import Token, TokenKind, place

_STRING: Final = NamedNode("http://www.w3.org/2001/XMLSchema#string")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^<>\"{}|^`\\\x00-\x20]*")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE: Final = re.compile(r'\\[uU]|["\\\n\r\t\x08\x0c]')


def sparql_term(term: Term) -> str:
    """Return a term as SPARQL writes it.

    A backslash before "u" is written so that neither an engine that decodes code point escapes before it
    reads (SPARQL 1.1, section 19.2) nor one that decodes them inside strings sees an escape there.
    Raises BadParameter for a blank node and for an IRI that SPARQL cannot write.
    """
    if isinstance(term, NamedNode):
        if not _IRI.fullmatch(term.value):
            raise BadParameter(f"{term.value!r} is not an absolute IRI", repair="Give a full IRI")
        return f"<{term.value}>"
    if not isinstance(term, Literal):
        raise BadParameter(f"{term} cannot stand in a query", repair="Give an IRI or a literal")
    quoted = f'"{_TO_ESCAPE.sub(_escape, term.value)}"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == _STRING else f"{quoted}^^{sparql_term(term.datatype)}"


def _escape(match: re.Match[str]) -> str:
    found = match.group()
    return _ESCAPES[found] if len(found) == 1 else f"\\\\\\U{ord(found[1]):08X}"


def bind(query: str, bindings: Mapping[str, Term]) -> str:
    """Return a query in which variables have the values given, seen by its outermost pattern from the start.

    As with any VALUES block, a nested group or subquery sees them where it joins with that pattern.
    Raises BadParameter for a name that is no variable of the query or a term that cannot be written;
    BadQuery where the query has no pattern that can take them.
    """
    if not bindings:
        return query
    found = shape(query)
    for name in bindings:
        _hold_variable(name, found)
    opening = _opening(query, found)
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(sparql_term(term) for term in bindings.values())
    at = opening.end
    return f"{query[:at]} VALUES ({names}) {{ ({values}) }} {query[at:]}"


def declare(query: str) -> str:
    """Return a query with declarations of the project's own prefixes that it uses and does not declare."""
    names = (token.text.partition(":")[0] for token in undeclared(shape(query).tokens))
    known = dict.fromkeys(name for name in names if name in PREFIXES)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in known) + query


def at_most(query: str, rows: int) -> str:
    """Return a SELECT query that gives no more rows than that; any other query as it is."""
    found = shape(query)
    if found.kind is not QueryKind.SELECT or found.pattern is None:
        return query
    tail = found.tokens[found.tail :]
    for token, number in pairwise(tail):
        if token.keyword == "LIMIT" and number.text.isdecimal():
            least = min(rows, int(number.text))
            return f"{query[: number.start]}{least}{query[number.end :]}"
    at = next((token.start for token in tail if token.keyword == "VALUES"), len(query))
    return f"{query[:at]}\nLIMIT {rows}\n{query[at:]}"


def _hold_variable(name: str, found: Shape) -> None:
    used = any(token.kind is TokenKind.VARIABLE and token.text[1:] == name for token in found.tokens)
    if not _VARIABLE.fullmatch(name) or not used:
        raise BadParameter(
            f"the query has no variable ?{name}", place=name, repair="Drop it, or use it in the query"
        )


def _opening(query: str, found: Shape) -> Token:
    if found.pattern is None:
        raise BadQuery("the query has no pattern to bind values in", repair="Add a WHERE pattern")
    before, after = found.tokens[found.pattern - 1], found.tokens[found.pattern + 1]
    short = (
        found.kind is QueryKind.CONSTRUCT
        and before.keyword == "WHERE"
        and found.tokens[found.pattern - 2].text != "}"
    )
    if short or after.keyword == "SELECT":
        raise BadQuery(
            "no values can be bound in a CONSTRUCT without template, nor where the pattern is a subquery",
            place=place(query, after.start),
            repair="Write the template out, or put the subquery in braces of its own",
        )
    return found.tokens[found.pattern]
