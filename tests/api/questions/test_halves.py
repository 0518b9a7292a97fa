"""A question whose answers are long is asked in halves side by side."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import kb.queries.answers
from api import create_app
from api.questions.sizes import LONG, Sizes
from kb.queries import questions
from kb.queries.halves import Found, find
from kb.settings import Settings
from kb.store import Store, open_store
from kb.store.embedded import EmbeddedStore
from tests.queries.toy import toy_store

DATES = ("1990", "1991")
ADDRESS = "/questions/planned-not-reported.json?from={}"


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return by which variable each query is halved from now on; "" where it is not."""
    found: list[str] = []

    def seen(store: Store, query: str, fact: str = "") -> Found:
        found.append(fact)
        return find(store, query, fact)

    monkeypatch.setattr(kb.queries.answers, "find", seen)
    monkeypatch.setattr(EmbeddedStore, "side_by_side", lambda store: 2)
    return found


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, Settings())


def test_what_is_about_the_whole_base_is_halved_until_it_is_known_to_be_short(
    app: Flask, facts: list[str]
) -> None:
    for day in DATES:
        assert app.test_client().get(ADDRESS.format(day)).status_code == 200
    assert facts == ["event", ""]


def test_what_is_about_a_state_is_halved_once_it_was_long_and_is_the_same(
    app: Flask, store: Store, facts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.questions.sizes.LONG", 1)
    about = [f"{ADDRESS.format(day)}&visitor_state=XAL" for day in DATES]
    rows = [app.test_client().get(address).get_json()["rows"] for address in about]
    whole = create_app(store, Settings()).test_client().get(about[1]).get_json()["rows"]
    assert facts == ["", "event", ""]
    assert rows[1] == whole != []


def test_one_that_passed_a_limit_is_asked_for_whole_and_cut_as_before(
    tmp_path: Path, facts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.questions.sizes.LONG", 1)
    toy_store(tmp_path / "store").close()
    with open_store(str(tmp_path / "store"), Settings(query_rows=1)) as small:
        client = create_app(small, Settings(query_rows=1)).test_client()
        told = [client.get(f"/questions/transfers-alleged.json?from={day}").get_json() for day in DATES]
    assert [(len(each["rows"]) <= 1, each["truncated"]) for each in told] == [(True, True)] * 2
    assert facts == ["event", ""]


def test_a_question_about_records_is_never_halved(app: Flask, facts: list[str]) -> None:
    assert app.test_client().get("/questions/treaties.json?state=XAL").status_code == 200
    assert facts == [""]


def test_a_question_with_a_state_is_measured_by_itself() -> None:
    sizes, question, other = Sizes(), questions()["planned-not-reported"], questions()["transfers-reported"]
    sizes.note(question, ["from", "host_state"], LONG)
    assert sizes.long(question, {"host_state": "PRK", "from": "1990"})
    assert not sizes.long(question, ["from", "visitor_state"])
    assert not sizes.long(other, ["from", "supplier_state"])
    sizes.note(question, ["from", "host_state"], LONG - 1)
    assert not sizes.long(question, ["from", "host_state"])
