"""Look at an update request before it runs, and give its operations the data set that they read.

As with queries (kb.store.guard), the request is looked at token by token, because Oxigraph knows no word
boundaries. Outside the braces little can stand: what is none of that is refused, so that no word can hide in
another (``LOADSILENT<…>`` loads, ``LOADa:b`` too).

An operation that reads several graphs as one (USING twice) gets a graph that holds both, for as long as it
runs: Oxigraph would match a triple once for each graph that has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from uuid import uuid4

from pyoxigraph import NamedNode

from kb.errors import BadParameter, BadQuery, ForbiddenQuery
from kb.store.binding import sparql_term
from kb.store.federation import service_calls
from kb.store.guard import DEPTH, hold_runs
from kb.store.interface import DEFAULT_NAMES, Dataset
from kb.store.shape import Pairs, pairs
from kb.store.tokens import Token, TokenKind, place, tokens

_DECLARES: Final = frozenset({"BASE", "PREFIX", "VERSION"})
_BEFORE_NAMES: Final = frozenset(
    {"PREFIX", "WITH", "USING", "NAMED", "GRAPH", "ADD", "COPY", "MOVE", "LOAD", "SILENT", "TO", "INTO"}
)
_WORDS: Final = (
    _DECLARES
    | _BEFORE_NAMES
    | frozenset({"DELETE", "INSERT", "DATA", "WHERE", "CLEAR", "DROP", "CREATE", "DEFAULT", "ALL"})
)
_MARKS: Final = frozenset({"{", "}", ";"})
_NAMES: Final = (TokenKind.IRI, TokenKind.NAME)
_DEFAULT: Final = "DEFAULT"


@dataclass(frozen=True, slots=True)
class _Edit:
    """A stretch of the request, in characters from 0, and what stands there instead."""

    start: int
    end: int
    text: str


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
    outer = _outermost(found, paired)
    _hold_plain(request, outer)
    if using is not None:
        _hold_undecided(request, outer)
    operations = list(_operations(outer))
    _hold_apart(request, operations)
    edits = [edit for each in operations for edit in _without_load(request, each.tokens)]
    edits += [edit for each in operations for edit in _edits(request, each.tokens, using)]
    parts = list(_parts(request, operations, edits))
    return Prepared(tuple(parts), as_sent=parts == [request])


@dataclass(frozen=True, slots=True)
class _Operation:
    """The outermost tokens of an operation, the declarations before it, and where both stand."""

    tokens: tuple[Token, ...]
    declarations: tuple[Token, ...]
    start: int
    end: int


def _parts(request: str, operations: Sequence[_Operation], edits: Sequence[_Edit]) -> Iterator[str]:
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


def _edited(request: str, start: int, end: int, edits: Sequence[_Edit]) -> str:
    """Return a stretch of the request with its edits made."""
    made: list[str] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        made += [request[start : edit.start], edit.text]
        start = edit.end
    return "".join([*made, request[start:end]])


def _outermost(found: Sequence[Token], paired: Pairs) -> list[Token]:
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


def _hold_undecided(request: str, outer: Sequence[Token]) -> None:
    for token in outer:
        if token.keyword in ("USING", "WITH"):
            raise BadQuery(
                f"the update says {token.keyword} and the protocol names graphs too",
                place=place(request, token.start),
                repair="Leave out using-graph-uri and using-named-graph-uri, or the clause",
            )


def _operations(outer: Sequence[Token]) -> Iterator[_Operation]:
    """Yield the operations of a request, between semicolons; there is one at least, be it empty."""
    tokens_: list[Token] = []
    declarations: list[Token] = []
    start = missing = 0
    for token in outer:
        if token.text == ";":
            yield _Operation(tuple(tokens_), tuple(declarations), start, token.start)
            tokens_, declarations, start = [], [], token.end
        elif token.keyword in _DECLARES and not tokens_:
            declarations.append(token)
            missing = 2 if token.keyword == "PREFIX" else 1
        elif missing:
            declarations.append(token)
            missing -= 1
        else:
            tokens_.append(token)
    end = max([start, *(token.end for token in outer[-1:])])
    yield _Operation(tuple(tokens_), tuple(declarations), start, end)


def _hold_apart(request: str, operations: Sequence[_Operation]) -> None:
    """Only after the last semicolon may there be nothing."""
    for each in operations[:-1]:
        if not each.tokens:
            raise BadQuery(
                "there is no operation before the semicolon",
                place=place(request, each.end),
                repair="Put one semicolon between two operations",
            )


def _without_load(request: str, operation: Sequence[Token]) -> Iterator[_Edit]:
    """Refuse LOAD; yield what makes LOAD SILENT the failure without a word that SILENT asks for.

    Raises ForbiddenQuery for a LOAD, BadQuery for what is none.
    """
    at = next((n for n, token in enumerate(operation) if token.keyword == "LOAD"), None)
    if at is None:
        return
    token = operation[at]
    silent = [each.keyword for each in operation[1:2]] == ["SILENT"]
    form = ["name" if each.kind in _NAMES else each.keyword for each in operation[1 + silent :]]
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
    yield _Edit(token.start, operation[-1].end, f"CLEAR SILENT GRAPH <urn:uuid:{uuid4()}>")


def _edits(request: str, operation: Sequence[Token], using: Dataset | None) -> Iterator[_Edit]:
    """Yield what gives one operation its data set; only one with a pattern reads anything."""
    where = next((n for n, token in enumerate(operation) if token.keyword == "WHERE"), 0)
    if not where or len(operation) < where + 3:
        return
    head, opening, closing = operation[where : where + 3]
    pattern = ""
    if using is not None:
        if operation[where - 1].keyword == "DELETE":  # DELETE WHERE { … } takes no USING, its long form does
            pattern = f"{request[opening.start : closing.end]} "
        default = [_term(name) for name in dict.fromkeys(using.default)]
        named = [f"USING NAMED {_term(name)} " for name in using.named]
    else:
        clauses = list(_using(operation[:where]))
        if len(clauses) < 2:
            return
        default, named = [name.text for _, name in clauses], []
        yield from (_Edit(word.start, name.end, "") for word, name in clauses)
    read = default[0] if default else ""
    if len(default) > 1 or read == _DEFAULT:
        read = f"<urn:uuid:{uuid4()}>"
        copies = "".join(f"ADD SILENT {name} TO {read} ; " for name in default)
        yield _Edit(operation[0].start, operation[0].start, copies)
        yield _Edit(closing.end, closing.end, f" ; DROP SILENT GRAPH {read}")
    clause = f"USING {read} " if read else ""
    yield _Edit(head.start, head.start, "".join([pattern, clause, *named]))


def _using(before: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the word USING and the name after it, of each clause that names a default graph."""
    for word, name in pairwise(before):
        if word.keyword == "USING" and name.kind in _NAMES:
            yield word, name


def _term(name: str) -> str:
    """Return a graph that the protocol names as an operation names it. Raises BadParameter."""
    if name in DEFAULT_NAMES:
        return _DEFAULT
    try:
        return sparql_term(NamedNode(name))
    except ValueError:
        raise BadParameter(f"{name!r} is not an absolute IRI", repair="Give a full IRI") from None
