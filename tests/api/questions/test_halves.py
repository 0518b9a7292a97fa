"""A question whose answers are long is asked in halves from the second time on."""

from __future__ import annotations

import pytest
from flask import Flask

import kb.queries.answers
from api import create_app
from api.questions.sizes import LONG, Sizes
from kb.queries.halves import Found, find
from kb.settings import Settings
from kb.store import Store

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
    return found


@pytest.fixture
def app(store: Store) -> Flask:
    return create_app(store, Settings())


def test_a_short_answer_is_asked_for_whole_each_time(app: Flask, facts: list[str]) -> None:
    for day in DATES:
        assert app.test_client().get(ADDRESS.format(day)).status_code == 200
    assert facts == ["", ""]


def test_a_long_one_is_halved_the_next_time_and_the_same(
    app: Flask, store: Store, facts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.questions.sizes.LONG", 1)
    rows = [app.test_client().get(ADDRESS.format(day)).get_json()["rows"] for day in DATES]
    whole = create_app(store, Settings()).test_client().get(ADDRESS.format(DATES[1])).get_json()["rows"]
    assert facts == ["", "event", ""]
    assert rows[1] == whole != []


def test_a_question_with_a_state_is_measured_by_itself() -> None:
    sizes = Sizes()
    sizes.note("q", {"from": "1990"}, LONG)
    assert sizes.long("q", ["from"])
    assert not sizes.long("q", ["from", "state"])
    assert not sizes.long("p", ["from"])
    sizes.note("q", ["from"], LONG - 1)
    assert not sizes.long("q", ["from"])
