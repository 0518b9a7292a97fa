"""Running one test against one service: what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urljoin

from pyoxigraph import DefaultGraph, Quad

from tests.conformance import answers
from tests.conformance.answers import Quads, Rows, Unreadable
from tests.conformance.compare import difference
from tests.conformance.description import described
from tests.conformance.exchanges import exchanged
from tests.conformance.manifest import (
    Case,
    Data,
    DescriptionCase,
    ExchangeCase,
    QueryCase,
    SyntaxCase,
    UpdateCase,
)
from tests.conformance.subject import Subject, Unprepared

_FORM_OF: Final = {
    ".srx": answers.XML,
    ".srj": answers.JSON,
    ".csv": answers.CSV,
    ".tsv": answers.TSV,
    ".ttl": answers.TURTLE,
}
"""Which form a test of a query asks for: the one that its expected result is written in."""

_EVERYTHING: Final = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a test: ``why`` is empty where it passed; the record shows what was sent and answered."""

    case: Case
    why: str
    record: str = ""

    @property
    def passed(self) -> bool:
        return not self.why


def run(subject: Subject, cases: Iterable[Case]) -> list[Outcome]:
    """Run tests one after another and return what came of each, in the order given.

    Queries over the same data are run together: bringing data into a service is what takes the time.
    """
    numbered = list(enumerate(cases))
    together = sorted(numbered, key=lambda pair: (pair[1].suite, _data_of(pair[1])))
    found = {number: _outcome(subject, case) for number, case in together}
    return [found[number] for number, _ in numbered]


def _data_of(case: Case) -> str:
    return repr(case.data) if isinstance(case, QueryCase) else ""


def _outcome(subject: Subject, case: Case) -> Outcome:
    subject.wire.forget()
    try:
        why = _why(subject, case)
    except Unprepared as error:
        why = str(error)
    except Unreadable as error:
        why = f"the answer cannot be read: {error}"
    record = "\n".join(map(str, subject.wire.exchanges)) if why else ""
    return Outcome(case, why, record)


def _why(subject: Subject, case: Case) -> str:
    match case:
        case QueryCase():
            return _queried(subject, case)
        case UpdateCase():
            return _updated(subject, case)
        case SyntaxCase():
            return _parsed(subject, case)
        case ExchangeCase():
            subject.hold(case.data)
            if case.changes:
                subject.touched()
            return exchanged(subject, case)
        case DescriptionCase():
            return described(subject, case)
    raise AssertionError(f"{case.iri}: nothing runs such a test")


def _queried(subject: Subject, case: QueryCase) -> str:
    text = subject.text(case.query)
    subject.hold(_with_what_it_names(case.data, case.query, text))
    subject.elsewhere.hold(case.services)
    form = _FORM_OF[PurePosixPath(case.expected).suffix]
    expected = answers.read(subject.body(case.expected), form, case.expected)
    if form == answers.TURTLE and not isinstance(expected, Quads):
        form = answers.XML  # a table that the suite writes as a graph
    response = subject.query(_based(text, case.query), form)
    if response.status != 200:
        return f"status {response.status}"
    if response.media_type != form:
        return f"{form} was asked for, {response.media_type or 'nothing told'} came"
    found = answers.read(response.body, form, case.query)
    return difference(expected, found, ordered=_is_ordered(text, expected), lax=case.lax)


def _with_what_it_names(data: Data, query: str, text: str) -> Data:
    """Return data with the files that the query's FROM names: they must be held, for nothing is fetched."""
    bare = re.sub(r"(?m)^\s*#.*$", "", text)
    named = dict(data.named)
    for name in re.findall(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", bare, re.IGNORECASE):
        named.setdefault(urljoin(query, name), urljoin(query, name))
    return replace(data, named=tuple(sorted(named.items())))


def _is_ordered(text: str, expected: object) -> bool:
    """Tell whether rows come in an order: the last group of a query is closed before its ORDER BY."""
    after = text.rpartition("}")[2]
    return isinstance(expected, Rows) and bool(re.search(r"\bORDER\s+BY\b", after, re.IGNORECASE))


def _updated(subject: Subject, case: UpdateCase) -> str:
    subject.hold(case.before)
    subject.touched()
    response = subject.update(_based(subject.text(case.update), case.update))
    if not response.good:
        return f"status {response.status}"
    response = subject.query(_EVERYTHING, answers.JSON)
    if response.status != 200:
        return f"the data could not be read afterwards: status {response.status}"
    found = answers.read(response.body, answers.JSON, case.update)
    if not isinstance(found, Rows):
        return "the data could not be read afterwards: a table was asked for"
    return difference(Quads(subject.quads(case.after)), Quads(_quads(found)))


def _quads(rows: Rows) -> frozenset[Quad]:
    places = [rows.variables.index(name) for name in "gspo"]
    cells = ([row[place] for place in places] for row in rows.rows)
    return frozenset(Quad(s, p, o, g or DefaultGraph()) for g, s, p, o in cells)  # type: ignore[arg-type]


def _parsed(subject: Subject, case: SyntaxCase) -> str:
    """Judge syntax alone: 400 says malformed (SPARQL 1.1 Protocol, 2.1.6), all else says that it was read.

    An update that is well formed may well fail: it drops a graph that is not there, or loads one.
    """
    text = _based(subject.text(case.text), case.text)
    if case.is_update:
        subject.touched()
        response = subject.update(text)
    else:
        response = subject.query(text, f"{answers.JSON}, {answers.TURTLE}")
    if case.well_formed:
        wrong = response.status in (0, 400)
        return f"well formed, but refused with {response.status}" if wrong else ""
    return "" if response.status == 400 else f"not well formed, but answered with {response.status}"


def _based(text: str, iri: str) -> str:
    return f"BASE <{iri}>\n{text}"
