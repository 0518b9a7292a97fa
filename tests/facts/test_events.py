"""What an event says, from the claims on it."""

from __future__ import annotations

from typing import Any

import pytest

from kb.facts.background import Background
from kb.facts.projection import project
from kb.facts.told import Told
from kb.namespaces import expand
from kb.records import ClaimType
from kb.terms import local
from tests.facts.making import ADA, BORIS, ONE, OTHER, WORKS, Text, told

TRANSFER: dict[str, Any] = {
    "agents": "state:AVA",
    "agent_states": ("AVA",),
    "counterparts": "state:BOR",
    "counterpart_states": ("BOR",),
    "items": "hw:t-1",
    "edtf": "2014-01",
}


def _said(*claims: Told) -> dict[str, set[str]]:
    """Return what is said of the one node that claims come to: short names of properties and values."""
    (found,) = project(claims, Background(), {})
    said: dict[str, set[str]] = {"node": {found.node.value.removeprefix("https://w3id.org/legation/")}}
    for triple in found.triples:
        value = getattr(triple.object, "value", "").rpartition("/")[2]
        said.setdefault(local(triple.predicate), set()).add(value)
    return said


def test_a_transfer_has_supplier_recipient_item_and_both_states() -> None:
    said = _said(told(ClaimType.TRANSFER, **TRANSFER))
    assert said["supplier"] == said["agentState"] == {"AVA"}
    assert said["recipient"] == said["counterpartState"] == {"BOR"}
    assert (said["item"], said["involvesState"]) == ({"t-1"}, {"AVA", "BOR"})
    assert (said["earliest"], said["latest"]) == ({"2014-01-01"}, {"2014-01-31"})
    assert "hostState" not in said


def test_a_visits_counterpart_state_is_its_host() -> None:
    said = _said(told(ClaimType.VISIT, agents=ADA, counterpart_states=("BOR",), edtf="2003"))
    assert said["hostState"] == {"BOR"}


def test_companions_of_all_reports_go_along() -> None:
    tour: dict[str, Any] = {"agents": ADA, "facility": WORKS, "edtf": "2003-06-03"}
    one, other = told(ClaimType.VISIT, ONE, **tour), told(ClaimType.VISIT, OTHER, **tour, companions=BORIS)
    assert _said(one, other)["companion"] == {"boris-brand"}


def test_an_events_identifier_is_that_of_its_smallest_claim() -> None:
    claims = [told(ClaimType.TRANSFER, text, **TRANSFER) for text in (ONE, OTHER)]
    smallest = min(each.stored.id for each in claims)
    assert _said(*claims)["node"] == {f"event/{smallest}"}


@pytest.mark.parametrize(
    ("slots", "stage"),
    [
        ([{}], {"Occurred"}),
        ([{"stage": "agreed"}, {"stage": "delivered"}], {"Delivered"}),
        ([{"modality": "planned"}], {"Planned"}),
        ([{"modality": "requested"}], {"Requested"}),
        ([{"modality": "requested"}, {"modality": "planned"}], {"Planned"}),
        ([{"modality": "planned"}, {"modality": "planned", "polarity": "negated"}], {"Cancelled"}),
        ([{"modality": "planned"}, {"polarity": "negated"}], {"Planned"}),
        ([{"modality": "speculated"}], None),
    ],
)
def test_how_far_an_event_came(slots: list[dict[str, str]], stage: set[str] | None) -> None:
    claims = [
        told(ClaimType.TRANSFER, text, **{**TRANSFER, **more})
        for text, more in zip((ONE, OTHER), slots, strict=False)
    ]
    assert _said(*claims).get("lifecycle") == stage


def test_an_office_without_a_date_is_attested_on_the_day_of_the_text() -> None:
    said = _said(told(ClaimType.OFFICE, agents=ADA, office="office:president-of-avaria"))
    assert (said["type"], said["attestedOn"]) == ({"OfficeTenure"}, {"2013-04-03"})
    assert (said["holder"], said["office"]) == ({"ada-aster"}, {"president-of-avaria"})


def test_a_tenure_says_how_well_it_is_attested() -> None:
    told_of_it = [told(ClaimType.OFFICE, text, agents=ADA, office="office:mayor") for text in (ONE, OTHER)]
    said = _said(*told_of_it)
    assert (said["origins"], said["evidenceLevel"], said["minTier"]) == (
        {"2"},
        {"Corroborated"},
        {"accepted"},
    )


def test_an_office_in_a_text_without_a_date_is_attested_on_no_day() -> None:
    undated = Text(published=None)
    assert "attestedOn" not in _said(told(ClaimType.OFFICE, undated, agents=ADA, office="office:mayor"))


def test_an_office_held_from_one_day_until_another_has_both_and_its_bounds() -> None:
    said = _said(told(ClaimType.OFFICE, agents=ADA, office="office:mayor", edtf="2001/2004-05-06"))
    assert (said["from"], said["until"]) == ({"2001"}, {"2004-05-06"})
    assert (said["certainFrom"], said["certainUntil"]) == ({"2001-12-31"}, {"2004-05-06"})


def test_an_office_that_names_no_entity_attests_nothing() -> None:
    assert project([told(ClaimType.OFFICE, agents="Somebody", office="office:mayor")], Background(), {}) == []


def test_each_thing_that_a_plant_makes_is_a_production_of_its_own() -> None:
    claim = told(ClaimType.PRODUCTION, agents=WORKS, facility=WORKS, items=("hw:t-1", "hw:t-2"))
    found = project([claim], Background(), {})
    products = {value.value for each in found for value in each.objects("product")}
    assert products == {expand("hw:t-1"), expand("hw:t-2")}
    assert all(each.objects("supportedBy") for each in found)


def test_a_maker_that_is_no_facility_gives_no_production() -> None:
    claim = told(ClaimType.PRODUCTION, agents="org:tractor-company", items="hw:t-1")
    assert project([claim], Background(), {}) == []
