"""The SPARQL 1.1 protocol: how a query is sent, in what form it is answered, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from api.http.security import LARGEST_BODY
from kb.settings import Settings
from kb.store import Store, open_store
from tests.api.html import parse
from tests.queries.toy import toy_store

PEOPLE = (
    "PREFIX lg: <https://w3id.org/legation/terms/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    'SELECT ?name WHERE { ?person a lg:Person ; rdfs:label ?name FILTER(LANG(?name) = "en") } ORDER BY ?name'
)
FOUR = ["Abel Moor", "Ada Moor", "Bo Lund", "Cy Reed"]
CROSS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def names(data: bytes) -> list[str]:
    return [row["name"]["value"] for row in json.loads(data)["results"]["bindings"]]


def test_a_query_is_sent_in_three_ways(client: FlaskClient) -> None:
    for response in (
        client.get("/sparql", query_string={"query": PEOPLE}),
        client.post("/sparql", data={"query": PEOPLE}),
        client.post("/sparql", data=PEOPLE, content_type="application/sparql-query"),
        client.post("/sparql", data=PEOPLE, content_type="application/sparql-query; charset=utf-8"),
    ):
        assert (response.status_code, response.mimetype) == (200, "application/sparql-results+json")
        assert names(response.data) == FOUR


@pytest.mark.parametrize(
    ("query", "accept", "media_type", "words"),
    [
        (PEOPLE, "application/sparql-results+json", "application/sparql-results+json", b'"Ada Moor"'),
        (PEOPLE, "application/json", "application/sparql-results+json", b'"Ada Moor"'),
        (PEOPLE, "application/sparql-results+xml", "application/sparql-results+xml", b"<sparql"),
        (PEOPLE, "application/sparql-results+json;q=0.1, text/csv", "text/csv", b"Ada Moor\r\n"),
        (PEOPLE, "text/tab-separated-values", "text/tab-separated-values", b"?name\n"),
        (
            PEOPLE,
            "application/sparql-results+json, text/html;q=0.5",
            "application/sparql-results+json",
            b"Ada",
        ),
        ("ASK { ?s ?p ?o }", "*/*", "application/sparql-results+json", b"true"),
        ("ASK { ?s ?p ?o }", "application/xml", "application/sparql-results+xml", b"true"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", "text/turtle", b" ."),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples", "application/n-triples", b" .\n"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml", "application/rdf+xml", b"<rdf:RDF"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/xml", "application/rdf+xml", b"<rdf:RDF"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json", b"@id"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/n3", "text/turtle", b" ."),
        ("DESCRIBE <https://w3id.org/legation/state/XAL>", "*/*", "text/turtle", b"Alpinia"),
    ],
)
def test_the_form_of_an_answer_is_negotiated(
    client: FlaskClient, query: str, accept: str, media_type: str, words: bytes
) -> None:
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert words in response.data
    assert "Accept" in response.headers["Vary"]
    assert response.content_type.count("charset=utf-8") == 1


REFUSED = [
    ("malformed", {"query_string": {"query": "SELECT ?s WHERE {"}}, "GET", 400),
    ("using", {"query_string": {"query": "ASK {}", "using-graph-uri": "http://x.example/"}}, "GET", 400),
    (
        "an unknown function",
        {"query_string": {"query": "SELECT (<http://x.example/f>(1) AS ?n) {}"}},
        "GET",
        422,
    ),
    ("malformed words", {"query_string": {"query": "Which facilities?"}}, "GET", 400),
    ("no query", {"headers": {"Accept": "application/sparql-results+json"}}, "GET", 400),
    ("two queries", {"query_string": "query=ASK%7B%7D&query=ASK%7B%7D"}, "GET", 400),
    ("not UTF-8", {"data": b"ASK { ?s ?p '\xff' }", "content_type": "application/sparql-query"}, "POST", 400),
    (
        "service",
        {"query_string": {"query": "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}},
        "GET",
        403,
    ),
    ("from nothing", {"query_string": {"query": "SELECT * FROM { ?s ?p ?o }"}}, "GET", 400),
    ("update", {"query_string": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}, "GET", 403),
    ("update form", {"data": {"update": "CLEAR ALL"}}, "POST", 403),
    ("update body", {"data": "CLEAR ALL", "content_type": "application/sparql-update"}, "POST", 403),
    ("put", {}, "PUT", 405),
    ("form unknown", {"query_string": {"query": PEOPLE}, "headers": {"Accept": "image/png"}}, "GET", 406),
    ("turtle of rows", {"query_string": {"query": PEOPLE}, "headers": {"Accept": "text/turtle"}}, "GET", 406),
    (
        "too long",
        {"data": b"#" * (LARGEST_BODY + 1), "content_type": "application/sparql-query"},
        "POST",
        413,
    ),
    ("form too long", {"data": {"query": "#" * (LARGEST_BODY + 1)}}, "POST", 413),
    ("plain body", {"data": PEOPLE, "content_type": "text/plain"}, "POST", 415),
]


@pytest.mark.parametrize(
    ("request_", "method", "status"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_cannot_be_answered_is_refused_with_a_reason(
    client: FlaskClient, request_: dict[str, object], method: str, status: int
) -> None:
    response = client.open("/sparql", method=method, **request_)  # type: ignore[arg-type]
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    problem = json.loads(response.data)
    assert problem["status"] == status
    assert problem["detail"]


def test_a_method_that_is_not_taken_names_those_that_are(client: FlaskClient) -> None:
    assert "POST" in client.delete("/sparql").headers["Allow"]


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[Store]:
    """A store that gives a query half a second."""
    toy_store(tmp_path / "store").close()
    with open_store(str(tmp_path / "store"), Settings(query_seconds=0.5)) as store:
        yield store


def test_a_query_past_its_time_is_stopped_and_the_next_one_answered(hasty: Store) -> None:
    client = create_app(hasty, Settings()).test_client()
    response = client.get("/sparql", query_string={"query": CROSS})
    assert (response.status_code, response.mimetype) == (504, "application/problem+json")
    assert names(client.get("/sparql", query_string={"query": PEOPLE}).data) == FOUR


def test_a_browser_gets_a_form_with_an_example(browser: FlaskClient) -> None:
    page = parse(browser.get("/sparql").data)
    (box,) = page.all("textarea")
    assert "visitingLeaderOf" in box.text


def test_a_browser_gets_rows_as_a_table_with_links(browser: FlaskClient) -> None:
    query = "SELECT ?who WHERE { ?who a <https://w3id.org/legation/terms/State> } ORDER BY ?who"
    page = parse(browser.get("/sparql", query_string={"query": query}).data)
    assert [link.text for link in page.all("a", href="/state/XAL")] == ["Alpinia"]
    assert "2 rows" in page.all("caption")[0].text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ASK { ?s ?p ?o }", "Yes"),
        ("ASK { ?s ?p 77 }", "No"),
        ("DESCRIBE <https://w3id.org/legation/state/XAL>", "Alpinia"),
    ],
)
def test_a_browser_gets_other_answers_as_text(browser: FlaskClient, query: str, words: str) -> None:
    page = parse(browser.get("/sparql", query_string={"query": query}).data)
    assert words in page.all("pre")[0].text


@pytest.mark.parametrize(
    ("query", "status"), [("SELECT ?s WHERE {", 400), ("ASK { SERVICE <http://a.b/> {} }", 403)]
)
def test_a_browser_gets_its_query_back_with_what_is_wrong(
    browser: FlaskClient, query: str, status: int
) -> None:
    response = browser.get("/sparql", query_string={"query": query})
    assert response.status_code == status
    page = parse(response.data)
    assert page.all("p", role="alert")
    assert page.all("textarea")[0].text.strip() == query


@pytest.mark.parametrize(
    ("query", "form", "media_type"),
    [
        (PEOPLE, "json", "application/sparql-results+json"),
        (PEOPLE, "xml", "application/sparql-results+xml"),
        (PEOPLE, "csv", "text/csv"),
        (PEOPLE, "tsv", "text/tab-separated-values"),
        ("ASK {}", "xml", "application/sparql-results+xml"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "ttl", "text/turtle"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "nt", "application/n-triples"),
    ],
)
def test_a_page_offers_its_result_as_data_by_a_link(
    browser: FlaskClient, query: str, form: str, media_type: str
) -> None:
    page = parse(browser.get("/sparql", query_string={"query": query}).data)
    (link,) = [a.attributes["href"] for a in page.all("a") if a.text == form.upper()]
    assert browser.get(link).mimetype == media_type


@pytest.mark.parametrize("form", ["ttl", "rdf+xml", "html", "JSON "])
def test_a_form_that_a_query_has_not_says_nothing(client: FlaskClient, form: str) -> None:
    response = client.get("/sparql", query_string={"query": PEOPLE, "format": form})
    assert (response.status_code, response.mimetype) == (200, "application/sparql-results+json")


def test_a_result_shows_the_short_iri_beside_the_name(browser: FlaskClient) -> None:
    query = "SELECT ?p WHERE { ?p rdfs:label 'Ada Moor'@en }"
    page = parse(browser.get("/sparql", query_string={"query": query}).data)
    assert [code.text for code in page.all("code", class_="iri")] == ["person:ada-moor"]


def test_a_browser_gets_a_graph_with_prefixes_and_not_without_end(
    browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"query": "CONSTRUCT WHERE { ?s rdfs:label ?o }"}
    page = parse(browser.get("/sparql", query_string=asked).data)
    assert "@prefix person: <https://w3id.org/legation/person/> ." in page.all("pre")[0].text
    assert "There is more" not in page.all("main")[0].words
    monkeypatch.setattr("api.sparql.grids.MOST", 2)
    page = parse(browser.get("/sparql", query_string=asked).data)
    assert page.all("pre")[0].text.count("rdfs:label") == 2
    assert "There is more" in page.all("main")[0].words


def test_a_graph_of_nothing_says_so(browser: FlaskClient) -> None:
    page = parse(browser.get("/sparql", query_string={"query": "DESCRIBE <x:nothing>"}).data)
    assert "No triple" in page.all("main")[0].words


FACTS = "https://w3id.org/legation/graph/facts"
ANY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def number(response: TestResponse) -> int:
    assert response.status_code == 200
    return int(json.loads(response.data)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("name", ["http://example.org/", "file:///etc/passwd"])
@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_we_do_not_hold_is_empty(client: FlaskClient, parameter: str, name: str) -> None:
    assert number(client.get("/sparql", query_string={"query": ANY, parameter: name})) == 0


def test_the_protocol_chooses_among_the_graphs_that_we_hold(client: FlaskClient) -> None:
    everything = number(client.get("/sparql", query_string={"query": ANY}))
    chosen = {"default-graph-uri": FACTS}
    in_url = number(client.get("/sparql", query_string={"query": ANY, **chosen}))
    assert 0 < in_url < everything
    assert number(client.post("/sparql", data={"query": ANY, **chosen})) == in_url
    direct = client.post("/sparql", query_string=chosen, data=ANY, content_type="application/sparql-query")
    assert number(direct) == in_url
    assert (
        number(client.get("/sparql", query_string={"query": ANY.replace("{", f"FROM <{FACTS}> {{")}))
        == in_url
    )


def test_a_query_may_come_by_the_method_of_that_name(client: FlaskClient) -> None:
    response = client.open("/sparql", method="QUERY", data="ASK {}", content_type="application/sparql-query")
    assert json.loads(response.data)["boolean"] is True


def test_an_answer_that_the_client_has_is_not_worked_out_again(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": PEOPLE})
    again = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/sparql", query_string={"query": PEOPLE}, headers=again).status_code == 304


def test_an_answer_that_may_differ_has_no_tag(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?now) {}"}).headers


@pytest.mark.parametrize(
    ("query", "accept", "mark"),
    [
        (PEOPLE, "application/sparql-results+json", b'"link":["/settings#cut"]'),
        (PEOPLE, "application/sparql-results+xml", b"<!-- Cut: a limit of rows or bytes was reached"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", b"\n# Cut: a limit of rows or bytes was reached"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml", b"<!-- Cut: a limit"),
    ],
)
def test_a_cut_answer_bears_its_mark_where_its_form_has_a_place_for_one(
    tmp_path: Path, query: str, accept: str, mark: bytes
) -> None:
    toy_store(tmp_path / "store").close()
    with open_store(str(tmp_path / "store"), Settings(query_rows=1)) as short:
        response = (
            create_app(short, Settings(query_rows=1))
            .test_client()
            .get("/sparql", query_string={"query": query}, headers={"Accept": accept})
        )
    assert mark in response.data
    assert response.headers["Legation-Truncated"]
    if b"link" in mark:
        assert len(json.loads(response.data)["results"]["bindings"]) == 1


def test_who_sends_no_query_is_told_what_the_service_is(client: FlaskClient) -> None:
    response = client.get("/sparql")
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    assert b"sparql-service-description#" in response.data


def test_a_relative_iri_is_resolved_against_the_endpoint(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "CONSTRUCT { <a> <b> 1 } {}"})
    assert b"<http://localhost/a>" in response.data


def test_rdflibs_name_for_the_default_graph_alone_chooses_nothing(client: FlaskClient) -> None:
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    plain = number(client.get("/sparql", query_string={"query": named}))
    chosen = {"query": named, "default-graph-uri": "urn:x-rdflib:default"}
    assert number(client.get("/sparql", query_string=chosen)) == plain > 0
