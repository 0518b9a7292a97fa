"""An allegation against a person who holds no public office is not shown before review."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Triple

from api import create_app
from api.presentation.privacy import held_back
from kb.namespaces import expand
from kb.settings import Settings
from kb.store import GraphDelta, Store
from tests.queries.toy import toy_store

RIFLES, SHELLS, TOUR = (expand(f"claim:{name}") for name in ("rifles", "shells", "tour"))


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("privacy") / "store") as store:
        yield store


def test_an_alleged_sale_by_a_private_person_is_held_back(store: Store) -> None:
    assert held_back(store, [RIFLES, SHELLS, TOUR]) == {RIFLES}


def test_it_is_held_back_on_every_public_page(browser: FlaskClient) -> None:
    for address in (
        "/questions/transfers-alleged",
        "/questions/timeline-of-a-dyad?state=XAL&other_state=XBO",
        "/person/x-fox",
    ):
        response = browser.get(address)
        assert response.status_code == 200
        assert b"sold rifles" not in response.data, address
    assert b"may send shells" in browser.get("/questions/transfers-alleged").data
    assert b"await review" in browser.get("/questions/transfers-alleged").data


@pytest.mark.parametrize("address", ["/event/rifles", "/event/rifles.ttl", "/claim/rifles.ttl"])
def test_an_event_that_rests_on_nothing_else_has_no_page_yet(browser: FlaskClient, address: str) -> None:
    response = browser.get(address)
    assert response.status_code == 404
    assert b"awaits review" in response.data
    assert b"Fox" not in response.data


def test_claims_and_events_that_may_be_shown_have_their_turtle(client: FlaskClient) -> None:
    assert client.get("/claim/tour.ttl").status_code == 200
    assert client.get("/event/tour.ttl").status_code == 200
    assert client.get("/article/herald.ttl").status_code == 200


def test_it_is_not_among_the_claims_of_its_article(browser: FlaskClient) -> None:
    page = browser.get("/article/post").get_data(as_text=True)
    assert 'id="claim-rifles"' not in page
    assert 'id="claim-denial"' in page


def test_it_is_held_back_from_data_and_counted(client: FlaskClient) -> None:
    response = client.get("/questions/transfers-alleged.json")
    assert [row["item_name"] for row in response.get_json()["rows"]] == ["shells"]
    assert response.headers["Legation-Held-Back"] == "1 rows await review"


def test_a_reviewed_one_is_shown(own: Store) -> None:
    review, claim = NamedNode(expand("lg:reviewState")), NamedNode(RIFLES)
    change = GraphDelta(
        NamedNode(expand("art:post")),
        add=frozenset([Triple(claim, review, NamedNode(expand("lg:Accepted")))]),
        remove=frozenset([Triple(claim, review, NamedNode(expand("lg:Unreviewed")))]),
    )
    own.commit([change])
    assert held_back(own, [RIFLES]) == frozenset()
    page = create_app(own, Settings()).test_client().get("/article/post", headers={"Accept": "text/html"})
    assert b'id="claim-rifles"' in page.data


def test_one_who_holds_an_office_is_not_a_private_person(own: Store) -> None:
    tenure, fox = NamedNode(expand("tenure:fox")), NamedNode(expand("person:x-fox"))
    own.commit(
        [
            GraphDelta(
                NamedNode(expand("g:facts")),
                add=frozenset([Triple(tenure, NamedNode(expand("lg:holder")), fox)]),
            )
        ]
    )
    assert held_back(own, [RIFLES]) == frozenset()
