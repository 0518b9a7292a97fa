"""What a thing's page asks of the store: each thing once, and only of what the thing has a part in."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from api.things import events
from api.things.events import happenings
from kb.namespaces import expand
from kb.store import Store


def asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that every query of the store comes to stand in."""
    told: list[str] = []
    plain = type(store).query_bytes

    def noted(self: Store, query: str, *rest: object, **others: object) -> object:
        told.append(query)
        return plain(self, query, *rest, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "query_bytes", noted)
    return told


def test_the_claims_that_an_event_rests_on_are_asked_for_once_a_page(
    browser: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = asked(store, monkeypatch)
    assert browser.get("/event/tour.html?not-kept").status_code == 200
    assert len([query for query in queries if "?bears IN (lg:supportedBy" in query]) == 1


def test_every_branch_of_the_query_for_events_names_the_thing() -> None:
    branches = re.split(r"\bUNION\b", events._EVENTS)
    assert len(branches) == 4
    for branch in branches:
        assert "VALUES ?thing { %s }" in branch


def test_events_of_every_standing_are_found_with_their_words(store: Store) -> None:
    found = happenings(store, NamedNode(expand("person:ada-moor"))).told
    assert {each.standing for each in found} >= {"fact", "planned"}
    assert all(words.quote for each in found for words in each.words)
