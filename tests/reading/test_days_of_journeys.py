"""When one goes and stays: days of a stay, journeys under way, the evening of the day that was told."""

from __future__ import annotations

import pytest

from tests.reading.desk import read, the


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Anton Varga has begun a two-day official visit to Zembla on Thursday.", "2023-09-14/2023-09-15"),
        ("Anton Varga will make a two-day official visit to Onhava from tomorrow.", "2023-09-16/2023-09-17"),
        ("Anton Varga is flying to Onhava on Monday.", "2023-09-18"),
        ("Anton Varga flew to Onhava on Monday.", "2023-09-11"),
    ],
)
def test_a_visit_has_the_days_of_its_stay(text: str, edtf: str) -> None:
    assert the("Visit", text).edtf == edtf


def test_a_date_before_a_joined_clause_is_of_that_clause() -> None:
    text = "Anton Varga first made a state visit to Borduria, and on May 26-27 he is to visit Zembla."
    found = {claim.country: claim.edtf for claim in read(text) if claim.type == "Visit"}
    assert found == {"BOR": None, "ZEM": "2024-05-26/2024-05-27"}


@pytest.mark.parametrize("part", ["in the evening", "later that day", "on the same day"])
def test_what_a_part_of_the_day_is_told_of_has_the_day_told_before(part: str) -> None:
    text = f"Anton Varga flew to Onhava on Tuesday. He met Irina Sand. Varga left Onhava {part}."
    assert the("Departure", text).edtf == "2023-09-12"


def test_what_is_planned_for_a_part_of_the_day_has_the_day_of_the_plan_told_before() -> None:
    text = "Anton Varga will meet Irina Sand in Onhava on Tuesday. In the evening Varga will leave Zembla."
    assert the("Departure", text).edtf == "2023-09-19"


def test_later_in_the_day_is_the_day_told_before() -> None:
    text = "Anton Varga flew to Onhava on Tuesday. He met Irina Sand. Later in the day Varga left Onhava."
    assert the("Departure", text).edtf == "2023-09-12"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Under the treaty signed in Onhava in October by Ruritania and Zembla both will go on.", "2022-10"),
        ("Ruritania and Zembla will live by a treaty signed in Onhava on Saturday.", "2023-09-09"),
        ("Ruritania and Zembla will carry out the treaty signed in October.", "2022-10"),
    ],
)
def test_a_day_with_a_participle_lies_behind(text: str, edtf: str) -> None:
    assert the("Agreement", text).edtf == edtf


def test_a_day_with_a_participle_of_what_is_to_come_lies_ahead() -> None:
    text = "Anton Varga will visit Zembla for a summit hosted by Irina Sand on 20 November."
    assert "2022-11-20" not in {claim.edtf for claim in read(text)}


def test_a_day_before_which_guests_are_welcomed_lies_behind() -> None:
    text = "Anton Varga welcomes Boris Kelemen before their meeting in Strelsau on 12 June."
    assert {claim.edtf for claim in read(text)} <= {"2023-06-12", None}


def test_a_plan_for_the_evening_is_not_of_a_day_long_past() -> None:
    text = "Anton Varga visited Onhava on 3 May. Varga will meet Irina Sand in the evening."
    assert the("Meeting", text).edtf != "2023-05-03"


def test_a_day_before_which_something_is_lies_ahead() -> None:
    text = "The trip comes before the talks between Anton Varga and Irina Sand in Onhava on 19 November."
    assert the("Meeting", text).edtf == "2023-11-19"


def test_the_end_of_the_day_is_no_part_of_the_day_told_before() -> None:
    text = (
        "Anton Varga flew to Onhava on Tuesday. At the end of the day Ruritania imposed sanctions on Zembla."
    )
    assert the("Sanction", text).edtf is None


def test_a_day_to_which_a_journey_leads_is_not_that_of_the_news() -> None:
    text = (
        "President Anton Varga of Ruritania and Irina Sand of Zembla signed a treaty in Onhava, and "
        "President Varga is flying to Borduria on Thursday, his office said in a statement.\n\nThey met."
    )
    assert the("Agreement", text).edtf is None


def test_a_visit_that_begins_on_the_day_of_the_arrival_has_all_days_of_its_stay() -> None:
    text = "Anton Varga has begun a two-day visit to Zembla. His plane touched down in Onhava on Thursday."
    assert the("Visit", text).edtf == "2023-09-14/2023-09-15"
