"""A quote is found to the character, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.extractors.model.locate import Located


def found(text: str, quote: str, near: tuple[int, ...] = ()) -> str | None:
    place = Located(text).find(quote, (0, len(text)), near)
    return None if place is None else text[place.start : place.end]


@pytest.mark.parametrize(
    ("text", "quote", "stands"),
    [
        ("Varga met Kelemen.", "met Kelemen", "met Kelemen"),
        ("He spoke of “peace” today", 'of "peace" today', "of “peace” today"),
        ("He spoke of «peace» today", "of “peace” today", "of «peace» today"),
        ("Zembla’s army", "Zembla's army", "Zembla’s army"),
        ("It met\n  in\u00a0Strelsau", "met in Strelsau", "met\n  in\u00a0Strelsau"),
        ("the 2019–2021 talks", "2019-2021 talks", "2019–2021 talks"),
        ("They met in Strelsau", "“They met in Strelsau.”", "They met in Strelsau"),
        ("Jose\u0301 arrived", "José arrived", "Jose\u0301 arrived"),
        ("José arrived", "Jose\u0301 arrived", "José arrived"),
        ("sol\u00addiers left", "soldiers left", "sol\u00addiers left"),
        ("😀 Varga met Kelemen", "Varga met", "Varga met"),
        ("  They met  ", " They met ", "They met"),
    ],
)
def test_a_quote_is_found_but_for_spaces_marks_and_dashes(text: str, quote: str, stands: str) -> None:
    assert found(text, quote) == stands


@pytest.mark.parametrize(
    "quote", ["met Otto", "", "   ", "“”", "…", "et Kelem", "Varga Kelemen", "varga met", "\ud800"]
)
def test_words_that_do_not_stand_there_are_found_nowhere(quote: str) -> None:
    assert found("Varga met Kelemen.", quote) is None


def test_of_several_places_the_one_nearest_to_the_names_is_meant() -> None:
    text = "They met. Much later, when all was over, Varga and Otto met. They met."
    place = Located(text).find("met", (0, len(text)), [text.index("Varga")])
    assert place is not None and place.start == text.index("met", 20)


def test_without_names_the_first_place_is_meant() -> None:
    place = Located("They met. They met.").find("They met", (0, 19))
    assert place is not None and place.start == 0


def test_a_quote_is_looked_for_only_in_the_part_that_was_asked_about() -> None:
    assert Located("They met. So they say.").find("They met", (10, 22)) is None


@given(st.text(max_size=60), st.text(max_size=12))
def test_what_is_found_lies_in_the_text_and_is_not_empty(text: str, quote: str) -> None:
    place = Located(text).find(quote, (0, len(text)))
    assert place is None or (
        0 <= place.start < place.end <= len(text) and text[place.start : place.end].strip()
    )


@given(st.text(min_size=1, max_size=60), st.data())
def test_whole_words_of_a_text_are_always_found(text: str, data: st.DataObject) -> None:
    words = [word for word in text.split() if word.isalnum()]
    if words:
        assert found(text, data.draw(st.sampled_from(words))) is not None
