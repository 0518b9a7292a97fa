"""What is answered before the framework is answered as the framework would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from api import create_app
from api.operations.rates import rates_of
from api.sparql import shortcut
from kb.errors import StoreError
from kb.settings import Settings
from kb.store import Answer, Store

_NEW = count()
NAMES = 'SELECT ?name { ?person a lg:Person ; rdfs:label ?name FILTER(LANG(?name) = "en") } ORDER BY ?name'
ALL_FORMS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "*/*", ""]


def new(query: str) -> str:
    """Return a query that was never asked, with the same answer."""
    return f"{query} # {next(_NEW)}"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note whether each request took the shortcut."""
    found: list[bool] = []
    plain = shortcut.Shortcut._plain

    def noted(self: shortcut.Shortcut, environ: dict[str, object]) -> object:
        asked = plain(self, environ)
        found.append(asked is not None)
        return asked

    monkeypatch.setattr(shortcut.Shortcut, "_plain", noted)
    return found


@pytest.mark.parametrize("accept", ALL_FORMS)
@pytest.mark.parametrize("query", [NAMES, "ASK {}", "CONSTRUCT { <a> rdfs:label ?n } { BIND(1 AS ?n) }"])
def test_both_ways_give_the_same_answer(
    client: FlaskClient, taken: list[bool], query: str, accept: str
) -> None:
    text = new(query)
    headers = {"Accept": accept}
    short = client.get("/sparql", query_string={"query": text}, headers=headers)
    long = client.get("/sparql", query_string={"query": text, "format": "none"}, headers=headers)
    assert taken == [short.status_code == 200, False]
    assert (short.status_code, short.data) == (long.status_code, long.data)
    assert sorted(short.headers) == sorted(long.headers)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT nonsense", 400),
        ("SELECT ?a { ?a ?b }", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", 403),
        ("SELECT (<http://x.example/f>(1) AS ?n) {}", 422),
        (" ", 400),
    ],
)
def test_what_goes_wrong_is_told_as_the_framework_tells_it(
    client: FlaskClient, query: str, status: int
) -> None:
    response = client.get("/sparql", query_string={"query": query})
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert json.loads(response.data)["detail"]


@pytest.mark.parametrize(
    ("method", "parameters", "headers"),
    [
        ("HEAD", {}, {}),
        ("POST", {}, {}),
        ("GET", {"default-graph-uri": "http://x.example/"}, {}),
        ("GET", {}, {"Accept": "text/html"}),
        ("GET", {}, {"Accept": "image/png"}),
        ("GET", {}, {"If-None-Match": "*"}),
    ],
)
def test_what_needs_the_framework_goes_there(
    client: FlaskClient, taken: list[bool], method: str, parameters: dict[str, str], headers: dict[str, str]
) -> None:
    asked = {"query": new("ASK {}"), **parameters}
    client.open("/sparql", method=method, query_string=asked, headers=headers)
    assert taken == [False]


def test_letters_that_stand_in_an_address_as_they_are_mean_themselves(
    client: FlaskClient, taken: list[bool]
) -> None:
    bare = "query=" + new('SELECT ("é€" AS ?x) {}').encode().decode("latin-1").replace(" ", "+")
    response = client.get(
        "/sparql", environ_overrides={"QUERY_STRING": bare}, headers={"Accept": "application/json"}
    )
    assert taken == [False]
    assert response.get_json()["results"]["bindings"][0]["x"]["value"] == "é€"


def test_what_is_asked_again_is_the_frameworks_which_keeps_it(client: FlaskClient, taken: list[bool]) -> None:
    asked = {"query": new(NAMES)}
    answers = {client.get("/sparql", query_string=asked).data for _ in range(4)}
    assert taken == [True, False, False, False]
    assert len(answers) == 1


def test_an_answer_that_is_to_be_packed_is_found_once_and_packed(
    client: FlaskClient, taken: list[bool]
) -> None:
    query = new('SELECT ("' + "long " * 300 + '" AS ?text) {}')
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept-Encoding": "gzip"})
    assert taken == [True]
    assert response.headers["Content-Encoding"] == "gzip"


def test_a_cut_answer_bears_its_mark(store: Store) -> None:
    app = create_app(store, Settings())
    query = new("SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }")
    response = app.test_client().get("/sparql", query_string={"query": query})
    assert response.headers["Legation-Truncated"]


@pytest.fixture
def limited(store: Store) -> Flask:
    return create_app(store, Settings(requests_exempt="", requests_per_second=0.001, requests_burst=3))


def test_a_client_is_limited_either_way_and_each_request_counts_once(limited: Flask) -> None:
    client = limited.test_client()
    responses = [client.get("/sparql", query_string={"query": new("ASK {}")}) for _ in range(5)]
    assert [response.status_code for response in responses] == [200, 200, 200, 429, 429]
    left = [re.findall(r"r=(\d+)", response.headers["RateLimit"]) for response in responses[:3]]
    assert left == [["2"], ["1"], ["0"]]


def test_a_request_that_is_refused_for_others_in_work_counts_once(store: Store) -> None:
    app = create_app(store, Settings(requests_exempt="", requests_per_second=0.001, requests_at_once=1))
    limits = rates_of(app)
    limits.enter(limits.client_of_environ({"REMOTE_ADDR": "127.0.0.1"}))
    client = app.test_client()
    responses = [client.get("/sparql", query_string={"query": new("ASK {}")}) for _ in range(2)]
    assert [response.status_code for response in responses] == [429, 429]
    first, second = (int(re.findall(r"r=(\d+)", r.headers["RateLimit"])[0]) for r in responses)
    assert first - second == 1


def test_a_fault_of_the_store_is_told_without_where_it_stands(
    client: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object, **_named: object) -> Answer:
        raise StoreError("it cannot be read", place="/srv/secret", repair="Remove /srv/secret")

    monkeypatch.setattr(type(store), "query_bytes", fail)
    response = client.get("/sparql", query_string={"query": new("ASK {}")})
    assert response.status_code == 503
    assert b"secret" not in response.data


def counted(client: FlaskClient) -> float:
    families = text_string_to_metric_families(client.get("/metrics").get_data(as_text=True))
    samples: Iterator[float] = (
        sample.value
        for family in families
        for sample in family.samples
        if sample.name.endswith("requests_total") and sample.labels.get("endpoint") == "sparql.sparql"
    )
    return sum(samples)


def test_it_is_counted_once(client: FlaskClient) -> None:
    before = counted(client)
    client.get("/sparql", query_string={"query": new("ASK {}")})
    client.get("/sparql", query_string={"query": new("SELECT nonsense")})
    assert counted(client) == before + 2
