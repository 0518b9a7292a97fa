"""The parties that may take part: those near the trigger, then those that the text is about."""

from __future__ import annotations

import pytest

from tests.reading.chances.pages import account, near, seen, words_of


def test_the_nearest_party_comes_first() -> None:
    found = near("Irina Sand said that Anton Varga had just met Boris Kelemen.", "met", "Meeting")
    assert [one.party.name for one in found] == ["Boris Kelemen", "Anton Varga", "Irina Sand"]


@pytest.mark.parametrize(
    "text",
    [
        "Anton Varga came. Anton Varga met Boris Kelemen.",
        "Anton Varga met Boris Kelemen and Varga left.",
        "Anton Varga came. He met Boris Kelemen, who thanked him.",
    ],
)
def test_each_party_is_there_once(text: str) -> None:
    found = [one.party.name for one in near(text, "met", "Meeting")]
    assert found.count("Anton Varga") == 1
    assert len(set(found)) == len(found)


def test_a_party_stands_by_a_word_of_the_trigger_s_own_sentence_where_there_is_one() -> None:
    found = words_of(near("Anton Varga came. He met Boris Kelemen.", "met", "Meeting"))
    assert found["Anton Varga"] == "He"


def test_an_office_with_a_capital_stands_for_who_holds_it() -> None:
    found = words_of(near("King Anton Varga came. The King met Boris Kelemen.", "met", "Meeting"))
    assert found["Anton Varga"] == "King"


def test_a_pronoun_of_the_sentence_before_stands_for_somebody_too() -> None:
    text = "Anton Varga came. It rained. He left. Irina Sand met Boris Kelemen."
    assert words_of(near(text, "met", "Meeting"))["Anton Varga"] == "He"


def test_a_body_that_a_common_noun_names_may_take_part() -> None:
    found = near("The Zemblan navy met Boris Kelemen.", "met", "Meeting")
    assert [one.party.name for one in found if one.party.kind == "organisation"] == ["Zemblan navy"]


def test_else_it_stands_by_its_word_in_the_sentence_before() -> None:
    found = words_of(near("Anton Varga came. Irina Sand met Boris Kelemen.", "met", "Meeting"))
    assert found["Anton Varga"] == "Varga"


def test_a_word_two_sentences_before_is_not_near() -> None:
    found = words_of(near("Anton Varga came. It rained. Irina Sand met Boris Kelemen.", "met", "Meeting"))
    assert found["Anton Varga"] is None


def test_a_word_after_the_trigger_s_sentence_is_not_near() -> None:
    found = words_of(near("Irina Sand met Boris Kelemen. Anton Varga came.", "met", "Meeting"))
    assert found["Anton Varga"] is None


def test_those_the_text_is_about_come_last_without_a_word() -> None:
    text = "Ruritania voted. Anton Varga won. Rain fell. Irina Sand met Boris Kelemen."
    found = near(text, "met", "Meeting")
    apart = [one.word is None for one in found]
    assert apart == sorted(apart)
    assert {one.party.name for one in found if one.word is None} == {"Anton Varga", "Ruritania"}


def test_only_those_that_the_text_names_most_may_stand_anywhere() -> None:
    often = "Otto Kelemen, Irina Sand and Rolf Nagel came. Otto Kelemen, Irina Sand and Rolf Nagel left. "
    found = words_of(near(f"Anton Varga won. {often}It rained. Boris Kelemen left.", "left", "Departure"))
    assert {"Otto Kelemen", "Irina Sand", "Rolf Nagel"} <= set(found)
    assert "Anton Varga" not in found


def test_the_state_whose_voice_the_text_is_may_take_part_though_no_word_names_it() -> None:
    text = "Anton Varga met Irina Sand."
    at_home = seen(account(text, outlet="Office of the President of Zembla").telling, "met", "Meeting")[0]
    assert words_of(at_home.near).get("Zembla", "absent") is None
    assert "Zembla" not in words_of(near(text, "met", "Meeting"))


def test_things_and_places_take_no_part() -> None:
    found = near("Anton Varga met Boris Kelemen at the Winter House beside an R-7.", "met", "Meeting")
    assert {one.party.kind for one in found} <= {"person", "state", "organisation", "group"}
    assert "Winter House" not in words_of(found)


def test_two_triggers_of_a_sentence_have_the_same_parties() -> None:
    telling = account("Anton Varga met Boris Kelemen and visited Onhava.").telling
    one, other = seen(telling, "met", "Meeting")[0], seen(telling, "visited", "Visit")[0]
    assert set(words_of(one.near)) == set(words_of(other.near))
