"""Tests that are requests in their order: the protocol and the Graph Store Protocol."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from tests.conformance import answers
from tests.conformance.answers import Quads
from tests.conformance.compare import difference
from tests.conformance.manifest import ExchangeCase, Expected
from tests.conformance.subject import QUERY, Subject
from tests.conformance.wire import Request, Response

_FORMS: Final = {
    "boolean": {answers.JSON, answers.XML},
    "tabular": {answers.JSON, answers.XML, answers.CSV, answers.TSV},
    "RDF": set(answers.GRAPH_FORMATS),
}
_BASE: Final = "http://www.example/"
"""Relative addresses stand in no graph of these tests; a parser wants a base all the same."""


def exchanged(subject: Subject, case: ExchangeCase) -> str:
    """Send the requests of a test; return what was wrong with the first answer that was wrong, or nothing."""
    words: dict[str, str] = {}
    for number, (request, expected) in enumerate(case.exchanges, 1):
        response = subject.send(_addressed(subject, case, _filled(request, words)))
        why = _wrong(response, expected, request.method)
        if why:
            return f"request {number}, {request.method}: {why}"
        if expected.location:
            asked = subject.addresses.graphs
            words[expected.location] = urljoin(asked, response.headers.get("location", ""))
    return ""


def _filled(request: Request, words: dict[str, str]) -> Request:
    target, body = request.target, request.body
    for word, value in words.items():
        target = target.replace(word, value)
        body = body and body.replace(word.encode(), value.encode())
    return replace(request, target=target, body=body)


def _addressed(subject: Subject, case: ExchangeCase, request: Request) -> Request:
    """Put the service's own paths in the place of those that the manifests suppose.

    The manifests suppose one address for queries and updates. Where a service has two, what is sent by GET
    goes to that of queries: the protocol knows no update by GET, and this reading favours such services.
    """
    addresses = subject.addresses
    if request.target.startswith("/gsp"):
        return replace(request, target=request.target.replace("/gsp", urlsplit(addresses.graphs).path, 1))
    is_query = not case.is_update or request.method == "GET" or request.headers.get("content-type") == QUERY
    path = urlsplit(addresses.query if is_query else addresses.update).path
    return replace(request, target=path + request.target.removeprefix("/sparql/"))


def _wrong(response: Response, expected: Expected, method: str) -> str:
    status = str(response.status)
    if not {status, f"{status[0]}xx"} & expected.statuses:
        return f"status {status}, not {' or '.join(sorted(expected.statuses))}"
    if expected.location and not response.headers.get("location"):
        return "no Location is told"
    if expected.form and response.media_type not in _FORMS[expected.form]:
        return f"{response.media_type or 'no media type'} is not {expected.form}"
    if why := _wrong_content_type(response, expected.content_type):
        return why
    if expected.truth is not None:
        return difference(expected.truth, answers.read(response.body, response.media_type, _BASE))
    if expected.graph and method != "HEAD":
        asked = Quads(answers.graph(expected.graph.encode(), answers.TURTLE, _BASE))
        return difference(asked, answers.read(response.body, response.media_type, _BASE))
    return ""


def _wrong_content_type(response: Response, expected: str) -> str:
    """Compare media types; a charset may be left away (Turtle is always UTF-8) but not be another."""
    if not expected:
        return ""
    media_type, _, charset = expected.partition("; charset=")
    if response.media_type != media_type or response.charset not in ("", charset):
        return f"{response.headers.get('content-type')} came, not {expected}"
    return ""
