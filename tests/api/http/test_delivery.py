"""How answers travel: packed, kept for the version of the data, readable by pages of other sites."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api import create_app
from kb.settings import Settings
from kb.store import GraphDelta, Store, open_store
from tests.queries.toy import toy_store
from tests.store.world import g, triple

ASKED = "/questions/state-codes.json"
PACKED = {"Accept-Encoding": "gzip"}


class Counting:
    """Counts how often a store is asked."""

    def __init__(self, store: Store) -> None:
        self.number = 0
        self._ask = store.query_bytes

    def __call__(self, *given: object, **named: object) -> object:
        self.number += 1
        return self._ask(*given, **named)  # type: ignore[arg-type]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    toy_store(tmp_path / "store").close()
    with open_store(str(tmp_path / "store")) as opened:
        yield opened


@pytest.fixture
def counted(own: Store, monkeypatch: pytest.MonkeyPatch) -> Counting:
    found = Counting(own)
    monkeypatch.setattr(type(own), "query_bytes", lambda _self, *given, **named: found(*given, **named))
    return found


def test_an_answer_is_packed_for_who_takes_that(client: FlaskClient) -> None:
    plain, packed = client.get(ASKED), client.get(ASKED, headers=PACKED)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(packed.data) == packed.content_length < len(plain.data)


@pytest.mark.parametrize("encodings", ["identity", "br", "gzip;q=0", ""])
def test_an_answer_is_not_packed_for_who_does_not(client: FlaskClient, encodings: str) -> None:
    response = client.get(ASKED, headers={"Accept-Encoding": encodings})
    assert "Content-Encoding" not in response.headers


def test_a_short_answer_is_not_packed(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "ASK {}"}, headers=PACKED)
    assert "Content-Encoding" not in response.headers


def test_a_large_answer_is_packed_in_parts(client: FlaskClient) -> None:
    query = 'SELECT ?a ?b ("' + "long " * 200 + '" AS ?c) { ?a ?p ?x . ?b ?q ?y } LIMIT 2000'
    response = client.get("/sparql", query_string={"query": query}, headers={**PACKED, "Accept": "text/csv"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Content-Length" not in response.headers
    assert zlib.decompress(response.data, 31).count(b"\r\n") == 2001


def test_what_was_asked_before_is_not_asked_of_the_store_again(own: Store, counted: Counting) -> None:
    client = create_app(own, Settings()).test_client()
    first = [client.get(ASKED) for _ in range(2)][-1]  # what is asked once is not worth keeping
    number = counted.number
    again = client.get(ASKED)
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert counted.number == number > 0


def test_a_kept_answer_is_not_sent_to_who_has_it(own: Store) -> None:
    client = create_app(own, Settings()).test_client()
    tag = [client.get(ASKED).headers["ETag"] for _ in range(3)][-1]
    assert client.get(ASKED, headers={"If-None-Match": tag}).status_code == 304


def test_new_data_are_answered_from(own: Store) -> None:
    client = create_app(own, Settings()).test_client()
    query = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
    before = [client.get("/sparql", query_string=query).data for _ in range(3)][-1]
    own.commit([GraphDelta(g("facts"), add=frozenset({triple("new", "fact")}))])
    assert client.get("/sparql", query_string=query).data != before


@pytest.mark.parametrize("header", ["HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING"])
def test_a_kept_answer_is_for_who_asks_the_same_way(own: Store, counted: Counting, header: str) -> None:
    client = create_app(own, Settings()).test_client()
    query = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"}
    client.get("/sparql", query_string=query, environ_overrides={header: "text/csv"})
    number = counted.number
    client.get("/sparql", query_string=query, environ_overrides={header: "application/sparql-results+xml"})
    assert counted.number == number + 1


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?n) {}", "SELECT (RAND() AS ?n) {}"])
def test_what_may_differ_is_not_kept(own: Store, query: str) -> None:
    client = create_app(own, Settings()).test_client()
    answers = {client.get("/sparql", query_string={"query": query}).data for _ in range(3)}
    assert len(answers) == 3


def test_pages_of_other_sites_may_read(client: FlaskClient) -> None:
    response = client.get(ASKED, headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_an_error_may_be_read_too(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "nonsense"})
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (400, "*")


def test_a_page_may_ask_first_and_may_send_no_token(client: FlaskClient) -> None:
    asked = {"Access-Control-Request-Method": "QUERY", "Access-Control-Request-Headers": "authorization"}
    response = client.options("/sparql", headers=asked)
    assert response.status_code == 204
    assert "QUERY" in response.headers["Access-Control-Allow-Methods"]
    assert "authorization" not in response.headers["Access-Control-Allow-Headers"].lower()


def test_an_operator_may_keep_other_sites_out(store: Store) -> None:
    app: Flask = create_app(store, Settings(cross_origin="none"))
    assert "Access-Control-Allow-Origin" not in app.test_client().get(ASKED).headers


def test_what_is_for_the_operator_is_for_no_other_site(client: FlaskClient) -> None:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response.headers
