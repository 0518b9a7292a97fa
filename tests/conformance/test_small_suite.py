"""The runner itself, over a small invented suite: what is right passes, each kind of wrong answer is seen."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.conformance.manifest import Case, ExchangeCase, SyntaxCase, cases
from tests.conformance.running import run
from tests.conformance.small import unpack
from tests.conformance.starting import oxigraph
from tests.conformance.subject import Addresses, Elsewhere, Subject

_HELD: Final = TemporaryDirectory(prefix="legation-suite-")
SMALL: Final = unpack(Path(_HELD.name))
CASES: Final = cases(SMALL)


@pytest.fixture(scope="module")
def service() -> Iterator[Subject]:
    with oxigraph(SMALL, Elsewhere({})) as subject:
        yield subject


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.iri.rpartition("11/")[2])
def test_what_is_expected_wrongly_fails_and_nothing_else_does(service: Subject, case: Case) -> None:
    (outcome,) = run(service, [case])
    assert outcome.passed != case.iri.endswith("-bad"), outcome.why


def test_what_failed_shows_what_was_sent_and_answered(service: Subject) -> None:
    (case,) = (case for case in CASES if case.iri.endswith("#second-request-bad"))
    (outcome,) = run(service, [case])
    assert outcome.why == "request 2, POST: status 400, not 2xx"
    assert "> POST /query\n> content-type: application/sparql-query\nASK {\n< 400" in outcome.record


class Agreeable(BaseHTTPRequestHandler):
    """A service that says yes to everything."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = json.dumps({"head": {}, "boolean": True}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else body)

    do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = answer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Silent(BaseHTTPRequestHandler):
    """A service that hangs up without an answer."""

    def do_GET(self) -> None:
        self.close_connection = True

    do_POST = do_PUT = do_HEAD = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def behaving(kind: type[BaseHTTPRequestHandler]) -> Iterator[Subject]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    subject = Subject(Addresses("invented", f"{address}/q", f"{address}/u", f"{address}/g"), SMALL)
    try:
        yield subject
    finally:
        subject.close()
        server.shutdown()
        server.server_close()


def test_a_service_that_says_yes_to_everything_passes_next_to_nothing() -> None:
    with behaving(Agreeable) as subject:
        passed = [outcome.case for outcome in run(subject, CASES) if outcome.passed]
    right = [case for case in passed if not case.iri.endswith("-bad")]
    assert {case.iri.rpartition("#")[2] for case in right if not isinstance(case, SyntaxCase)} == {
        "yes",
        "asked",
    }


def test_a_service_that_hangs_up_passes_nothing() -> None:
    with behaving(Silent) as subject:
        assert [outcome.case.iri for outcome in run(subject, CASES) if outcome.passed] == []


def test_an_update_by_get_goes_where_queries_go() -> None:
    (case,) = (case for case in CASES if case.iri.endswith("#update_asked"))
    assert isinstance(case, ExchangeCase)
    assert case.is_update
