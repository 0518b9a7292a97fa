"""Days and places that an event takes from its clause, from the scene and from the text's own form."""

from __future__ import annotations

import pytest

from kb.reading.gazetteer import country_of
from kb.records import Claim
from tests.reading.desk import read, the

PRESS = "Press Service of Ruritania"


def spot(claim: Claim) -> tuple[str | None, str | None, str | None]:
    """Return place, facility and country by name."""
    return (
        claim.place.name if claim.place else None,
        claim.facility.name if claim.facility else None,
        claim.country,
    )


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        (
            "At the summit held in Strelsau on Tuesday, Anton Varga and Boris Kelemen held a meeting.",
            "2023-09-12",
        ),
        ("Anton Varga met Boris Kelemen and signed a trade treaty in Strelsau on Tuesday.", "2023-09-12"),
        ("Before his departure on Thursday, Anton Varga met Boris Kelemen in Onhava.", "2023-09-14"),
        ("Anton Varga arrived in Onhava on Wednesday. Boris Kelemen received him there.", "2023-09-13"),
        ("Anton Varga recently met Boris Kelemen in Onhava.", None),
        ("Anton Varga met Boris Kelemen, who leads a party that was founded in 2002.", None),
    ],
)
def test_a_meeting_has_the_day_of_its_clause_or_of_what_it_stands_with(text: str, edtf: str | None) -> None:
    assert the("Meeting", text).edtf == edtf


def test_what_a_state_does_has_the_day_on_which_its_ministry_announced_it() -> None:
    text = "Ruritania is expelling three Zemblan diplomats, the foreign ministry announced on Tuesday."
    assert the("Sanction", text).edtf == "2023-09-12"


def test_an_exercise_lasts_from_its_begin_to_its_end() -> None:
    text = "Ruritania and Zembla hold an exercise near Strelsau, which began on 4 and ends on 29 September."
    assert the("Exercise", text.replace("on 4 ", "on 4 September ")).edtf == "2023-09-04/2023-09-29"


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("Since 2006 Ruritania has supplied Zembla with tanks.", "Transfer", "2006/2023-09-15"),
        (
            "Ruritania has given Zembla tanks since the invasion in February.",
            "Transfer",
            "2023-02/2023-09-15",
        ),
        ("Zembla has been under Ruritanian sanctions since 2006.", "Sanction", "2006/.."),
    ],
)
def test_since_a_date_what_repeats_goes_up_to_now_and_what_lasts_is_open(
    text: str, kind: str, edtf: str
) -> None:
    assert the(kind, text).edtf == edtf


def test_today_is_the_day_of_the_texts_own_dateline() -> None:
    text = (
        "Varga meets Kelemen\n\nSTRELSAU, Sept. 13 (RP) -- Anton Varga met Boris Kelemen in Strelsau today."
    )
    assert the("Meeting", text).edtf == "2023-09-13"


def test_a_press_service_whose_state_nobody_names_is_an_official_voice() -> None:
    text = "Anton Varga received Boris Kelemen."
    assert the("Meeting", text, outlet="Press office of the presidential administration").edtf == "2023-09-15"
    assert the("Meeting", text, outlet="The Evening Office Gazette").edtf is None


def test_what_only_tells_since_when_has_not_the_day_of_issue() -> None:
    text = "Relations have grown since Anton Varga met Boris Kelemen."
    assert the("Meeting", text, outlet=PRESS).edtf is None


def test_what_is_told_of_talks_without_a_day_has_that_of_the_talks_and_not_of_the_readout() -> None:
    text = (
        "Anton Varga met Boris Kelemen in Onhava on Tuesday.\n\nVarga thanked Zembla. Ruritania and Zembla "
        "signed a trade treaty."
    )
    found = {str(claim.type): claim.edtf for claim in read(text, outlet=PRESS)}
    assert found["Statement"] == found["Agreement"] == "2023-09-12"


@pytest.mark.parametrize(
    "text",
    [
        "Anton Varga met Boris Kelemen for the first time in Onhava last year.",
        "Anton Varga and Boris Kelemen signed a programme for 25 years in Onhava on 27 March 2021.",
        "Anton Varga and Boris Kelemen signed a treaty at a ceremony in Onhava.",
        "Onhava hosted talks between Anton Varga and Boris Kelemen.",
    ],
)
def test_a_place_counts_by_whatever_word_of_the_clause_it_hangs(text: str) -> None:
    kind = "Agreement" if "signed" in text else "Meeting"
    assert spot(the(kind, text)) == ("Onhava", None, "ZEM")


def test_a_facility_has_its_town_where_the_text_or_its_own_name_tells_it() -> None:
    assert spot(the("Visit", "Boris Kelemen toured the Streltz Works."))[0] is None
    assert (
        spot(the("Visit", "Boris Kelemen came to Strelsau and toured the Streltz Works."))[1]
        == "Streltz Works"
    )


def test_a_readout_is_where_the_line_above_it_says() -> None:
    text = "Varga receives Kelemen\n\nSeptember 15, 2023, Strelsau\n\nAnton Varga met Boris Kelemen."
    assert spot(the("Meeting", text, outlet=PRESS)) == ("Strelsau", None, "RUR")
    assert spot(the("Meeting", text, outlet="Strelsau Telegraph"))[0] is None


def test_talks_with_a_visitor_are_in_the_state_that_he_visits() -> None:
    text = "Boris Kelemen paid a visit to Ruritania.\n\nKelemen met Anton Varga."
    assert spot(the("Meeting", text)) == (None, None, "RUR")


def test_the_town_of_a_region_is_the_place() -> None:
    text = "Boris Kelemen arrived in the Hentzau region town of Strelsau on Friday."
    assert spot(the("Arrival", text))[0] == "Strelsau"


def test_forces_are_in_the_state_to_which_they_go() -> None:
    assert the("Deployment", "Zembla has deployed 300 soldiers to Ruritania.").country == "RUR"


def test_a_town_that_no_reference_data_hold_has_the_state_of_the_gazetteer() -> None:
    assert (country_of("Ipiales"), country_of("Córdoba"), country_of("Nowhere-on-Sea")) == (
        "COL",
        "ARG",
        None,
    )


def test_without_a_publication_date_a_dateline_with_its_year_says_today() -> None:
    text = "Strelsau, 13 September 2023 - Anton Varga met Boris Kelemen in Strelsau today."
    assert [c.edtf for c in read(text, published=None) if c.type == "Meeting"] == ["2023-09-13"]


def test_here_in_a_report_is_where_it_was_written() -> None:
    text = "ONHAVA, Sept. 14 (RP) -- Anton Varga met Boris Kelemen here on Thursday."
    assert spot(the("Meeting", text)) == ("Onhava", None, "ZEM")


def test_where_points_back_past_a_time() -> None:
    text = "Anton Varga visited Onhava last week, where he held talks with Boris Kelemen."
    assert spot(the("Meeting", text))[0] == "Onhava"


def test_who_leaves_for_a_state_does_not_leave_it() -> None:
    text = "Boris Kelemen arrived in Ruritania on Monday. He left for Borduria on Thursday."
    assert the("Departure", text).country == "RUR"


def test_a_visit_of_so_many_days_that_starts_on_a_day_lasts_so_many() -> None:
    text = "Boris Kelemen will pay a three-day visit to Ruritania starting Monday."
    assert the("Visit", text).edtf == "2023-09-18/2023-09-20"


@pytest.mark.parametrize(
    ("text", "place", "facility"),
    [
        (
            "Boris Kelemen toured the Hentzau Heavy Machinery Plant Falcon.",
            None,
            "Hentzau Heavy Machinery Plant Falcon",
        ),
        ("Boris Kelemen toured Ruppert Camp in Strelsau.", "Strelsau", "Ruppert Camp"),
        ("Boris Kelemen arrived at the port of Onhava on Friday.", "Onhava", "Port of Onhava"),
    ],
)
def test_a_site_is_known_by_the_words_of_its_name(text: str, place: str | None, facility: str) -> None:
    kind = "Arrival" if "arrived" in text else "Visit"
    assert spot(the(kind, text))[:2] == (place, facility)


def test_goods_are_handed_over_where_the_harbour_or_the_ceremony_is() -> None:
    text = "Ruritania delivered forty tanks to Zembla through the port of Onhava."
    assert spot(the("Transfer", text)) == ("Onhava", "Port of Onhava", "ZEM")


def test_an_exercise_in_a_bay_has_it_as_its_place() -> None:
    text = "Ruritania and Zembla held an exercise in Strelsau Bay on Friday."
    assert spot(the("Exercise", text))[0] == "Strelsau Bay"


def test_what_was_signed_long_ago_is_not_where_the_talks_are() -> None:
    text = "Anton Varga met Boris Kelemen in Onhava. Ruritania and Zembla signed a treaty in 1996."
    assert spot(the("Agreement", text)) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "kind", "edtf"),
    [
        ("On Tuesday Varga accused Zembla of planning to supply Borduria with tanks.", "Transfer", None),
        (
            "The joint exercise of Ruritania and Zembla will be conducted from July 3-16.",
            "Exercise",
            "2024-07-03/2024-07-16",
        ),
        ("Anton Varga arrived in Onhava on Tuesday to meet Boris Kelemen.", "Arrival", "2023-09-12"),
    ],
)
def test_a_plan_has_not_the_day_on_which_it_was_spoken_of(text: str, kind: str, edtf: str | None) -> None:
    assert the(kind, text).edtf == edtf


def test_the_shipment_told_again_has_the_day_of_the_delivery() -> None:
    text = "Ruritania delivered tanks to Zembla on Thursday. The shipment to Zembla by Ruritania was large."
    assert {c.edtf for c in read(text) if c.type == "Transfer"} == {"2023-09-14"}


def test_the_talks_of_a_text_are_in_the_town_by_which_it_calls_them() -> None:
    text = "Anton Varga met Boris Kelemen on Friday. Varga praised the talks in Onhava."
    assert spot(the("Meeting", text))[0] == "Onhava"
    other = "Anton Varga met Boris Kelemen on Friday. They recalled the recent trilateral summit in Onhava."
    assert all(claim.place is None for claim in read(other) if claim.type == "Meeting")


def test_the_day_within_a_month_is_the_date() -> None:
    text = "In May this year Anton Varga met Boris Kelemen in Onhava on May 16."
    assert the("Meeting", text).edtf == "2023-05-16"


def test_what_is_scheduled_for_a_day_is_on_that_day() -> None:
    text = "Talks between Anton Varga and Boris Kelemen are scheduled for Monday in Onhava."
    assert the("Meeting", text).edtf == "2023-09-18"


def test_what_was_signed_at_talks_of_an_unknown_day_is_read() -> None:
    talks = "Shortly after his arrival in Strelsau, Boris Kelemen held talks with Anton Varga."
    found = read(f"Talks in Strelsau\n\n{talks} They signed a trade treaty.", outlet=PRESS)
    assert [claim.type for claim in found if claim.type == "Agreement"] == ["Agreement"]
