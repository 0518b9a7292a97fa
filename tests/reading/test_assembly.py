"""Dates, places, merging and source notes of whole texts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.reading.desk import names, read, the


def test_the_meeting_told_twice_takes_the_weekday_of_the_summit() -> None:
    text = "Anton Varga has held talks with Boris Kelemen. During Wednesday's summit, Varga praised Zembla."
    claim = the("Meeting", text)
    assert (claim.edtf, claim.basis) == ("2023-09-13", "same-event")


def test_what_came_before_the_summit_ends_by_its_day() -> None:
    text = (
        "Since his arrival in Ruritania earlier in the week via an armoured train, Boris Kelemen has held "
        "talks with Anton Varga. During Wednesday's summit, Varga praised Zembla."
    )
    claim = the("Arrival", text)
    assert (claim.edtf, claim.vehicle) == ("2023-09-11/2023-09-13", "armoured train")


def test_a_year_stays_a_year() -> None:
    assert the("Visit", "Otto Kelemen visited Strelsau in 2002.").edtf == "2002"


def test_nothing_is_dated_by_guess_where_nobody_said_when_the_text_appeared() -> None:
    text = "Anton Varga visited Onhava on Friday. Boris Kelemen met Anton Varga."
    assert {claim.edtf for claim in read(text, published=None)} == {None}


def test_an_unknown_outlet_issues_nothing() -> None:
    assert the("Meeting", "Anton Varga met Boris Kelemen.").edtf is None


def test_a_government_s_own_readout_has_the_day_of_its_issue() -> None:
    claim = the("Meeting", "Anton Varga met Boris Kelemen.", outlet="Press Service of Ruritania")
    assert (claim.edtf, claim.basis) == ("2023-09-15", "issued-on")


def test_a_described_plant_is_the_only_one_that_fits() -> None:
    claim = the("Visit", "Boris Kelemen toured a tank plant located in the eastern city of Zenda-on-Lake.")
    assert claim.facility is not None and claim.facility.name == "Zenda Tank Plant"
    assert claim.country == "RUR" and claim.counterpart_states == ("RUR",)


def test_a_description_that_no_known_plant_fits_stays_a_description() -> None:
    claim = the("Visit", "Boris Kelemen toured a furniture factory in Zenda-on-Lake.")
    assert claim.facility is not None and claim.facility.iri is None
    assert claim.facility.name == "furniture factory in Zenda-on-Lake"


def test_an_unnamed_station_is_called_by_what_it_is() -> None:
    claim = the("Arrival", "A video showed Boris Kelemen's train arriving at a station in Zenda-on-Lake.")
    assert claim.facility is not None and claim.facility.name == "railway station in Zenda-on-Lake"


def test_the_same_plant_is_the_one_named_before() -> None:
    text = "Boris Kelemen toured a tank plant in Zenda-on-Lake. Otto Kelemen visited the same plant in 2002."
    visits = [claim for claim in read(text) if claim.type == "Visit"]
    assert [claim.facility.name for claim in visits if claim.facility] == ["Zenda Tank Plant"] * 2


def test_those_who_accompanied_stand_beside_the_visitor() -> None:
    text = (
        "Boris Kelemen toured the Streltz Works. Accompanying Kelemen on this tour were Jan Horak, the mayor "
        "of Strelsau, and Marek Novy."
    )
    visit = the("Visit", text)
    assert [ref.name for ref in visit.companions] == ["Jan Horak", "Marek Novy"]
    assert the("Office", text).office is not None


def test_one_event_told_twice_is_one_claim() -> None:
    text = "Anton Varga met Boris Kelemen\n\nAnton Varga met Boris Kelemen in Strelsau on Friday."
    claim = the("Meeting", text)
    assert claim.place is not None and claim.place.name == "Strelsau"


def test_each_leg_of_a_trip_is_a_claim() -> None:
    visits = [c for c in read("Boris Kelemen will travel to Ruritania and Borduria.") if c.type == "Visit"]
    assert sorted(str(claim.country) for claim in visits) == ["BOR", "RUR"]


def test_a_trade_gives_a_transfer_each_way() -> None:
    text = (
        "Varga may consider supplying ammunition to Zembla in exchange for advanced weapons or technology "
        "from Zembla."
    )
    found = {names(claim)[0]: claim for claim in read(text) if claim.type == "Transfer"}
    assert [ref.name for ref in found["Ruritania"].items] == ["ammunition"]
    assert [ref.name for ref in found["Zembla"].items] == ["advanced weapons", "technology"]
    assert {claim.modality for claim in found.values()} == {"speculated"}


@pytest.mark.parametrize(
    "text",
    [
        "Most of the information about the trip comes from official media of both countries.",
        "The report could not be independently verified.",
    ],
)
def test_a_text_on_its_own_sources_is_noted(text: str) -> None:
    assert the("SourceNote", text).quote == text


def test_an_office_is_read_before_and_after_the_name() -> None:
    text = "Zemblan President Boris Kelemen met Anton Varga, the President of Ruritania."
    offices = {names(c)[0]: c.office.name for c in read(text) if c.type == "Office" and c.office}
    assert offices == {"Boris Kelemen": "President of Zembla", "Anton Varga": "President of Ruritania"}


def test_a_weekday_before_publication_is_the_last_one() -> None:
    claim = the("Visit", "Anton Varga visited Onhava on Wednesday.", published=date(2024, 6, 21))
    assert claim.edtf == "2024-06-19"


def test_troops_sent_to_a_region_go_to_its_state() -> None:
    claim = the("Deployment", "Zembla sent 500 troops to Hentzau Oblast.")
    assert names(claim) == ["Zembla"] and claim.counterpart_states == ("RUR",)


def test_what_is_signed_at_a_meeting_is_signed_by_both() -> None:
    claim = the("Agreement", "Anton Varga met Boris Kelemen in Strelsau and signed the Strelsau Declaration.")
    assert names(claim) == ["Anton Varga", "Boris Kelemen"]


def test_a_plan_for_a_planned_visit_falls_within_it() -> None:
    text = "Boris Kelemen will visit Strelsau on 20 September 2023. Kelemen will meet Anton Varga."
    claim = the("Meeting", text)
    assert (claim.edtf, claim.basis) == ("2023-09-20", "same-event")
    assert claim.place is not None and claim.place.name == "Strelsau"


def test_who_is_said_to_report_an_event_takes_no_position() -> None:
    text = "Anton Varga said that Boris Kelemen visited Strelsau."
    assert {claim.type for claim in read(text)} == {"Visit"}


def test_delegates_stand_beside_the_parties_of_talks() -> None:
    text = "Anton Varga held talks with Boris Kelemen. Zembla was represented by Foreign Minister Irina Sand."
    assert [ref.name for ref in the("Meeting", text).companions] == ["Irina Sand"]


def test_a_name_inside_a_longer_name_is_not_the_known_one() -> None:
    claim = the("Visit", "Boris Kelemen visited the Hyacinth Elphberg Palace.")
    assert claim.facility is not None and claim.facility.iri is None


def test_an_unnamed_official_keeps_the_words_of_the_text() -> None:
    claim = the("Statement", "Zembla's ambassador to Strelsau condemned Borduria.")
    assert names(claim)[0].startswith("Zembla's ambassador")
    assert claim.agent_states == ("ZEM",)


def test_the_present_tense_may_speak_of_a_day_to_come() -> None:
    claim = the("Departure", "Boris Kelemen leaves Strelsau on Wednesday.")
    assert (claim.modality, claim.edtf) == ("planned", "2023-09-20")


def test_a_meeting_since_a_month_has_no_date() -> None:
    claim = the("Meeting", "Anton Varga met Boris Kelemen for the first time since March.")
    assert claim.edtf is None


def test_a_delegation_is_who_leads_it() -> None:
    assert names(the("Visit", "A delegation led by Irina Sand visited Strelsau.")) == ["Irina Sand"]


def test_a_list_of_names_is_read_to_its_end() -> None:
    claim = the("Meeting", "Talks between Ruritania, Zembla and Borduria were held in Strelsau.")
    assert names(claim) == ["Borduria", "Ruritania", "Zembla"]


def test_the_city_s_plant_is_the_one_of_that_kind_in_the_town_just_named() -> None:
    text = "Boris Kelemen's train reached Zenda-on-Lake. From there he went to the city's tank plant."
    facility = the("Visit", text).facility
    assert facility is not None and facility.name == "Zenda Tank Plant"


def test_the_plant_of_a_town_named_in_the_same_sentence_is_known() -> None:
    text = (
        "His first stop was Zenda-on-Lake, where Boris Kelemen inspected the tank plant. He toured the works."
    )
    visits = [claim.facility for claim in read(text) if claim.type == "Visit"]
    assert visits and {facility.name for facility in visits if facility} == {"Zenda Tank Plant"}


def test_a_class_of_which_a_town_has_many_needs_a_word_of_the_name() -> None:
    facility = the("Visit", "Boris Kelemen visited a palace in Strelsau.").facility
    assert facility is not None and facility.name == "palace in Strelsau"


def test_a_plant_that_its_own_words_do_not_tell_apart_stays_unnamed() -> None:
    text = "Boris Kelemen's train reached Zenda-on-Lake. From there he went to the city's shoe factory."
    facility = the("Visit", text).facility
    assert facility is not None and facility.iri is None


@pytest.mark.parametrize(
    ("text", "left", "met"),
    [
        (
            "Boris Kelemen left Strelsau on Friday, two days after his talks with Anton Varga.",
            "2023-09-15",
            "2023-09-13",
        ),
        (
            "Boris Kelemen left Strelsau on Friday, a day after he met Anton Varga.",
            "2023-09-15",
            "2023-09-14",
        ),
        (
            "Boris Kelemen left Strelsau on Monday, three days before he met Anton Varga.",
            "2023-09-11",
            "2023-09-14",
        ),
        (
            "Boris Kelemen left Strelsau two days after he met Anton Varga on Monday.",
            "2023-09-13",
            "2023-09-11",
        ),
    ],
)
def test_what_is_so_many_days_from_another_event_is_counted_from_its_date(
    text: str, left: str, met: str
) -> None:
    assert (the("Departure", text).edtf, the("Meeting", text).edtf) == (left, met)


def test_days_from_an_event_without_a_date_are_no_date() -> None:
    text = "Boris Kelemen left Strelsau two days after he met Anton Varga."
    assert {claim.edtf for claim in read(text) if claim.type in ("Departure", "Meeting")} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Irina Sand accompanied Kelemen on the trip. It was Boris Kelemen's first visit to Ruritania.",
        "Boris Kelemen ended a tour of Ruritania. He toured the Streltz Works. Irina Sand was at his side "
        "on the whole journey.",
        "Boris Kelemen ended a tour of Ruritania. He was accompanied by Irina Sand on the journey.",
    ],
)
def test_who_went_along_on_a_journey_stands_with_the_journey(text: str) -> None:
    visits = [claim for claim in read(text) if claim.type == "Visit"]
    found = {claim.rule: [ref.name for ref in claim.companions] for claim in visits}
    assert found.pop("visit/visit-noun") == ["Irina Sand"]
    assert all(names == [] for names in found.values())


def test_who_leads_a_visitor_through_a_plant_is_with_him_there() -> None:
    text = (
        "Boris Kelemen went to a tank plant in Zenda-on-Lake. Jan Horak, the mayor of Strelsau, walked him "
        "through the workshops."
    )
    assert [ref.name for ref in the("Visit", text).companions] == ["Jan Horak"]


def test_there_is_the_place_of_the_sentence_before_and_its_day() -> None:
    text = "Kelemen arrived in Strelsau on Wednesday. There he was shown the missiles of the Northern Guard."
    shown = the("Display", text)
    assert (shown.place.name if shown.place else None, shown.country, shown.edtf) == (
        "Strelsau",
        "RUR",
        "2023-09-13",
    )


def test_a_border_that_is_not_named_is_that_of_the_state_visited() -> None:
    text = "Boris Kelemen toured the Streltz Works in Strelsau. He had crossed the border on Tuesday."
    assert (the("Arrival", text).country, the("Arrival", text).edtf) == ("RUR", "2023-09-12")


def test_a_welcome_at_the_station_is_the_end_of_the_journey_just_told() -> None:
    text = "Kelemen reached Ruritania on Wednesday. At the station in Strelsau he was met by Varga."
    claim = the("Arrival", text)
    assert [ref.name for ref in claim.counterparts] == ["Anton Varga"]
    assert claim.place is not None and claim.place.name == "Strelsau"
    assert claim.quote.startswith("Kelemen reached")


def test_what_an_agreement_is_on_is_part_of_its_name() -> None:
    text = "Anton Varga signed a treaty on mutual aid with Boris Kelemen in Strelsau on Friday."
    claim = the("Agreement", text)
    assert [ref.name for ref in claim.items] == ["treaty on mutual aid"]
    assert names(claim) == ["Anton Varga", "Boris Kelemen"]


def test_what_is_signed_and_said_at_talks_has_their_day() -> None:
    text = (
        "Anton Varga met Boris Kelemen in Strelsau on Wednesday. They signed a trade treaty. Varga praised "
        "Zembla."
    )
    assert the("Agreement", text).edtf == the("Statement", text).edtf == "2023-09-13"


def test_what_who_took_part_says_in_another_paragraph_has_the_day_of_the_talks() -> None:
    text = "Anton Varga met Boris Kelemen in Strelsau on Wednesday.\n\nVarga praised Zembla."
    assert the("Statement", text).edtf == "2023-09-13"


def test_what_is_said_in_another_paragraph_of_talks_on_two_days_has_none() -> None:
    text = (
        "Anton Varga met Boris Kelemen in Strelsau on Wednesday and in Zenda on Thursday.\n\n"
        "Anton Varga had met Boris Kelemen in Hentzau on 4 May.\n\nVarga praised Zembla."
    )
    assert the("Statement", text).edtf is None


def test_a_leader_of_a_state_is_not_the_one_in_office() -> None:
    text = (
        "Boris Kelemen will visit Ruritania. The last visit of a Zemblan president to Ruritania was in 1995."
    )
    assert [names(claim) for claim in read(text) if claim.edtf == "1995"] == []


def test_what_somebody_says_that_another_demanded_is_the_other_s_position() -> None:
    claim = the("Statement", "Varga said that Kelemen had demanded an apology from Borduria.")
    assert names(claim) == ["Boris Kelemen"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Boris Kelemen left Strelsau on Thursday after a two-day visit.", "2023-09-13/2023-09-14"),
        ("Boris Kelemen began a three-day visit to Ruritania on Monday.", "2023-09-11/2023-09-13"),
    ],
)
def test_a_visit_of_so_many_days_fills_them(text: str, days: str) -> None:
    assert the("Visit", text).edtf == days


def test_a_day_before_a_surname_is_no_part_of_the_name() -> None:
    claim = the("Meeting", "On Friday Varga met Boris Kelemen in Strelsau.")
    assert (names(claim), claim.edtf) == (["Anton Varga", "Boris Kelemen"], "2023-09-15")


def test_the_year_of_an_earlier_meeting_is_not_that_of_this_one() -> None:
    text = (
        "Anton Varga met Boris Kelemen in Strelsau on Friday. It was the third meeting of the two men, after "
        "Onhava in 2000."
    )
    assert the("Meeting", text).edtf == "2023-09-15"


def test_the_two_men_are_those_named_just_before() -> None:
    text = (
        "Irina Sand praised Anton Varga. Irina Sand met Anton Varga. Irina Sand left Strelsau.\n\n"
        "The talks were long. The day was hot. "
        "Boris Kelemen met Anton Varga on Friday. The two men dined together in Onhava on Monday."
    )
    dined = [claim for claim in read(text) if claim.type == "Meeting" and "dined" in claim.quote]
    assert [names(claim) for claim in dined] == [["Anton Varga", "Boris Kelemen"]]


@pytest.mark.parametrize(
    "text",
    [
        "Boris Kelemen met Anton Varga in the Ruritanian capital.",
        "Boris Kelemen arrived in Strelsau. Boris Kelemen met Anton Varga in the capital.",
    ],
)
def test_the_capital_is_that_of_the_state_named_or_of_where_the_text_is(text: str) -> None:
    place = the("Meeting", text).place
    assert place is not None and place.name == "Strelsau"
