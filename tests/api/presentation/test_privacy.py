"""An allegation against a person who holds no public office is not shown before review."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Triple

from api import create_app
from api.presentation.answers import publishable
from api.presentation.privacy import FEW, Held, held_back
from kb.errors import QueryTimeout
from kb.namespaces import expand
from kb.queries import answer
from kb.settings import Settings
from kb.store import GraphDelta, Store, open_store
from tests.queries.toy import toy_store


def _said(subject: str, property_: str, value: str) -> Triple:
    return Triple(*(NamedNode(expand(name)) for name in (subject, property_, value)))


def _alleged(claim: str) -> list[Triple]:
    """Return what makes a claim one more allegation against the trader."""
    return [
        _said(claim, "lg:claimType", "lg:Transfer"),
        _said(claim, "lg:modality", "lg:modalitySpeculated"),
        _said(claim, "lg:hasSlot", f"{claim}-slot".replace("claim:", "slot:")),
        _said(f"{claim}-slot".replace("claim:", "slot:"), "lg:slotEntity", "person:x-fox"),
    ]


RIFLES, SHELLS, TOUR = (expand(f"claim:{name}") for name in ("rifles", "shells", "tour"))

ACCEPTED = GraphDelta(
    NamedNode(expand("art:post")),
    add=frozenset([_said("claim:rifles", "lg:reviewState", "lg:Accepted")]),
    remove=frozenset([_said("claim:rifles", "lg:reviewState", "lg:Unreviewed")]),
)


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with toy_store(tmp_path_factory.mktemp("privacy") / "store") as store:
        yield store


def test_an_alleged_sale_by_a_private_person_is_held_back(store: Store) -> None:
    assert held_back(store, [RIFLES, SHELLS, TOUR]) == {RIFLES}


def many() -> list[str]:
    return [RIFLES, SHELLS, TOUR, *(expand(f"claim:none-{n}") for n in range(FEW))]


def found_by(held: Held, store: Store) -> frozenset[str] | None:
    """Return what is known once nobody searches any more."""
    end = time.monotonic() + 20
    while held.claims(store) is None and held._searching and time.monotonic() < end:
        time.sleep(0.01)
    return held.claims(store)


def test_what_is_held_back_among_many_claims_is_told_anew_after_each_change(own: Store) -> None:
    with create_app(own, Settings()).app_context():
        assert held_back(own, many()) == {RIFLES}
        own.commit([ACCEPTED])
        assert held_back(own, many()) == frozenset()


def test_all_that_is_held_back_is_found_in_the_background_once_for_each_version(
    own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[Store] = []
    search = Held.search

    def counted(held: Held, store: Store) -> None:
        searches.append(store)
        search(held, store)

    monkeypatch.setattr(Held, "search", counted)
    held = Held()
    assert held.claims(own) is None, "nobody waits for it"
    assert found_by(held, own) == frozenset([RIFLES])
    assert held.claims(own) == frozenset([RIFLES])
    own.commit([ACCEPTED])
    assert held.claims(own) is None
    assert found_by(held, own) == frozenset()
    assert searches == [own, own]


def test_more_of_them_than_a_query_may_return_are_asked_about_one_by_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("privacy") / "store"
    toy_store(folder).close()
    with (
        open_store(str(folder), Settings(query_rows=1)) as store,
        create_app(store, Settings()).app_context(),
    ):
        held = Held()
        assert found_by(held, store) == frozenset([RIFLES])
        second = GraphDelta(NamedNode(expand("art:post")), add=frozenset(_alleged("claim:shots")))
        store.commit([second])
        held.search(store)
        assert held.claims(store) is None
        assert not held._searching, "it is known that they are too many"
        assert held_back(store, many()) == {RIFLES}


def test_a_search_that_took_too_long_is_left_for_a_while(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(self: Held, store: Store) -> None:
        raise QueryTimeout("it ran past its limit", repair="Narrow it")

    held = Held()
    with monkeypatch.context() as patched:
        patched.setattr(Held, "search", slow)
        assert found_by(held, own) is None
    assert held.claims(own) is None
    assert not held._searching
    held._not_before = 0.0
    assert found_by(held, own) == frozenset([RIFLES])


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
    assert response.headers["Legation-Held-Back"] == "1 row awaits review"


def test_each_row_that_is_left_keeps_its_own_place_in_the_order(own: Store) -> None:
    found = answer(own, "timeline-of-a-dyad", {"state": "XAL", "other_state": "XBO"})
    with create_app(own, Settings()).app_context():
        shown, held = publishable(own, found)
    assert held == 1
    places = dict(zip(found.cells, found.keys, strict=True))
    assert list(shown.keys) == [places[cells] for cells in shown.cells]
    assert len(set(shown.keys)) > 1


def test_a_reviewed_one_is_shown(own: Store) -> None:
    own.commit([ACCEPTED])
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
