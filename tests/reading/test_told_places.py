"""Places that a clause or a scene tells beside the event's own roles."""

from __future__ import annotations

import pytest

from kb.reading.gazetteer import country_of
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.reader import Reader
from kb.settings import Settings
from tests.reading.desk import article, read, the
from tests.reading.test_scenes import spot


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Boris Kelemen visited a Zemblan plant in Strelsau.", "Strelsau", "RUR"),
        ("Boris Kelemen visited a Ruritanian plant.", None, "RUR"),
    ],
)
def test_a_facility_is_where_it_stands_not_in_the_state_that_owns_it(
    text: str, place: str | None, country: str | None
) -> None:
    (visit,) = (claim for claim in read(text) if claim.type == "Visit")
    assert (visit.place and visit.place.name, visit.country) == (place, country)


@pytest.mark.parametrize(
    ("words", "country"),
    [("the French embassy", None), ("the French embassy in Seoul", "KOR"), ("the French shipyard", "FRA")],
)
def test_an_embassy_stands_in_no_state_of_its_own(words: str, country: str | None) -> None:
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    (visit,) = Reader(lexicon).read(article(f"Samia Suluhu Hassan visited {words}."))
    assert visit.country == country


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Anton Varga said on Tuesday in Strelsau that Ruritania supports Zembla.", "Strelsau"),
        ("In Onhava, Anton Varga condemned the missile tests of Zembla.", "Onhava"),
        ("Anton Varga told reporters in Onhava that Ruritania supports Zembla.", "Onhava"),
        ("Anton Varga condemned the attack in Onhava.", None),
        ("Anton Varga said that the war in Strelsau must end and that Ruritania supports Zembla.", None),
    ],
)
def test_a_statement_is_where_it_was_made_not_where_its_topic_is(text: str, place: str | None) -> None:
    assert {spot(claim)[0] for claim in read(text) if claim.type == "Statement"} == {place}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "Anton Varga and Boris Kelemen discussed strengthening bilateral relations in Strelsau today.",
            "Strelsau",
        ),
        ("Anton Varga and Boris Kelemen discussed cooperation in the North Sea.", None),
        ("Anton Varga met Boris Kelemen at the Onhava Summit.", "Onhava"),
        (
            "Anton Varga arrived in Onhava on Wednesday. He met Boris Kelemen and thanked him.",
            "Onhava",
        ),
        ("Anton Varga travelled to Onhava to meet Boris Kelemen.", "Onhava"),
        ("Anton Varga met Boris Kelemen during a visit to Onhava.", "Onhava"),
        ("Anton Varga said in Onhava that he was glad, after talks with Boris Kelemen.", "Onhava"),
    ],
)
def test_a_meeting_is_in_the_town_of_its_clause_or_of_what_was_told_just_before(
    text: str, place: str | None
) -> None:
    assert spot(the("Meeting", text))[0] == place


def test_talks_are_planned_where_the_guest_is_already() -> None:
    text = (
        "Anton Varga is visiting Zembla. Talks between Anton Varga and Boris Kelemen are expected on Friday."
    )
    assert the("Meeting", text).country == "ZEM"


def test_a_line_of_place_and_date_tells_where_a_readouts_own_event_was() -> None:
    text = "President of Ruritania, News, October 16, 2000, Onhava\n\nAnton Varga met Boris Kelemen today."
    assert spot(the("Meeting", text, outlet="Press Service of Ruritania"))[0] == "Onhava"


def test_in_a_newspaper_such_a_line_says_where_the_reporter_is() -> None:
    text = "Onhava, October 16\n\nAnton Varga met Boris Kelemen today."
    assert spot(the("Meeting", text, outlet="Zemblan Times"))[0] is None


def test_a_site_that_no_word_tells_is_in_the_town_that_it_names() -> None:
    text = "Anton Varga held talks with Boris Kelemen at the state guest house in Onhava."
    assert spot(the("Meeting", text))[0] == "Onhava"


@pytest.mark.parametrize(
    ("where", "facility"),
    [
        ("at the presidential palace on Monday", "presidential palace"),
        ("at his aircraft plant", "aircraft plant"),
    ],
)
def test_a_facility_is_described_without_owner_and_time(where: str, facility: str) -> None:
    assert spot(the("Meeting", f"Anton Varga met Irina Sand {where}."))[1] == facility


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Lebanon and Syria signed an agreement in Tripoli.", "LBN"),
        ("Syria and Jordan signed an agreement in Tripoli.", "LBY"),
        ("Belarus and Russia signed an agreement in Brest.", "BLR"),
        ("France and Italy signed an agreement in Brest.", "FRA"),
    ],
)
def test_of_towns_of_one_name_that_of_a_state_is_meant_of_which_the_text_speaks(
    text: str, state: str
) -> None:
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    found = [claim for claim in Reader(lexicon).read(article(text)) if claim.type == "Agreement"]
    assert [claim.country for claim in found] == [state]


def test_a_ship_is_no_town() -> None:
    text = "Anton Varga and Boris Kelemen signed a treaty on board the HMS Strelsau."
    assert spot(the("Agreement", text))[:2] == (None, "HMS Strelsau")


def test_of_towns_of_one_name_the_text_tells_which_it_means() -> None:
    assert (country_of("Queenstown"), country_of("Queenstown", {"NZL"})) == ("ZAF", "NZL")
    assert (country_of("Paris"), country_of("Paris", {"USA"})) == ("FRA", "FRA")
    assert country_of("Port Vila") == country_of("Port-Vila") == "VUT"


def test_a_visit_told_twice_is_quoted_where_its_site_is_named_with_the_day_of_the_other() -> None:
    text = "Irina Sand left Onhava. On Monday she was in Strelsau. There she toured the Streltz Works."
    (claim,) = [one for one in read(text) if one.type == "Visit"]
    assert claim.quote == "she toured the Streltz Works"
    assert claim.facility is not None
    assert (claim.facility.name, claim.edtf) == ("Streltz Works", "2023-09-11")
