"""A thing leads to documents about it, in the form that the client takes best."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.things.reading import graph_of, links, same

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMS = ("html", "ttl", "jsonld", "nt", "rdf")
DATA = FORMS[1:]


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("*/*", "html"),
        (PAGE, "html"),
        ("text/turtle", "ttl"),
        ("text/html;q=0.5, text/turtle", "ttl"),
        ("text/html, text/turtle;q=0.9", "html"),
        ("text/html;q=0, */*", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("text/n3", "ttl"),
    ],
)
@pytest.mark.parametrize("address", ["/person/ada-moor", "/event/tour", "/terms/visitor"])
def test_a_thing_answers_303_with_the_document_that_the_client_takes_best(
    client: FlaskClient, address: str, accept: str | None, suffix: str
) -> None:
    response = client.get(address, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (303, f"{address}.{suffix}")
    assert "Accept" in response.vary
    assert ("describedby", f"{address}.{suffix}") in {link[:2] for link in links(response)}
    others = {link[1] for link in links(response) if link[0] == "alternate"}
    assert others == {f"{address}.{other}" for other in FORMS if other != suffix}


def test_what_no_form_fits_is_refused_with_the_names_of_the_forms(client: FlaskClient) -> None:
    response = client.get("/person/ada-moor", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.get_json()["detail"]


@pytest.mark.parametrize(
    "address", ["/person/nobody", "/person/nobody.ttl", "/person/nobody.html", "/a/b.nt"]
)
@pytest.mark.parametrize("accept", ["text/turtle", "image/png", PAGE])
def test_what_is_unknown_is_not_found_in_any_form(client: FlaskClient, address: str, accept: str) -> None:
    assert client.get(address, headers={"Accept": accept}).status_code == 404


@pytest.mark.parametrize("address", ["/person/ada-moor", "/event/tour", "/terms/Visit", "/article/herald"])
def test_every_form_of_data_says_the_same(client: FlaskClient, address: str) -> None:
    graphs = [graph_of(client.get(f"{address}.{suffix}")) for suffix in DATA]
    assert len(graphs[0]) > 2
    assert all(same(graphs[0], other) for other in graphs[1:])


def test_a_document_names_its_thing_and_its_other_forms(client: FlaskClient) -> None:
    found = links(client.get("/person/ada-moor.ttl"))
    assert ("describes", "https://w3id.org/legation/person/ada-moor", "") in found
    assert ("alternate", "/person/ada-moor.jsonld", "application/ld+json") in found
    assert "/person/ada-moor.ttl" not in {link[1] for link in found if link[0] == "alternate"}


@pytest.mark.parametrize(
    "address", ["/person/ada-moor.html", "/event/tour.ttl", "/terms/visitor.html", "/article/herald"]
)
def test_a_client_that_has_a_document_is_not_sent_it_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    tag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert client.get(address, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_two_forms_or_languages_never_share_a_tag(client: FlaskClient) -> None:
    addresses = ["/person/ada-moor.ttl", "/person/ada-moor.nt", "/terms/visitor.html"]
    tags = [client.get(address).headers["ETag"] for address in addresses]
    tags.append(client.get("/terms/visitor.html", headers={"Accept-Language": "ko"}).headers["ETag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize(
    "address", ["/person/ada-moor", "/person/ada-moor.ttl", "/terms/", "/.well-known/void"]
)
def test_head_is_answered_as_get_without_the_body(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    assert head.status_code == got.status_code
    assert head.data == b""
    assert head.headers.get("Location") == got.headers.get("Location")


def test_a_plan_has_a_page_and_no_plain_triples(client: FlaskClient) -> None:
    assert client.get("/event/plan").headers["Location"] == "/event/plan.html"
    assert client.get("/event/plan", headers={"Accept": "text/turtle"}).status_code == 406
    for suffix in DATA:
        assert client.get(f"/event/plan.{suffix}").status_code == 404
    assert b"application/ld+json" not in client.get("/event/plan.html").data


def test_an_article_is_a_document_at_its_own_address(client: FlaskClient) -> None:
    page = client.get("/article/herald", headers={"Accept": PAGE})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert "Accept" in page.vary
    data = client.get("/article/herald", headers={"Accept": "text/turtle"})
    assert (data.status_code, data.headers["Location"]) == (303, "/article/herald.ttl")
    assert b"storedText" not in client.get("/article/herald.ttl").data


def test_a_claim_leads_a_reader_to_its_words_and_a_program_to_its_triples(client: FlaskClient) -> None:
    assert client.get("/claim/tour").headers["Location"].startswith("/article/herald?claim=tour")
    data = client.get("/claim/tour", headers={"Accept": "application/ld+json"})
    assert data.headers["Location"] == "/claim/tour.jsonld"


def test_the_vocabulary_stands_whole_and_by_module(client: FlaskClient) -> None:
    whole = client.get("/terms/", headers={"Accept": "text/turtle"})
    assert (whole.status_code, whole.headers["Location"]) == (303, "/terms.ttl")
    assert len(graph_of(client.get("/terms.ttl"))) > 3000
    module = client.get("/ontology/events", headers={"Accept": "application/rdf+xml"})
    assert module.headers["Location"] == "/ontology/events.rdf"
    assert b"lg:Visit" in client.get("/ontology/events.ttl").data
    assert b"schema.org" in client.get("/ontology/alignments/schema-org.nt").data
    assert client.get("/ontology/events").headers["Location"] == "/terms/"
    assert client.get("/ontology/..%2f..%2fpyproject.ttl").status_code == 404


def test_the_language_asked_for_goes_with_the_redirect(client: FlaskClient) -> None:
    assert client.get("/terms/visitor?lang=ru").headers["Location"] == "/terms/visitor.html?lang=ru"
    assert client.get("/terms/visitor?lang=%0d%0aX").headers["Location"] == "/terms/visitor.html"
