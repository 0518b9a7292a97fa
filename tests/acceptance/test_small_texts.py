"""Small texts as the shipped reader reads them: with all reference data, weights and the network."""

from __future__ import annotations

import pytest

from kb.reading.reader import reader
from kb.records import Claim
from tests.reading.desk import article

PEOPLE = "President Shavkat Mirziyoyev will travel to the Tajik capital on Friday for two days of talks."


def told(text: str, kind: str) -> list[Claim]:
    """Return what the shipped reader makes of a text, of one type."""
    return [claim for claim in reader().read(article(text)) if claim.type == kind]


def test_a_likely_visit_is_told_without_its_place() -> None:
    visits = told(f"{PEOPLE} His predecessor Islam Karimov last went there in 2014.", "Visit")
    assert {("Islam Karimov", "2014")} <= {(claim.agents[0].name, claim.edtf) for claim in visits}


def test_the_visit_to_a_state_and_to_its_capital_is_told_once_with_all_its_days() -> None:
    (visit,) = told(
        "Emmanuel Macron visited India from 10 to 12 September. Emmanuel Macron visited New Delhi on Monday.",
        "Visit",
    )
    assert (visit.edtf, visit.place.name if visit.place else None) == ("2023-09-10/2023-09-12", "New Delhi")


def test_a_town_is_nobody_who_bears_its_name() -> None:
    visits = told(
        "Jan Petersen will fly to Sri Lanka on Wednesday. After Colombo he was due to fly by helicopter on "
        "Thursday to the northern town of Kilinochchi.",
        "Visit",
    )
    assert visits and {agent.name for claim in visits for agent in claim.agents} == {"Jan Petersen"}


@pytest.mark.parametrize("way", ["leaves on a visit to Spain", "left for a meeting in Madrid"])
def test_who_leaves_for_another_state_leaves_his_own(way: str) -> None:
    (departure,) = told(f"Emmanuel Macron {way} on Monday.", "Departure")
    assert departure.country == "FRA"
