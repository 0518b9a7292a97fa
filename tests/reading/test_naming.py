"""Who is meant: namesakes, titles that stand alone, fathers' names, realms, plurals that say how many."""

from __future__ import annotations

import pytest
from spacy import blank
from spacy.tokens import Doc

from kb.claims import to_json
from kb.reading import parse
from kb.reading.lexicon_records import Match
from kb.reading.model import Mention
from kb.reading.name_limits import is_title_alone
from kb.reading.name_wholes import found_persons, parts_of_names
from kb.reading.page import Page
from kb.records import Claim
from tests.reading.desk import article, invented_lexicon, names, read, the

RURITANIAN = "President of Ruritania"


def agents(text: str, kind: str, **known: object) -> list[list[str]]:
    """Return the agents of each claim of a type, in the order of the text."""
    found: list[Claim] = read(text, **known)  # type: ignore[arg-type]
    return [names(claim) for claim in found if claim.type == kind]


def test_a_title_before_a_surname_means_its_holder_though_a_namesake_is_named_in_full() -> None:
    text = "President Varga met Irina Sand in Onhava. Maria Varga will visit Zembla. Varga left Onhava."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]
    assert agents(text, "Departure") == [["Anton Varga"]]


def test_a_month_before_an_office_names_no_state() -> None:
    assert agents("On 5 September President Anton Varga met Irina Sand.", "Meeting") == [
        ["Anton Varga", "Irina Sand"]
    ]


def test_in_the_texts_of_a_republic_the_king_is_another_s() -> None:
    text = "King Otto of Borduria will visit Ruritania on Monday. The King will meet Anton Varga in Strelsau."
    found = agents(text, "Meeting", outlet=RURITANIAN)
    assert len(found) == 1
    assert "Otto" in " ".join(found[0])


@pytest.mark.parametrize(("text", "alone"), [("He saw the King.", True), ("He saw Mackenzie King.", False)])
def test_a_surname_that_is_a_title_names_nobody_after_the(text: str, alone: bool) -> None:
    start = text.index("King")
    assert is_title_alone(text, Match(start, start + 4, "King", "short", (), ("short",))) is alone


def test_a_father_s_name_is_not_the_person() -> None:
    found = invented_lexicon().matches("Omar bin Anton Varga spoke.")
    assert "Anton Varga" not in {match.text for match in found}


def test_a_name_that_goes_on_with_fathers_is_the_listed_person_s() -> None:
    claim = the("Meeting", "Anton Varga bin Otto bin Ruprecht met Irina Sand.")
    assert names(claim) == ["Anton Varga", "Irina Sand"]


def test_a_number_behind_an_office_is_nobody() -> None:
    text = "Anton Varga met Zembla's Minister of Foreign Affairs II, Irina Sand."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]


def test_a_given_name_before_a_listed_name_names_nobody_else() -> None:
    text = "Prime Minister Muhammad Anton Varga met Irina Sand."
    page = Page(article(text), invented_lexicon(), [(0, len(text))])
    assert [mention.text for mention in page.mentions] == ["Anton Varga", "Irina Sand"]


def test_two_countries_told_by_name_are_these() -> None:
    text = "The two countries, Ruritania and Zembla, signed a treaty."
    assert agents(text, "Agreement") == [["Ruritania", "Zembla"]]


def test_three_countries_are_those_that_the_text_named() -> None:
    text = "Ruritania, Zembla and Borduria share a sea. The three countries signed a treaty on Monday."
    assert agents(text, "Agreement") == [["Borduria", "Ruritania", "Zembla"]]


def test_three_countries_of_which_the_text_named_two_are_nobody() -> None:
    assert agents("Ruritania and Zembla share a sea. The three countries signed a treaty.", "Agreement") in (
        [],
        [["three countries"]],
    )


def test_the_two_last_met_is_told_of_the_two() -> None:
    text = "Irina Sand met Anton Varga in Onhava. The two last met in September in Strelsau."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]] * 2


def test_the_guest_behind_a_place_is_received_not_part_of_its_name() -> None:
    text = "President Anton Varga received at the Streltz Works Prime Minister Irina Sand of Zembla."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]


def test_who_invites_is_no_visitor() -> None:
    claim = the("Visit", "Prime Minister Sand invites President Varga to visit Zembla.")
    assert (names(claim), to_json(claim)["counterparts"]) == (["Anton Varga"], ["Irina Sand"])


def test_who_conveys_an_invitation_of_another_invites_nobody() -> None:
    text = "Boris Kelemen conveyed to Anton Varga an invitation from Irina Sand to visit Onhava."
    assert to_json(the("Visit", text))["counterparts"] == ["Irina Sand"]


def test_who_acts_after_an_insertion_is_named_before_it() -> None:
    text = "Anton Varga, who had come to Zembla for a visit, called on Irina Sand in Onhava."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]


@pytest.mark.parametrize(("realm", "country"), [("kingdom", "ZEM"), ("Kingdom", "ZEM"), ("sultanate", None)])
def test_a_realm_is_the_state_of_that_form_that_the_text_named(realm: str, country: str | None) -> None:
    text = f"Zembla and Ruritania agreed. Boris Kelemen was away. Anton Varga visited the {realm} in May."
    found = [claim.country for claim in read(text) if claim.type == "Visit"]
    assert found == ([country] if country else [])


def test_a_state_of_another_form_is_no_kingdom() -> None:
    text = "Ruritania and Borduria agreed. Irina Sand visited the kingdom in May."
    assert [claim.country for claim in read(text) if claim.type == "Visit"] == []


def test_a_numbered_heading_is_no_part_of_the_sentence_under_it() -> None:
    text = (
        "Irina Sand was in Strelsau.\n\n2. Courtesy call on President Varga\n"
        "Minister Sand called on Anton Varga."
    )
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]


@pytest.mark.parametrize(
    "text", ["He came on\n12 May and met\nIrina Sand.", "On the\n2. He came.\nShe left."]
)
def test_a_line_that_a_number_begins_is_no_heading_by_that(text: str) -> None:
    assert "\n" not in parse.reading_copy(text, [(0, len(text))])


def test_a_style_inside_of_a_name_is_part_of_it() -> None:
    text = "Anton Varga met Zemblan President Hassan Sheikh Mohamud in Strelsau."
    assert agents(text, "Meeting") == [["Anton Varga", "Hassan Sheikh Mohamud"]]


def test_who_rides_is_also_told_after_of() -> None:
    text = "The aircraft of President Boris Kelemen of Zembla landed in Strelsau on Monday."
    assert agents(text, "Arrival") == [["Boris Kelemen"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Irina Sand met President Onhava Peters on Monday.", ["Irina Sand", "Onhava Peters"]),
        ("Irina Sand met President Carlos Onhava on Monday.", ["Carlos Onhava", "Irina Sand"]),
    ],
)
def test_a_town_s_name_in_a_person_s_is_part_of_it(text: str, expected: list[str]) -> None:
    assert agents(text, "Meeting") == [expected]


@pytest.mark.parametrize(("before", "part"), [("met", True), ("from", False), ("in", False), ("of", False)])
def test_a_place_behind_a_word_that_places_is_no_given_name(before: str, part: bool) -> None:
    document = Doc(
        blank("en").vocab,
        words=["Sand", before, "Onhava", "Peters", "yesterday", "."],
        heads=[1, 1, 3, 1, 1, 1],
        deps=["nsubj", "ROOT", "compound", "dobj", "npadvmod", "punct"],
        ents=["O", "O", "B-PERSON", "I-PERSON", "O", "O"],
    )
    onhava = Mention(document[2].idx, document[2].idx + 6, 2, 2, "Onhava", "metonym", (), "", "Onhava")
    assert parts_of_names(found_persons(document), [onhava]) == ({onhava} if part else set())


def test_the_pieces_that_a_finder_makes_of_a_name_are_one() -> None:
    text = "President Hassan Sheikh Mohamud met with Irina Sand in Onhava."
    assert agents(text, "Meeting") == [["Hassan Sheikh Mohamud", "Irina Sand"]]


def test_a_title_of_another_tongue_stands_for_who_holds_it() -> None:
    text = "The Tánaiste, Anton Varga, will visit Zembla. The Tánaiste will meet Irina Sand in Onhava."
    assert agents(text, "Meeting") == [["Anton Varga", "Irina Sand"]]
