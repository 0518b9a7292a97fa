"""The operations of an update request, told by its tokens, and the request made anew with edits.

Only what stands outside the braces matters here: where operations begin and end, and what is declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kb.store.shape import Pairs
from kb.store.tokens import Token, TokenKind

DECLARES: Final = frozenset({"BASE", "PREFIX", "VERSION"})
NAMES: Final = (TokenKind.IRI, TokenKind.NAME)
"""Kinds of token that name a graph."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the request, in characters from 0, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Operation:
    """The outermost tokens of an operation, the declarations before it, and where both stand."""

    tokens: tuple[Token, ...]
    declarations: tuple[Token, ...]
    start: int
    end: int


def outermost(found: Sequence[Token], paired: Pairs) -> list[Token]:
    """Return the tokens outside every bracket, and the braces that stand there."""
    kept: list[Token] = []
    at = 0
    while at < len(found):
        kept.append(found[at])
        if at in paired.outermost:
            at = paired.partner[at]
            kept.append(found[at])
        at += 1
    return kept


def operations_of(outer: Sequence[Token]) -> Iterator[Operation]:
    """Yield the operations of a request, between semicolons; there is one at least, be it empty."""
    tokens_: list[Token] = []
    declarations: list[Token] = []
    start = missing = 0
    for token in outer:
        if token.text == ";":
            yield Operation(tuple(tokens_), tuple(declarations), start, token.start)
            tokens_, declarations, start = [], [], token.end
        elif token.keyword in DECLARES and not tokens_:
            declarations.append(token)
            missing = 2 if token.keyword == "PREFIX" else 1
        elif missing:
            declarations.append(token)
            missing -= 1
        else:
            tokens_.append(token)
    end = max([start, *(token.end for token in outer[-1:])])
    yield Operation(tuple(tokens_), tuple(declarations), start, end)


def parts_of(request: str, operations: Sequence[Operation], edits: Sequence[Edit]) -> Iterator[str]:
    """Yield the request in parts that begin with all declarations made so far.

    Declarations may stand between operations, and Oxigraph takes them only before the first.
    """
    starts = [0, *(each.start for each in operations[1:] if each.declarations)]
    ends = [*(each.end for each, after in pairwise(operations) if after.declarations), len(request)]
    declared = ""
    for start, end in zip(starts, ends, strict=True):
        within = [edit for edit in edits if start <= edit.start <= end]
        yield declared + _edited(request, start, end, within)
        before = (each.declarations for each in operations if start <= each.start <= end)
        declared += "".join(f"{request[d[0].start : d[-1].end]} " for d in before if d)


def _edited(request: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """Return a stretch of the request with its edits made."""
    made: list[str] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        made += [request[start : edit.start], edit.text]
        start = edit.end
    return "".join([*made, request[start:end]])
