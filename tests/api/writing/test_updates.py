"""SPARQL Update over HTTP: what is taken, what is refused and with which status, and who may send it."""

from __future__ import annotations

import base64
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kb.store.workbench import WorkbenchStore
from tests.api.writing.bench import BEARER, TOKEN, WRITABLE, bench_at, holder
from tests.store.bench import every

DIRECT = "application/sparql-update"
ADD = "INSERT DATA { <u:a> <u:b> 1 }"
ADDED = {("None", "u:a", "u:b", "1")}


def test_an_update_is_taken_as_a_form_and_as_a_body(writer: FlaskClient, bench: WorkbenchStore) -> None:
    response = writer.post("/sparql", data={"update": ADD})
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Type" not in response.headers
    assert every(bench) == ADDED
    assert writer.post("/sparql", data="CLEAR ALL", content_type=DIRECT).status_code == 204
    assert every(bench) == set()


def test_the_next_query_sees_it(writer: FlaskClient) -> None:
    writer.post("/sparql", data="INSERT DATA { GRAPH <u:g> { <u:a> <u:b> <c> } }", content_type=DIRECT)
    query = "SELECT ?o { GRAPH ?g { ?s ?p ?o } }"
    found = writer.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    assert found.text == "o\r\nhttp://localhost/c\r\n"


def test_the_protocol_names_the_graphs_that_are_read(writer: FlaskClient, bench: WorkbenchStore) -> None:
    bench.update("INSERT DATA { GRAPH <u:one> { <u:a> <u:b> 1 } GRAPH <u:two> { <u:a> <u:b> 2 } }")
    move = "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o } ; DROP NAMED"
    graphs = {"using-graph-uri": ["u:one", "u:two"]}
    assert writer.post("/sparql", query_string=graphs, data=move, content_type=DIRECT).status_code == 204
    assert every(bench) == {("None", "u:a", "u:b", "1"), ("None", "u:a", "u:b", "2")}
    form = {
        "update": "DELETE { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "using-named-graph-uri": "u:none",
    }
    assert writer.post("/sparql", data=form).status_code == 204
    assert len(every(bench)) == 2


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"method": "GET", "query_string": {"update": "CLEAR ALL"}}, 400, "never by GET"),
        ({"data": {"update": ["CLEAR NAMED", "CLEAR DEFAULT"]}}, 400, "2 updates"),
        ({"data": {"update": "CLEAR ALL", "query": "ASK {}"}}, 400, "a query and an update"),
        ({"data": {"update": "CLEAR XYZ"}}, 400, "'XYZ' cannot stand there"),
        ({"data": "INSERT DATA { <u:a> <u:b> }", "content_type": DIRECT}, 400, "not SPARQL Update"),
        ({"data": "CLEAR NAMED".encode("utf-16"), "content_type": DIRECT}, 400, "not UTF-8 at byte 0"),
        (
            {"data": "CLEAR NAMED".encode("utf-16"), "content_type": f"{DIRECT}; charset=UTF-16"},
            400,
            "UTF-16",
        ),
        ({"data": {"update": "CLEAR ALL", "default-graph-uri": "u:g"}}, 400, "for queries"),
        ({"data": {"update": "CLEAR ALL ; LOAD <http://127.0.0.1:9/>"}}, 403, "LOAD fetches"),
        (
            {
                "data": "WITH <u:g> DELETE WHERE {}",
                "content_type": DIRECT,
                "query_string": {"using-graph-uri": "u:g"},
            },
            400,
            "the protocol names graphs too",
        ),
        (
            {"data": "DELETE WHERE {}", "content_type": DIRECT, "query_string": {"using-graph-uri": "g"}},
            400,
            "'g' is not an absolute IRI",
        ),
        ({"data": {"update": "DROP GRAPH <u:none>"}}, 409, "does not exist"),
    ],
)
def test_what_is_not_in_order_is_told_and_changes_nothing(
    writer: FlaskClient, bench: WorkbenchStore, sent: dict[str, object], status: int, told: str
) -> None:
    bench.update(ADD)
    response = writer.open("/sparql", **{"method": "POST", **sent})  # type: ignore[arg-type]
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert told in response.text
    assert every(bench) == ADDED


def test_another_media_type_is_refused(writer: FlaskClient) -> None:
    for content_type in ("text/plain", "application/json"):
        response = writer.post(
            "/sparql", query_string={"update": "CLEAR ALL"}, data="CLEAR ALL", content_type=content_type
        )
        assert response.status_code == 415


@pytest.mark.parametrize("sent", ["Bearer", "Bearer wrong", "Basic !", f"Token {TOKEN}", ""])
def test_nobody_changes_anything_without_a_good_token(
    bench_app: Flask, bench: WorkbenchStore, sent: str
) -> None:
    headers = {"Authorization": sent} if sent else {}
    response = bench_app.test_client().post("/sparql", data={"update": ADD}, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer realm=")
    assert ("invalid_token" in response.headers["WWW-Authenticate"]) == (sent == "Bearer wrong")
    assert every(bench) == set()


def basic() -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'anyone:{TOKEN}'.encode()).decode()}"}


def test_a_program_may_send_the_token_as_a_password(bench_app: Flask, bench: WorkbenchStore) -> None:
    response = bench_app.test_client().post("/sparql", data={"update": ADD}, headers=basic())
    assert response.status_code == 204
    assert every(bench) == ADDED


@pytest.mark.parametrize("header", ["Origin", "Sec-Fetch-Site"])
def test_a_browser_is_not_asked_for_a_password_that_another_site_could_use(
    bench_app: Flask, bench: WorkbenchStore, header: str
) -> None:
    headers = basic() | {header: "https://elsewhere.example"}
    response = bench_app.test_client().post("/sparql", data={"update": ADD}, headers=headers)
    assert response.status_code == 401
    assert "Basic" not in response.headers["WWW-Authenticate"]
    assert every(bench) == set()


def test_no_token_is_ever_logged(
    writer: FlaskClient, bench_app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        writer.post("/sparql", data={"update": ADD})
        bench_app.test_client().post(
            "/sparql", data={"update": ADD}, headers={"Authorization": "Bearer wr0ng"}
        )
    printed = capfd.readouterr()
    for text in (caplog.text, printed.out, printed.err):
        assert TOKEN not in text
        assert "wr0ng" not in text


def test_a_base_is_never_changed(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"update": ADD}, headers=BEARER)
    assert response.status_code == 403
    assert "rebuilt from claims" in response.text


def test_a_workbench_that_is_not_served_writable_is_not_changed(shared: WorkbenchStore) -> None:
    with bench_at(shared.layout.folder, writable=False) as read:
        response = holder(create_app(read, WRITABLE)).post("/sparql", data={"update": ADD})
    assert response.status_code == 403
    assert "--writable" in response.text


def test_whoever_has_a_token_may_send_more(bench_app: Flask, bench: WorkbenchStore) -> None:
    long = f"{ADD} # {'x' * 400_000}"
    stranger = bench_app.test_client()
    assert stranger.post("/sparql", data={"update": long}).status_code in (401, 413)
    assert stranger.post("/sparql", data=long, content_type=DIRECT).status_code in (401, 413)
    assert stranger.post("/sparql", data={"update": long}, headers=BEARER).status_code == 204
    assert stranger.post("/sparql", data=long, content_type=DIRECT, headers=BEARER).status_code == 204
    huge = b"#" * (WRITABLE.update_bytes + 1)
    response = stranger.post("/sparql", data=huge, content_type=DIRECT, headers=BEARER)
    assert response.status_code == 413
    assert f"limit is {WRITABLE.update_bytes:,}" in response.text


def test_the_home_page_of_a_workbench_is_where_its_data_are_asked(writer: FlaskClient) -> None:
    response = writer.get("/", headers={"Accept": "text/html"})
    assert (response.status_code, response.headers["Location"]) == (303, "/sparql")
