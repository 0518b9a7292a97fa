"""A literal, a name, a label or a parameter that is script stays text, in every page and data block."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from pyoxigraph import Literal, NamedNode

from kb.store.binding import sparql_term
from tests.api.html import parse
from tests.threats.payloads import ADDRESSES, PAYLOADS, TEXTS, blocks, strings, wicked

HTML = {"Accept": "text/html"}
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(TEXTS)
def test_a_literal_that_is_script_stays_text_in_the_page_of_a_result(client: FlaskClient, text: str) -> None:
    query = f"SELECT ?x WHERE {{ VALUES ?x {{ {sparql_term(Literal(text))} }} }}"
    response = client.get("/sparql", query_string={"query": query}, headers=HTML)
    assert response.status_code == 200
    page = parse(response.data)
    assert not wicked(page)
    cells = ["".join(cell.text.split()) for cell in page.all("td")]
    assert any("".join(text.split()) in cell for cell in cells)
    assert page.all("textarea")[0].text.strip().replace("\r\n", "\n") == query.strip().replace("\r\n", "\n")


@settings(FEW, max_examples=4)  # each is looked at by a process of its own
@given(TEXTS)
def test_a_query_that_is_no_query_stays_text_in_the_page_that_says_so(client: FlaskClient, text: str) -> None:
    for query in (text, f"SELECT ?x {{ ?x {text} }}"):
        page = parse(client.get("/sparql", query_string={"query": query}, headers=HTML).data)
        assert not wicked(page)


@pytest.mark.parametrize("name", ["x" * 500, "ⅷ", "é", "_1", "ऄ", "O\u0387"])
def test_any_name_of_a_variable_stays_text(client: FlaskClient, name: str) -> None:
    response = client.get("/sparql", query_string={"query": f"SELECT ?{name} {{ }}"}, headers=HTML)
    assert not wicked(parse(response.data))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_iri_of_another_kind_is_no_link(client: FlaskClient, address: str) -> None:
    term = sparql_term(NamedNode(address))
    rows = f"SELECT ?x {{ VALUES ?x {{ {term} }} }}"
    for query in (rows, f"CONSTRUCT {{ <a:a> {term} {term} }} WHERE {{ }}", f"DESCRIBE {term}"):
        response = client.get("/sparql", query_string={"query": query}, headers=HTML)
        assert response.status_code == 200
        assert not wicked(parse(response.data)), query


@FEW
@given(TEXTS)
def test_a_parameter_that_is_script_stays_text_in_every_form(client: FlaskClient, text: str) -> None:
    for path, names in {
        "/questions/facilities-visited": ("visitor_state", "from", text),
        "/terms/": ("q", "lang", text),
        "/sparql": ("format", "default-graph-uri", text),
        "/questions/": ("q", text),
        "/settings": (text,),
    }.items():
        for name in names:
            response = client.get(path, query_string={name: text}, headers=HTML)
            assert response.status_code < 500, path
            if response.mimetype == "text/html":
                assert not wicked(parse(response.data)), path


@FEW
@given(TEXTS)
def test_a_path_that_is_script_stays_text(client: FlaskClient, text: str) -> None:
    for place in (
        "/{}",
        "/person/{}",
        "/questions/{}",
        "/terms/{}",
        "/claim/{}",
        "/article/{}",
        "/static/{}",
    ):
        response = client.get(place.format(quote(text, safe="")), headers=HTML)
        assert response.status_code < 500
        if response.mimetype == "text/html":
            assert not wicked(parse(response.data)), place


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_a_label_that_is_script_stays_text_on_every_page_that_names_it(
    client: FlaskClient, number: int
) -> None:
    page_of = client.get(f"/person/planted-{number}", headers=HTML, follow_redirects=True)
    assert page_of.status_code == 200
    page = parse(page_of.data)
    assert not wicked(page)
    assert "".join(PAYLOADS[number].split()) in "".join(page.all("main")[0].text.split())
    (block,) = blocks(page)
    assert PAYLOADS[number] in set(strings(block))


def test_labels_that_are_script_stay_text_in_lists_and_results(client: FlaskClient) -> None:
    query = "SELECT ?who WHERE { ?who a <https://w3id.org/legation/terms/Person> }"
    for path in ("/questions/", "/questions/facilities-visited", "/", f"/sparql?query={query}"):
        page = parse(client.get(path, headers=HTML).data)
        assert not wicked(page), path


def test_the_check_itself_finds_what_may_run() -> None:
    for text in (
        "<script>x</script>",
        "<script type='application/ld+json' src='x'></script>",
        "<p onclick='x'>x</p>",
        "<p style='x'>x</p>",
        "<a href=' javascript:x'>x</a>",
        "<a href='data:x'>x</a>",
        "<iframe></iframe>",
    ):
        assert wicked(parse(text.encode())), text
    assert not wicked(parse(b"<p><a href='/x:y'>a</a><a href='https://a.example/'>b</a></p>"))
