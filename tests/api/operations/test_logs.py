"""One line a request, that tells how it went and never who asked for what."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from api.monitoring import logs
from kb.errors import QueryTimeout
from kb.settings import Settings
from kb.store import Answer, Store

QUERY = "SELECT ?secret WHERE { person:ada-moor ?secret ?value }"
TOKEN = "token-9f8e7d6c"
TELLING = {
    "User-Agent": "agent-1a2b3c",
    "Authorization": f"Bearer {TOKEN}",
    "Cookie": "crumb=4d5e6f",
    "Referer": "https://example.org/came-from",
    "X-Forwarded-For": "203.0.113.77",
}


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Return where a test lets the log go; logging is put back afterwards."""
    root, before = logging.getLogger(), logging.getLogger().handlers[:]
    yield io.StringIO()
    root.handlers[:] = before
    logging.getLogger("legation.requests").setLevel(logging.NOTSET)


@pytest.fixture
def told(store: Store, lines: io.StringIO) -> FlaskClient:
    logs.configure(Settings(log="json"), lines)
    client = create_app(store, Settings(log="json")).test_client()
    client.environ_base["REMOTE_ADDR"] = "192.0.2.55"
    return client


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_request_is_one_line_of_json(told: FlaskClient, lines: io.StringIO) -> None:
    response = told.get("/sparql", query_string={"query": QUERY})
    (line,) = read(lines)
    assert line["logger"] == "legation.requests"
    assert (line["method"], line["endpoint"], line["status"]) == ("GET", "sparql.sparql", 200)
    assert line["bytes"] == len(response.data)
    assert line["ms"] >= 0
    assert len(line["query"]) == 16
    assert "stopped" not in line


def test_a_line_holds_nothing_of_who_asked_for_what(told: FlaskClient, lines: io.StringIO) -> None:
    told.get("/sparql", query_string={"query": QUERY}, headers=TELLING)
    told.post("/sparql", data=QUERY, content_type="application/sparql-query", headers=TELLING)
    told.post("/sparql", data={"query": QUERY}, headers=TELLING)
    told.get("/questions/who-accompanied?person=ada-moor", headers=TELLING)
    told.get("/person/ada-moor", headers=TELLING)
    told.get("/person/nobody-1234", headers=TELLING)
    told.get("/a/b/nowhere-5678?c=secret", headers=TELLING)
    text = lines.getvalue()
    assert len(text.splitlines()) == 7
    for secret in (
        "secret", "ada-moor", "nobody", "nowhere", "SELECT", "192.0.2.55", TOKEN, "agent-1a2b3c", "4d5e6f",
        "came-from", "203.0.113.77",
    ):  # fmt: skip
        assert secret not in text


def test_repeats_of_a_query_show_and_others_differ(told: FlaskClient, lines: io.StringIO) -> None:
    for path in ("/questions/memberships?a=1", "/questions/memberships?a=1", "/questions/memberships?a=2"):
        told.get(path)
    first, again, other = (line["query"] for line in read(lines))
    assert first == again != other


def test_a_line_says_which_limit_stopped_it(
    told: FlaskClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_given: object, **_named: object) -> None:
        raise QueryTimeout("too slow")

    monkeypatch.setattr("kb.store.embedded.EmbeddedStore.query_bytes", slow)
    told.get("/sparql", query_string={"query": QUERY})
    (line,) = read(lines)
    assert (line["status"], line["stopped"]) == (504, "seconds")


def test_a_cut_answer_says_so(store: Store, lines: io.StringIO) -> None:
    logs.configure(Settings(log="json"), lines)

    class Cutting:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def query_bytes(self, *given: Any, **named: Any) -> Answer:
            return replace(store.query_bytes(*given, **named), truncated=True)

    create_app(Cutting(), Settings()).test_client().get("/sparql", query_string={"query": QUERY})  # type: ignore[arg-type]
    (line,) = read(lines)
    assert line["stopped"] == "rows or bytes"


@pytest.mark.parametrize("method", ["BREW", "get", "GET\r\nforged: line"])
def test_a_method_that_is_none_is_not_repeated(told: FlaskClient, lines: io.StringIO, method: str) -> None:
    told.open("/questions/", method=method)
    (line,) = read(lines)
    assert line["method"] in ("other", "GET")


def test_plain_lines_hold_the_same(store: Store, lines: io.StringIO) -> None:
    logs.configure(Settings(log="plain"), lines)
    create_app(store, Settings(log="plain")).test_client().get("/questions/")
    (line,) = lines.getvalue().splitlines()
    assert " INFO legation.requests request method=GET endpoint=questions.every status=200 ms=" in line


def test_by_default_only_faults_are_written(store: Store, lines: io.StringIO) -> None:
    logs.configure(Settings(), lines)
    app = create_app(store, Settings())
    app.add_url_rule("/broken/", "broken", lambda: str(1 / 0))
    client = app.test_client()
    client.get("/questions/")
    client.get("/person/nobody")
    assert not lines.getvalue()
    client.get("/broken/")
    (line,) = lines.getvalue().splitlines()
    assert "ERROR legation.faults fault: ZeroDivisionError at test_logs.py:" in line


@pytest.mark.parametrize("form", [logs.PlainLines(), logs.JsonLines()])
def test_nothing_that_is_logged_can_begin_a_line_of_its_own(form: logging.Formatter) -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "one\ntwo\r\u2028three\x1b[2J", (), None)
    assert len(form.format(record).splitlines()) == 1
    assert "\x1b" not in form.format(record)


def test_configuring_twice_writes_once(lines: io.StringIO) -> None:
    logs.configure(Settings(log="json"), lines)
    logs.configure(Settings(log="json"), lines)
    logging.getLogger("legation.store").error("away")
    assert len(read(lines)) == 1


def test_an_app_that_nobody_configured_writes_no_line(app: Flask, lines: io.StringIO) -> None:
    app.test_client().get("/questions/")
    assert not lines.getvalue()
