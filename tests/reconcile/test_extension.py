"""Columns for what was matched: what the base knows of entities."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from api.reconcile import extension
from tests.reconcile.asking import Asking, checked

VASKOV = "person/orlen-vaskov"


def test_names_come_with_their_languages_to_choose_from(ask: Asking) -> None:
    assert ask.column(VASKOV, "label") == [{"str": "Orlen Vaskov"}, {"str": "Орлен Васьков"}]
    assert ask.column(VASKOV, "label", language="ru") == [{"str": "Орлен Васьков"}]
    assert ask.column(VASKOV, "label", limit="1") == [{"str": "Orlen Vaskov"}]
    assert len(ask.column(VASKOV, "label", limit=0)) == 2


def test_offices_and_their_days_stand_side_by_side_the_latest_first(ask: Asking) -> None:
    columns = ask.extend([VASKOV], "office", "officeFrom", "officeUntil")["rows"][VASKOV]
    assert [one["id"] for one in columns["office"]] == [
        "office/president-of-avaria",
        "office/mayor-of-borville",
    ]
    assert columns["officeFrom"] == [{"str": "2010-05"}, {"date": "2001-02-03T00:00:00"}]
    assert columns["officeUntil"] == [{}, {"str": "2004"}]


def test_a_thing_comes_as_a_match_its_identifier_or_its_name(ask: Asking) -> None:
    assert ask.column(VASKOV, "nationality") == [
        {"id": "state/AVA", "name": "Avaria", "description": "state"}
    ]
    assert ask.column(VASKOV, "nationality", content="id") == [{"str": "state/AVA"}]
    assert ask.column(VASKOV, "nationality", content="literal") == [{"str": "Avaria"}]


def test_the_type_of_things_stands_in_the_head_where_they_come_as_matches(ask: Asking) -> None:
    told = ask.extend([VASKOV], "nationality", "label", {"id": "office", "settings": {"content": "id"}})
    assert told["meta"] == [
        {"id": "nationality", "name": "nationality", "type": {"id": "State", "name": "state"}},
        {"id": "label", "name": "name"},
        {"id": "office", "name": "office held"},
    ]


@pytest.mark.parametrize(
    ("identifier", "name", "values"),
    [
        ("facility/portsea-naval-base", "state", ["Borland"]),
        ("facility/portsea-naval-base", "coordinates", ["10.5,20.25"]),
        ("facility/portsea-naval-base", "latitude", [10.5]),
        ("facility/portsea-naval-base", "coordinatePrecision", [1000]),
        ("facility/portsea-naval-base", "class", ["naval base"]),
        ("facility/portsea-naval-base", "iataCode", ["PSB"]),
        ("hardware/t-1", "designation", ["Anvil", "Turtle"]),
        ("hardware/t-1", "designationSystem", ["NATO", "NATO"]),
        ("hardware/t-1", "firstFlight", ["2009-08"]),
        ("state/BOR", "code", ["912"]),
        ("state/COR", "memberIn", ["Inland League"]),
        ("organisation/inland-league", "memberUntil", [None, "2001-06-30T00:00:00"]),
        ("office/president-of-avaria", "officeRole", ["head of state"]),
        ("organisation/borland-post", "stateControlled", ["false"]),
        ("state/AVA", "controls", ["East Borland"]),
    ],
)
def test_what_the_base_knows_can_be_asked_for(
    ask: Asking, identifier: str, name: str, values: list[object]
) -> None:
    cells = ask.column(identifier, name, content="literal")
    assert sorted((next(iter(cell.values()), None) for cell in cells), key=str) == sorted(values, key=str)


def test_identifiers_that_are_nobodys_are_listed(ask: Asking) -> None:
    told = ask.extend(["person/nobody", VASKOV, "nonsense"], "label")
    assert told["unknown"] == ["person/nobody", "nonsense"]
    assert told["rows"]["nonsense"] == {"label": []}


def test_a_retired_identifier_has_the_values_of_what_replaces_it(ask: Asking) -> None:
    assert ask.column("organisation/twice-old", "label") == [{"str": "The Lantern"}]


def test_an_answer_with_too_many_values_is_refused(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extension, "MOST_VALUES", 3)
    query = {"ids": [VASKOV, "state/BOR"], "properties": [{"id": "label"}, {"id": "office"}]}
    assert "more than 3 values" in ask.refused(413, extend=json.dumps(query))["detail"]


def test_a_get_is_answered_as_a_post_is(client: FlaskClient, ask: Asking) -> None:
    query = json.dumps({"ids": [VASKOV], "properties": [{"id": "label"}]})
    response = client.get("/reconcile", query_string={"extend": query})
    assert checked("data-extension-response", response) == ask.extend([VASKOV], "label")


def test_the_properties_that_a_type_has_are_proposed(client: FlaskClient) -> None:
    response = client.get("/reconcile/properties?type=Person&limit=4")
    told = checked("data-extension-property-proposal", response)
    assert (told["type"], told["limit"]) == ("Person", 4)
    assert [one["id"] for one in told["properties"]][:3] == ["label", "class", "state"]
    every = checked("data-extension-property-proposal", client.get("/reconcile/properties?type=Person"))
    proposed = {one["id"] for one in every["properties"]}
    assert {"nationality", "office", "officeFrom", "altLabel"} <= proposed
    assert not {"iso3", "coordinates", "holder"} & proposed


@pytest.mark.parametrize("query", ["", "?type=Persn", "?type=Person&limit=x", "?type=Person&limit=-1"])
def test_a_proposal_for_no_type_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/reconcile/properties{query}").status_code == 400
