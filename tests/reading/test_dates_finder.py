"""Trying at each word only the rows that may begin with it finds what trying all of them everywhere does."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.reading import dates_finder as module
from kb.reading.dates_finder import LEADS, Found
from kb.reading.dates_grammar import ROWS

OTHERS = ["ago", "week", "months", "year", "years", "day", "night", "morning", "weekend", "before", "after",
          "of", "to", "and", "in", "on", "that", "same", "following", "a day later", "the second half of",
          "year-end", "years end", "3", "12", "1st", "2019", "1990s", "2019-2021", "2021-03-04", "4.05.2020",
          "07/12/2021", "on the 9th", "met", "Kelemen", "Türkiye", "\n\n"]  # fmt: skip
WORDS = sorted({word for words in LEADS.values() for word in words} | set(OTHERS))
PIECES = st.tuples(st.sampled_from(WORDS), st.sampled_from([str.lower, str.capitalize, str.upper]),
                   st.sampled_from([" ", " ", " ", "-", ", ", "/", ".", "'s "]))  # fmt: skip


def everywhere(text: str) -> list[tuple[int, Found]]:
    """Return what each row finds where all of them are tried at each character."""
    return [
        (place, Found(match.start(), match.end(), meaning))
        for place, (_, pattern, build) in enumerate(ROWS)
        for match in pattern.finditer(text)
        if (meaning := build(match)) is not None
    ]


def by_row(found: list[tuple[int, Found]]) -> list[tuple[int, Found]]:
    """Return what was found, row by row."""
    return sorted(found, key=lambda one: (one[0], one[1].start))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example([("laſt", str.lower, " "), ("week", str.lower, ".")])
def test_no_phrase_is_missed(pieces: list[tuple[str, object, str]]) -> None:
    text = "".join(case(word) + gap for word, case, gap in pieces)  # type: ignore[operator]
    assert by_row(module._each(text)) == everywhere(text)


def test_a_row_that_says_too_few_first_words_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    places = {word: rows for word, rows in module._PLACES.items() if word != "yesterday"}
    monkeypatch.setattr(module, "_PLACES", places)
    text = "They met yesterday."
    assert everywhere(text)
    assert module._each(text) == []
