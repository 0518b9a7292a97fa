"""Look at an update request before it runs: it may not leave the store or bring the parser down.

As with queries (kb.store.guard), the request is looked at token by token, because Oxigraph knows no word
boundaries. Outside the braces little can stand: what is none of that is refused, so that no word can hide in
another (``LOADSILENT<…>`` loads, ``LOADa:b`` too).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from kb.errors import BadQuery, ForbiddenQuery
from kb.store.federation import service_calls
from kb.store.guard import DEPTH, hold_runs
from kb.store.interface import Dataset
from kb.store.shape import pairs
from kb.store.tokens import Token, TokenKind, place, tokens
from kb.store.workbench_operations import (
    DECLARES,
    NAMES,
    Edit,
    Operation,
    operations_of,
    outermost,
    parts_of,
)
from kb.store.workbench_using import dataset_edits, hold_undecided

_BEFORE_NAMES: Final = frozenset(
    {"PREFIX", "WITH", "USING", "NAMED", "GRAPH", "ADD", "COPY", "MOVE", "LOAD", "SILENT", "TO", "INTO"}
)
_WORDS: Final = (
    DECLARES
    | _BEFORE_NAMES
    | frozenset({"DELETE", "INSERT", "DATA", "WHERE", "CLEAR", "DROP", "CREATE", "DEFAULT", "ALL"})
)
_MARKS: Final = frozenset({"{", "}", ";"})


@dataclass(frozen=True, slots=True)
class Prepared:
    """An update request that may run: its parts are to be carried out in order, all or none."""

    parts: tuple[str, ...]
    as_sent: bool
    """Whether it is one part, with each character where its sender put it."""


def prepared(request: str, using: Dataset | None = None) -> Prepared:
    """Return an update request that may run, with the data set that the protocol chose.

    ``using`` has the graphs of using-graph-uri (default) and using-named-graph-uri (named).
    LOAD SILENT does nothing: it may fail without a word, and here it always does.
    Raises BadQuery for what is no update and where the request chooses a data set beside the protocol;
    ForbiddenQuery for LOAD and SERVICE; BadParameter for a graph that the protocol cannot name.
    """
    found = tokens(request)
    hold_runs(request, found)
    service_calls(request, found, frozenset())
    paired = pairs(request, found)
    if paired.depth > DEPTH:
        raise BadQuery(
            f"brackets nest {paired.depth} deep, the limit is {DEPTH}", repair="Flatten the update"
        )
    outer = outermost(found, paired)
    _hold_plain(request, outer)
    if using is not None:
        hold_undecided(request, outer)
    operations = list(operations_of(outer))
    _hold_apart(request, operations)
    edits = [edit for each in operations for edit in _without_load(request, each.tokens)]
    edits += [edit for each in operations for edit in dataset_edits(request, each.tokens, using)]
    parts = list(parts_of(request, operations, edits))
    return Prepared(tuple(parts), as_sent=parts == [request])


def _hold_plain(request: str, outer: Sequence[Token]) -> None:
    """Hold what stands outside the braces to the words, names and marks of an update."""
    before = ""
    for token in outer:
        fits = {
            TokenKind.WORD: token.keyword in _WORDS,
            TokenKind.NAME: before in _BEFORE_NAMES,
            TokenKind.MARK: token.text in _MARKS,
            TokenKind.STRING: before == "VERSION",
            TokenKind.IRI: True,
        }
        if not fits.get(token.kind, False):
            raise BadQuery(
                f"{token.text[:40]!r} cannot stand there in an update",
                place=place(request, token.start),
                repair="Write INSERT, DELETE, CLEAR, DROP, CREATE, ADD, MOVE or COPY",
            )
        before = token.keyword


def _hold_apart(request: str, operations: Sequence[Operation]) -> None:
    """Only after the last semicolon may there be nothing."""
    for each in operations[:-1]:
        if not each.tokens:
            raise BadQuery(
                "there is no operation before the semicolon",
                place=place(request, each.end),
                repair="Put one semicolon between two operations",
            )


def _without_load(request: str, operation: Sequence[Token]) -> Iterator[Edit]:
    """Refuse LOAD; yield what makes LOAD SILENT the failure without a word that SILENT asks for.

    Raises ForbiddenQuery for a LOAD, BadQuery for what is none.
    """
    at = next((n for n, token in enumerate(operation) if token.keyword == "LOAD"), None)
    if at is None:
        return
    token = operation[at]
    silent = [each.keyword for each in operation[1:2]] == ["SILENT"]
    form = ["name" if each.kind in NAMES else each.keyword for each in operation[1 + silent :]]
    if at or form not in (["name"], ["name", "INTO", "GRAPH", "name"]):
        raise BadQuery(
            "LOAD does not stand in an operation of its own, or names no document",
            place=place(request, token.start),
            repair="Put a semicolon before it; but LOAD fetches, which is never done here",
        )
    if not silent:
        raise ForbiddenQuery(
            "LOAD fetches a document, which is never done here",
            place=place(request, token.start),
            repair="Send its content with PUT or POST to /graphs",
        )
    yield Edit(token.start, operation[-1].end, f"CLEAR SILENT GRAPH <urn:uuid:{uuid4()}>")
