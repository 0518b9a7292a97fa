"""The day that a report or a government's account is of, given to what it tells without one."""

from __future__ import annotations

import pytest

from kb.records import Claim
from tests.reading.desk import read, the

PRESS = "Press Service of Ruritania"


def last(kind: str, text: str, *, outlet: str = "unknown") -> Claim:
    """Return the last claim of a type in a text."""
    return [claim for claim in read(text, outlet=outlet) if claim.type == kind][-1]


def test_what_a_party_says_has_the_day_on_which_the_report_has_it_act() -> None:
    text = (
        "Anton Varga arrived in Onhava on Wednesday.\n\nCrowds lined the streets of the old town.\n\n"
        "Varga thanked Zembla for its support."
    )
    assert the("Statement", text).edtf == "2023-09-13"


@pytest.mark.parametrize("said", ["has thanked Zembla for its support", "supports Zembla"])
def test_what_was_said_some_day_or_is_held_has_no_day(said: str) -> None:
    assert the("Statement", f"Anton Varga arrived in Onhava on Wednesday.\n\nVarga {said}.").edtf is None


def test_what_the_first_paragraph_names_happened_on_its_day() -> None:
    text = (
        "Varga in Onhava\n\nA new bridge to Zembla, for which Anton Varga had long asked, was opened in "
        "Onhava on Thursday before a crowd of thousands.\n\nVarga thanked Zembla for its support.\n\n"
        "Irina Sand condemned Ruritania."
    )
    days = {claim.agents[0].name: claim.edtf for claim in read(text) if claim.type == "Statement"}
    assert days["Anton Varga"] == "2023-09-14"


def test_an_account_of_yesterday_s_talks_is_of_yesterday() -> None:
    text = (
        "Anton Varga met Boris Kelemen in Onhava yesterday.\n\nThe talks took an hour.\n\n"
        "They were held in a friendly mood and touched on trade.\n\nVarga thanked Zembla."
    )
    assert the("Statement", text, outlet=PRESS).edtf == "2023-09-14"


def test_an_outlet_that_gives_a_government_s_words_issues_them() -> None:
    text = "Anton Varga received Boris Kelemen."
    assert the("Meeting", text, outlet="Gazette, citing the palace press service").edtf == "2023-09-15"
    assert the("Meeting", text, outlet="Evening Gazette, citing travellers").edtf is None


def test_an_event_of_before_has_not_the_day_of_the_account() -> None:
    text = "Anton Varga met Boris Kelemen today. They discussed his recent visit to Onhava."
    assert the("Visit", text, outlet=PRESS).edtf is None


def test_a_date_within_what_is_said_is_not_that_of_the_saying() -> None:
    text = 'Anton Varga said: "We thank Zembla, and our friendship will last beyond 2050."'
    assert last("Statement", text).edtf is None
    assert the("Statement", "Anton Varga thanked Zembla for its visit to Onhava on Monday.").edtf is None


def test_a_programme_goes_on_on_the_day_of_its_paragraph() -> None:
    text = (
        "Anton Varga will make a state visit to Zembla from 25 to 27 September.\n\n"
        "On Tuesday 26 September, Varga will meet Boris Kelemen. Varga will also meet Irina Sand."
    )
    assert last("Meeting", text).edtf == "2023-09-26"


def test_a_weekday_in_a_programme_is_the_one_that_it_has_named_with_its_day() -> None:
    text = (
        "Anton Varga will arrive in Onhava on Tuesday 26 September.\n\n"
        "On Tuesday, Varga will meet Boris Kelemen. He leaves on Friday."
    )
    assert last("Meeting", text).edtf == "2023-09-26"


def test_a_recent_event_has_not_the_day_of_the_talks_on_it() -> None:
    text = "Anton Varga and Boris Kelemen on Thursday discussed the recent visit of Irina Sand to Onhava."
    assert the("Visit", text).edtf is None
