"""Pages of an answer, by key: a page begins after a row's place in the order, not after so many rows.

So rows that are added or taken away elsewhere shift nothing, and a page can be found again when the very row
that it begins after is gone. The cursor is that place, written down: the row's key and its digest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kb.errors import UnknownPage
from kb.namespaces import PREFIXES
from kb.queries.answers import Answer
from kb.queries.ordering import conditions, digest_of, place_of
from kb.queries.question import Question
from kb.queries.values import Row, Term, term_of

_XSD: Final = PREFIXES["xsd"]
LONGEST: Final = 4_000
"""How many characters a cursor may have."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of an answer, and where the pages beside them begin."""

    answer: Answer
    """With the page's rows only."""
    total: int
    """How many rows all pages have together."""
    limit: int | None
    """How many rows were asked for; None: all from the cursor on."""
    before: int
    """How many rows stand before the page."""
    next: str | None
    """The cursor of the page that follows; None: there is none."""
    previous: str | None
    """The cursor of the page before; "" where that is the first page, None where this is."""


def page(answer: Answer, limit: int | None = None, after: str = "") -> Page:
    """Return a page of an answer: at most ``limit`` rows that stand after a cursor's place.

    Raises UnknownPage for a text that is no cursor of this question.
    """
    start = _start(answer, after) if after else 0
    end = len(answer.cells) if limit is None else min(start + limit, len(answer.cells))
    before = max(0, start - (limit or start))
    return Page(
        replace(answer, cells=answer.cells[start:end], keys=answer.keys[start:end]),
        total=len(answer.cells),
        limit=limit,
        before=start,
        next=_cursor(answer, end - 1) if start < end < len(answer.cells) else None,
        previous=None if start == 0 else _cursor(answer, before - 1) if before else "",
    )


def _start(answer: Answer, after: str) -> int:
    key, digest = _read(answer.question, after)
    order = conditions(answer.question.sparql)
    place = (place_of(key, order), digest)
    return bisect_right(
        range(len(answer.cells)),
        place,
        key=lambda n: (place_of(tuple(map(term_of, answer.keys[n])), order), digest_of(answer.cells[n])),
    )


def _cursor(answer: Answer, row: int) -> str:
    """Return the cursor of the page that begins after a row."""
    key = map(_written, map(term_of, answer.keys[row]))
    content = [_mark(answer.question), *key, digest_of(answer.cells[row])]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(question: Question, cursor: str) -> tuple[Row, str]:
    if len(cursor) > LONGEST or not cursor.isascii():
        raise _unknown(question)
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        mark, *key, digest = content
        if mark != _mark(question) or len(key) != len(conditions(question.sparql)):
            raise _unknown(question)
        return tuple(map(_term, key)), str(digest)
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise _unknown(question) from error


def _unknown(question: Question) -> UnknownPage:
    return UnknownPage(
        "no page of this question begins there",
        place="after",
        repair=f"Take it from an answer of {question.name}, or leave it out to begin with the first page",
    )


def _mark(question: Question) -> str:
    """Return what tells the cursors of one question, in one order, from all others."""
    order = "\n".join(f"{each.descending} {each.expression}" for each in conditions(question.sparql))
    return hashlib.sha256(f"{question.name}\n{order}".encode()).hexdigest()[:8]


def _written(term: Term | None) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, NamedNode | BlankNode):
        return ["i" if isinstance(term, NamedNode) else "b", term.value]
    assert not isinstance(term, Triple), "no question gives triples"
    kind = f"@{term.language}" if term.language else term.datatype.value.removeprefix(_XSD)
    return ["l", term.value] if kind == "string" else ["l", term.value, kind]


def _term(part: object) -> Term | None:
    """Return the term that a part of a cursor stands for. Raises ValueError, TypeError for anything else."""
    if part is None:
        return None
    if not isinstance(part, list) or not all(isinstance(text, str) for text in part):
        raise TypeError
    match part:
        case ["i", value]:
            return NamedNode(value)
        case ["b", value]:
            return BlankNode(value)
        case ["l", value, kind] if kind.startswith("@"):
            return Literal(value, language=kind[1:])
        case ["l", value, kind]:
            return Literal(value, datatype=NamedNode(kind if ":" in kind else _XSD + kind))
        case ["l", value]:
            return Literal(value)
    raise ValueError
