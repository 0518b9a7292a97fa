"""Who is who: names that no lexicon holds, offices in all orders, states from the text's own evidence."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kb.articles.layout import body_spans
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.page import Page
from kb.reading.reader import Reader
from kb.settings import Settings
from tests.reading.desk import article, invented_lexicon, names, read, the


def rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def page(text: str, outlet: str = "unknown") -> Page:
    return Page(article(text, outlet=outlet), invented_lexicon(), body_spans(text))


@pytest.mark.parametrize("row", rows("persons.tsv"), ids=lambda row: row["why"])
def test_a_person_is_named_by_the_whole_name_and_nothing_else(row: dict[str, str]) -> None:
    found = [mention.text for mention in page(row["text"]).mentions if mention.kind == "person"]
    assert found == row["persons"].split("; ")


@pytest.mark.parametrize(
    "text",
    ["Borduria's Foreign Minister Arrives in Strelsau", "Executive Officer and Honorary Consul Confer"],
)
def test_a_verb_or_an_office_in_capitals_is_nobody(text: str) -> None:
    assert [mention.text for mention in page(text).mentions if mention.kind == "person"] == []


def test_a_minister_of_one_thing_is_not_the_minister_of_another() -> None:
    text = "Prime Minister Anton Varga of Ruritania spoke on Monday. The Foreign Minister arrived in Onhava."
    assert names(the("Arrival", text)) == ["Foreign Minister"]


def test_a_title_that_one_state_only_has_tells_who_bears_it() -> None:
    text = "The External Affairs Minister arrived in Dhaka."
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    found = Reader(lexicon).read(article(text, published=date(2019, 8, 21)))
    assert [names(claim) for claim in found if claim.type == "Arrival"] == [["S. Jaishankar"]]


def test_the_counterpart_of_who_is_named_by_office_alone_is_found_by_office() -> None:
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    text = "Japan's defence minister spoke by telephone with his Australian counterpart."
    found = Reader(lexicon).read(article(text, published=date(2022, 5, 20)))
    assert [names(claim) for claim in found if claim.type == "Call"] == [["Nobuo Kishi", "Peter Dutton"]]


def test_a_counterpart_named_between_commas_takes_part() -> None:
    text = (
        "Anton Varga and his Zemblan counterpart, Irina Sand, signed on Monday a trade agreement in Onhava."
    )
    assert names(the("Agreement", text)) == ["Anton Varga", "Irina Sand"]


def test_a_ladys_title_is_not_a_mans() -> None:
    claim = the("Visit", "Mr. Milorad Vexley spoke. Mrs. Vexley visited Strelsau.")
    assert names(claim) != ["Milorad Vexley"]


@pytest.mark.parametrize("row", rows("offices.tsv"), ids=lambda row: row["why"])
def test_an_office_is_read_with_its_holder_and_state(row: dict[str, str]) -> None:
    claims = [claim for claim in read(row["text"]) if claim.type == "Office"]
    found = {f"{claim.agents[0].name}: {claim.office.name if claim.office else ''}" for claim in claims}
    assert found == {each for each in row["offices"].split("; ") if each}


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("The Tameshi foreign minister visited Strelsau.", {"Tamesh"}),
        ("Tameshi troops left. Tamesh signed nothing.", {"Tamesh"}),
        ("The President of Keltria spoke.", {"Keltria"}),
        ("The Republic of Keltria signed a treaty.", {"Keltria"}),
        ("Norvish and Zemblan foreign ministers met. Norvland was silent.", {"Norvland"}),
        ("The Keltrian and Zemblan presidents met.", {"Keltria"}),
    ],
)
def test_a_state_that_no_list_holds_is_known_by_what_stands_beside_it(text: str, states: set[str]) -> None:
    unlisted = {m.entries[0].name for m in page(text).mentions if m.entries and not m.entries[0].iri}
    assert unlisted == states


@pytest.mark.parametrize(
    "text",
    [
        "European leaders met.",
        "The Scottish government agreed.",
        "The Houthi foreign minister spoke.",
        "Several Western officials spoke.",
        "The president of Harvard University spoke.",
    ],
)
def test_not_every_adjective_before_an_office_is_a_state(text: str) -> None:
    assert [m.text for m in page(text).mentions if m.entries and not m.entries[0].iri] == []


def test_an_unlisted_state_acts_under_its_name_and_without_a_code() -> None:
    claim = the("Transfer", "The Tameshi government will deliver ten tanks to Zembla.")
    assert ([ref.name for ref in claim.agents], claim.agent_states) == (["Tamesh"], ())
    assert claim.counterpart_states == ("ZEM",)


def test_an_outlet_of_an_unlisted_government_is_its_home() -> None:
    claims = read("President Ada Quell visited Strelsau.", outlet="President of Keltria")
    assert [c.office.name for c in claims if c.type == "Office" and c.office] == ["President of Keltria"]


def test_a_name_that_is_taken_for_a_town_is_a_person_where_the_text_says_so() -> None:
    text = "President Sand Brerin arrived. Anton Varga sat down with Brerin in Onhava."
    assert "Sand Brerin" in {m.name for m in page(text).mentions if m.kind == "person"}


def test_an_acronym_stands_for_the_body_that_the_text_gives_it_to() -> None:
    text = "Zembla trained the Hentzau Border Patrol (HBP) in May. The HBP was pleased."
    short = [m for m in page(text).mentions if m.text == "HBP"]
    assert {m.name for m in short} == {"Hentzau Border Patrol"}


def test_who_says_it_is_no_party_of_it() -> None:
    text = "A call between Boris Kelemen and Anton Varga is planned, Zemblan spokesman Ota Brandl said."
    assert names(the("Call", text)) == ["Anton Varga", "Boris Kelemen"]


def test_a_seat_acts_as_the_body_that_sits_there_and_stays_a_place() -> None:
    claim = the("Transfer", "The Winter House has delivered ten tanks to Zembla.")
    assert names(claim) == ["Ministry of War of Ruritania"]
    visit = the("Visit", "Boris Kelemen visited the Winter House.")
    assert visit.facility is not None and visit.facility.name == "Winter House"


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("The Eastern Pact met in Onhava. The alliance later imposed sanctions on Zembla.", ["Eastern Pact"]),
        ("The Ministry of War of Ruritania met. The alliance later imposed sanctions on Zembla.", []),
        ("The Eastern Pact met. The alliance between two banks imposed sanctions on Zembla.", []),
    ],
)
def test_the_alliance_is_the_body_of_several_states_named_before(text: str, agents: list[str]) -> None:
    found = [names(claim) for claim in read(text) if claim.type == "Sanction"]
    assert found == ([agents] if agents else [])
