"""What was retired or merged is gone, and names what stands in its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from api import create_app
from kb.settings import Settings
from kb.store import GraphDelta, Store
from kb.terms import RDF_TYPE, Triple, day, graph, iri, lg, text, truth
from tests.api.html import parse
from tests.api.things.reading import links
from tests.queries.toy import toy_store

SUCCESSOR = "https://w3id.org/legation/person/ada-moor"
ACCEPTS = ("text/html", "text/turtle", "application/ld+json", "*/*")


def retired(name: str, *further: Triple) -> GraphDelta:
    node = iri(f"person:{name}")
    said = {
        Triple(node, RDF_TYPE, iri("owl:Thing")),
        Triple(node, iri("owl:deprecated"), truth(True)),
        Triple(node, lg("retiredOn"), day(date(2024, 5, 6))),
        Triple(node, lg("retirementReason"), text("entered <b>twice</b>", "en")),
        *further,
    }
    return GraphDelta(graph("reference"), add=frozenset(said))


def merged(old: str, new: str) -> GraphDelta:
    return GraphDelta(graph("meta"), add=frozenset([Triple(iri(old), lg("redirectedTo"), iri(new))]))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("gone") / "store") as opened:
        replaced = Triple(iri("person:twice"), iri("dct:isReplacedBy"), NamedNode(SUCCESSOR))
        opened.commit(
            [
                retired("twice", replaced),
                retired("alone"),
                merged("ev:lost", "ev:tour"),
                merged("ev:lost-held", "ev:rifles"),
                merged("ev:tour", "ev:father"),
            ]
        )
        yield opened


@pytest.fixture
def asker(base: Store) -> FlaskClient:
    return create_app(base, Settings()).test_client()


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize("suffix", ["", ".html", ".ttl", ".jsonld", ".nt", ".rdf"])
@pytest.mark.parametrize(
    ("address", "successor"), [("/person/twice", "/person/ada-moor"), ("/event/lost", "/event/tour")]
)
def test_a_retired_and_a_merged_identifier_name_their_successor(
    asker: FlaskClient, address: str, successor: str, suffix: str, accept: str
) -> None:
    response = asker.get(address + suffix, headers={"Accept": accept})
    assert response.status_code == 410
    assert ("successor-version", successor, "") in links(response)
    assert "Accept" in response.vary
    if accept == "text/html":
        page = parse(response.data)
        assert page.all("a", href=successor)
        assert not page.all("b")[1:]
    else:
        assert response.mimetype == "application/problem+json"
        problem = response.get_json()
        assert problem["status"] == 410
        assert problem["successor"] == "https://w3id.org/legation" + successor


def test_the_answer_says_when_and_why(asker: FlaskClient) -> None:
    problem = asker.get("/person/alone").get_json()
    assert "2024-05-06: entered <b>twice</b>" in problem["detail"]
    assert "successor" not in problem
    page = asker.get("/person/alone", headers={"Accept": "text/html"})
    assert b"Nothing stands in its place" in page.data
    assert b"<b>twice" not in page.data


def test_an_event_that_stands_is_shown_although_it_once_led_elsewhere(asker: FlaskClient) -> None:
    assert asker.get("/event/tour.ttl").status_code == 200


def test_what_leads_to_an_event_that_awaits_review_tells_nothing_of_it(asker: FlaskClient) -> None:
    response = asker.get("/event/lost-held")
    assert response.status_code == 404
    assert b"rifles" not in response.data and not links(response)
