"""A question at its own address: the form that the client takes, tags, refusals, methods."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from kb.queries import questions
from tests.api.html import parse as page_of

ASKED = "?visitor_state=XAL&host_state=XBO"
ADDRESS = f"/questions/facilities-visited{ASKED}"
FORMS = {
    "application/json": "json",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/sparql-results+xml": "xml",
    "application/sparql-results+json": "srj",
    "text/turtle": "ttl",
}


@pytest.mark.parametrize(("media_type", "suffix"), FORMS.items())
def test_the_header_accept_and_the_suffix_give_the_same(
    client: FlaskClient, media_type: str, suffix: str
) -> None:
    negotiated = client.get(ADDRESS, headers={"Accept": media_type})
    suffixed = client.get(f"/questions/facilities-visited.{suffix}{ASKED}")
    assert negotiated.status_code == suffixed.status_code == 200
    assert negotiated.mimetype == suffixed.mimetype == media_type
    assert negotiated.data == suffixed.data
    assert "Accept" in negotiated.vary


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/csv;q=0.4, text/turtle;q=0.5", "text/turtle"),
        ("text/*, text/csv;q=0", "text/tab-separated-values"),
        ("application/xml", "application/sparql-results+xml"),
        ("application/json;q=0, application/*", "application/sparql-results+xml"),
    ],
)
def test_the_form_that_the_client_takes_best_is_given(
    client: FlaskClient, accept: str, media_type: str
) -> None:
    assert client.get(ADDRESS, headers={"Accept": accept}).mimetype == media_type


def test_a_form_that_there_is_not_is_refused_with_those_there_are(client: FlaskClient) -> None:
    response = client.get(ADDRESS, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/csv" in response.get_data(as_text=True)


def test_results_in_json_can_be_read_by_sparql_clients(client: FlaskClient) -> None:
    response = client.get(f"/questions/facilities-visited.srj{ASKED}")
    found = parse_query_results(response.data, format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    assert len(list(found)) == 4


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_who_has_the_answer_already_is_not_sent_it_again(client: FlaskClient, accept: str) -> None:
    first = client.get(ADDRESS, headers={"Accept": accept})
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = client.get(ADDRESS, headers={"Accept": accept, "If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "Accept" in again.vary
    assert client.get(ADDRESS, headers={"Accept": accept, "If-None-Match": '"other"'}).status_code == 200


def test_forms_have_tags_of_their_own(client: FlaskClient) -> None:
    tags = {client.get(ADDRESS, headers={"Accept": form}).headers["ETag"] for form in (*FORMS, "text/html")}
    assert len(tags) == len(FORMS) + 1


def test_an_answer_may_be_kept_but_is_asked_after(client: FlaskClient) -> None:
    assert client.get(ADDRESS).headers["Cache-Control"] == "public, no-cache"


def test_head_tells_what_get_would_and_sends_nothing(client: FlaskClient) -> None:
    asked, got = client.head(ADDRESS), client.get(ADDRESS)
    assert asked.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Legation-Version"):
        assert asked.headers[name] == got.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["/questions/denials", "/questions/denials.json", "/questions/"])
def test_another_method_is_refused_with_those_there_are(
    client: FlaskClient, method: str, address: str
) -> None:
    response = client.open(address, method=method)
    assert response.status_code == 405
    assert {"GET", "HEAD", "OPTIONS"} == set(response.headers["Allow"].split(", "))


def test_an_unknown_parameter_is_named_with_all_that_there_are(client: FlaskClient) -> None:
    for address in (f"{ADDRESS}&colour=red", f"/questions/facilities-visited.csv{ASKED}&colour=red"):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (400, "application/problem+json")
        problem = json.loads(response.data)
        assert "'colour'" in problem["detail"]
        for name in ("visitor_state", "host_state", "from", "until", "min_evidence", "min_origins"):
            assert name in problem["repair"]


def test_thresholds_narrow_an_answer(client: FlaskClient) -> None:
    whole = json.loads(client.get(ADDRESS).data)
    narrowed = json.loads(client.get(f"{ADDRESS}&min_evidence=Corroborated").data)
    assert {row["evidence"] for row in narrowed["rows"]} == {"Corroborated"}
    assert narrowed["total"] < whole["total"]


def test_a_form_offers_the_thresholds_of_questions_about_texts_only(browser: FlaskClient) -> None:
    page = page_of(browser.get(f"{ADDRESS}&min_evidence=SingleSource").data)
    chosen = {option.text for option in page.all("option") if "selected" in option.attributes}
    assert "SingleSource" in chosen
    assert page.all("input", name="min_origins")
    assert not page_of(browser.get("/questions/state-codes").data).all("input", name="min_origins")


@pytest.mark.parametrize("name", questions())
def test_a_form_with_its_fields_left_empty_is_the_question_without_them(
    browser: FlaskClient, name: str
) -> None:
    empty = dict.fromkeys([parameter.name for parameter in questions()[name].takes], "")
    left, none = (browser.get(f"/questions/{name}", query_string=given) for given in (empty, {}))
    assert left.status_code == none.status_code == 200
