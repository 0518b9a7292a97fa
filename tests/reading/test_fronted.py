"""A phrase before the subject that no comma ends leaves the event as it is."""

from __future__ import annotations

import pytest

from kb.reading import fronted, parse
from kb.reading.units import units
from tests.reading.desk import invented_lexicon, read

MEETING = "President Anton Varga of Ruritania met Foreign Minister Irina Sand of Zembla."
SIGNING = "Ruritania and Zembla signed a trade agreement."


def closed(text: str) -> str:
    """Return what the parser reads of a text."""
    copy = parse.reading_copy(text, [(0, len(text))])
    found = invented_lexicon().matches(text)
    return fronted.closed(copy, units(copy, found), found)


def events(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the types and agents that a text tells."""
    return [(claim.type, tuple(sorted(a.name for a in claim.agents))) for claim in read(text)]


@pytest.mark.parametrize(
    "opening",
    [
        "In Strelsau",
        "At a meeting in Strelsau",
        "Before leaving Strelsau",
        "At the invitation of President Boris Kelemen",
        "On the sidelines of the General Assembly in New York",
        "On the morning of 10 March",
        "At the end of March",
        "Late on 10 March",
    ],
)
@pytest.mark.parametrize("sentence", [MEETING, SIGNING])
def test_what_opens_a_sentence_hides_no_event(opening: str, sentence: str) -> None:
    assert events(sentence)
    assert set(events(sentence)) <= set(events(f"{opening} {sentence}"))


@pytest.mark.parametrize(
    ("opening", "edtf"),
    [
        ("On 10 March", "2023-03-10"),
        ("On 10 March 2022", "2022-03-10"),
        ("10 March 2022", "2022-03-10"),
        ("On March 10, 2022", "2022-03-10"),
        ("In May 2022", "2022-05"),
        ("In 2022", "2022"),
        ("On 10-12 March", "2023-03-10/2023-03-12"),
        ("Early on Friday", "2023-09-15"),
    ],
)
def test_a_date_that_opens_a_sentence_dates_its_event(opening: str, edtf: str) -> None:
    dates = [claim.edtf for claim in read(f"{opening} {SIGNING}") if claim.type == "Agreement"]
    assert dates == [edtf]


def test_between_a_place_and_a_bare_date_a_comma_is_read() -> None:
    assert closed("Irina Sand will travel to Onhava May 5-9.") == "Irina Sand will travel to Onhava,May 5-9."


def test_each_leg_of_a_trip_is_quoted_from_its_verb_on() -> None:
    found = [c for c in read("Irina Sand will travel to Strelsau and Onhava.") if c.type == "Visit"]
    assert {c.quote for c in found} == {
        "Irina Sand will travel to Strelsau",
        "Irina Sand will travel to Strelsau and Onhava",
    }


@pytest.mark.parametrize(
    "text",
    [
        "In Strelsau Mayor Anton Varga met Irina Sand.",
        "The visit to Strelsau President Anton Varga paid was short.",
        "In talks with Zemblan Foreign Minister Irina Sand they spoke of trade.",
        "After the May Day parade they left.",
        "By the time he left, Irina Sand had signed it.",
    ],
)
def test_what_is_no_such_phrase_is_read_as_it_stands(text: str) -> None:
    assert closed(text) == text
