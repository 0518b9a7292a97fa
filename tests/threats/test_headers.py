"""No parameter makes a header or leads away; no error tells of the inside; data is data."""

from __future__ import annotations

import csv
import io
import re
from importlib.metadata import version
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal

from kb.store.binding import sparql_term
from tests.threats.payloads import PAYLOADS

HTML = {"Accept": "text/html"}
SPLITTING = (
    "x\r\nSet-Cookie: a=b",
    "x\nSet-Cookie: a=b",
    "x\r\n\r\n<html>",
    "x%0d%0aSet-Cookie: a=b",
    "é\u0100",
)


@pytest.mark.parametrize("text", SPLITTING)
def test_no_parameter_makes_a_header(client: FlaskClient, text: str) -> None:
    for path in (
        "/sparql",
        "/questions/facilities-visited.json",
        "/terms/",
        "/reconcile",
        "/graphs",
        "/person/x",
    ):
        for name in ("query", "visitor_state", "lang", "format", "graph", "cursor", "after", "q", "callback"):
            response = client.get(path, query_string={name: text})
            assert "Set-Cookie" not in response.headers or "a=b" not in response.headers["Set-Cookie"]
            assert not any("\n" in value or "\r" in value for value in response.headers.values())


@pytest.mark.parametrize(
    "address", ["x>; rel=evil", 'x"; rel="evil', "x, <http://a.example/>", "//a.example/", "\\\\a.example"]
)
def test_links_and_redirects_lead_to_ourselves(client: FlaskClient, address: str) -> None:
    sent = quote(address, safe="")
    for path in (
        f"/person/{sent}",
        f"/fac/{sent}",
        f"/{sent}",
        f"/claim/{sent}",
        f"//a.example/{sent}",
        f"/person/planted-0?{sent}",
        f"/questions/facilities-visited?visitor_state=XAL&host_state=XBO&x={sent}",
    ):
        response = client.get(path, headers=HTML)
        leads = response.headers.get("Location", "/")
        assert leads.startswith("/") and not leads.startswith(("//", "/\\")), (path, leads)
        for target in re.findall(r"<([^>]*)>", response.headers.get("Link", "")):
            assert not re.search(r'[\s"<>\\]', target), (path, target)
        assert "evil" not in re.sub(r"<[^>]*>", "", response.headers.get("Link", "")), path


WRONG = [
    "GET /nowhere",
    "GET /sparql?query=SELECT",
    "GET /sparql?query=ASK{SERVICE<a:a>{}}",
    "GET /sparql?query=SELECT(REGEX('a','(')AS?x){}",
    "GET /sparql?query=CONSTRUCT{?s?p?o}WHERE{?s?p?o}&default-graph-uri=x",
    "DELETE /sparql",
    "PUT /sparql",
    "POST /sparql",
    "GET /questions/nothing",
    "GET /questions/facilities-visited.json?x=1",
    "GET /person/nobody",
    "GET /claim/none",
    "GET /static/../app.py",
    "GET /static/%2e%2e/app.py",
    "GET /reconcile?queries={",
    "GET /graphs?graph=x",
]
LEAKS = ("Traceback", 'File "', ".py", "/tmp/", "site-packages", "werkzeug", "Python/", "oxigraph")


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("request_", WRONG)
def test_an_error_tells_no_path_no_stack_and_no_version(
    client: FlaskClient, request_: str, accept: str
) -> None:
    method, _, path = request_.partition(" ")
    response = client.open(path, method=method, headers={"Accept": accept})
    said = response.get_data(as_text=True) + str(response.headers)
    for leak in LEAKS:
        assert leak.lower() not in said.lower(), leak
    for part in ("flask", "werkzeug", "pyoxigraph", "granian"):
        assert version(part) not in said


def test_rows_as_csv_are_the_values_themselves(client: FlaskClient) -> None:
    """SPARQL has it so: what a spreadsheet makes of "=…" is told in the docs, not changed in the data."""
    query = (
        f"SELECT ?x WHERE {{ VALUES ?x {{ {' '.join(sparql_term(Literal(text)) for text in PAYLOADS)} }} }}"
    )
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    rows = list(csv.reader(io.StringIO(response.get_data(as_text=True), newline="")))
    assert [row[0] for row in rows[1:]] == list(PAYLOADS)
    assert response.mimetype == "text/csv"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_every_answer_forbids_guessing_and_scripts(client: FlaskClient) -> None:
    for path in (
        "/",
        "/sparql",
        "/sparql?query=ASK{}",
        "/nowhere",
        "/questions/facilities-visited.csv?x=1",
        "/terms/",
    ):
        for accept in ("text/html", "*/*"):
            response = client.get(path, headers={"Accept": accept})
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert "default-src 'none'" in response.headers["Content-Security-Policy"]
            assert "script-src" not in response.headers["Content-Security-Policy"]
