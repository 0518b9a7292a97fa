"""Titles, appositions and long names are one word to the parser; no word of the text is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.reading import parse
from kb.reading.units import Unit, units
from tests.reading import desk

CASES = [
    line.split("\t") for line in (Path(__file__).parent / "units.tsv").read_text("utf-8").splitlines()[1:]
]


def _units(text: str) -> tuple[Unit, ...]:
    copy = parse.reading_copy(text, [(0, len(text))])
    return units(copy, sorted(desk.invented_lexicon().matches(text), key=lambda match: match.start))


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_a_name_is_seen_with_its_titles(text: str, expected: str) -> None:
    assert " | ".join(text[unit.start : unit.end] for unit in _units(text)) == expected


def test_a_long_list_of_offices_does_not_take_the_subject_from_the_verb() -> None:
    text = "Gen. Fan Chang, Vice Chairman of the Commission (CMC) and Gen. Anton Varga, will meet him."
    copy = parse.reading_copy(text, [(0, len(text))])
    assert (
        next(token.head.text for token in parse.parse(copy, _units(text)) if token.text == "Varga") == "Chang"
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in CASES] + ["\n\n", "Nothing happened."]), max_size=5))
def test_folding_loses_no_word_and_gives_each_a_head_in_its_sentence(pieces: list[str]) -> None:
    text = " ".join(pieces)
    document = parse.parse(parse.reading_copy(text, [(0, len(text))]), _units(text))
    assert document.text == parse.reading_copy(text, [(0, len(text))])
    assert all(token.head.sent == token.sent and token.tag_ for token in document if not token.is_space)
