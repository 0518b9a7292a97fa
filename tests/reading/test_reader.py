"""What must hold of every reading: offsets, determinism, and that no text can crash the reader."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.reading import fronted
from kb.reading.designations import find_designations
from kb.reading.frame_examples import examples
from kb.reading.parse import CHUNK, parse, reading_copy
from tests.reading.desk import article, read

TITLES = "Minister|of|the|al|bin|Al-|di|Mr|H.E.|Sheikh|Gen.|talks|with|Zemblan|Ruritanian"
NOISE = "’s|“|”|visited|met|R-7|on Friday|\n\n|\n|,|.|and|said|that|will|\u00a0|—|in|he|(|Привет|金正恩|🚂"
NAMES = (
    "Boris Kelemen|Anton Varga|Strelsau|Zenda-on-Lake|Ruritania|the two leaders|President|the Zemblan leader"
)
WORDS = st.sampled_from([*NOISE.split("|"), *NAMES.split("|"), *TITLES.split("|")])


def fits(text: str) -> None:
    for claim in read(text):
        assert text[claim.start : claim.end] == claim.quote


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_every_quote_of_a_noisy_text_stands_where_it_says(text: str) -> None:
    fits(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=200))
def test_no_text_crashes_the_reader(text: str) -> None:
    fits(text)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_the_reading_copy_keeps_step_with_the_text(text: str) -> None:
    copy = reading_copy(text, [(0, len(text))])
    assert len(copy) == len(text)
    assert parse(copy).text == copy


@pytest.mark.parametrize("line", ["\n", " \n", "\t\r\n", " "])
def test_blanks_and_empty_lines_are_read_in_time_that_grows_with_their_number(line: str) -> None:
    spent = []
    for count in (5_000, 20_000):
        text = f"Strelsau.{line * count}they met"
        start = time.perf_counter()
        fronted.closed(reading_copy(text, [(0, len(text))]), [], [])
        spent.append(time.perf_counter() - start)
    assert spent[1] < 8 * spent[0] + 0.5, "four times the lines; quadratic growth takes sixteen times as long"


def test_a_word_of_thousands_of_letters_is_searched_for_designations_in_time_that_grows_with_it() -> None:
    spent = []
    for count in (10_000, 40_000):
        start = time.perf_counter()
        find_designations("x" * count)
        spent.append(time.perf_counter() - start)
    assert spent[1] < 8 * spent[0] + 0.5, "four times the word; quadratic growth takes sixteen times as long"


@pytest.mark.parametrize(
    "text",
    [
        "...",
        "\n\n\n",
        "!?!?!?",
        "и " * 500,
        "visited " * 400,
        "Boris Kelemen visited " * 300,
        "“”’‘",
        "(((((",
        "金正恩访问俄罗斯。" * 40,
    ],
    ids=["dots", "breaks", "marks", "Cyrillic", "verbs", "no end", "quotes", "brackets", "Chinese"],
)
def test_nonsense_is_read_without_a_crash(text: str) -> None:
    fits(text)


def test_a_text_longer_than_one_piece_keeps_its_offsets() -> None:
    text = (
        "Nothing happened here at all today. " * (CHUNK // 30)
        + "\n\nBoris Kelemen visited Strelsau on Friday."
    )
    visits = [claim for claim in read(text) if claim.type == "Visit"]
    assert [text[claim.start : claim.end] for claim in visits] == ["Boris Kelemen visited Strelsau on Friday"]


def test_typographic_quotes_do_not_shift_a_quote() -> None:
    text = "“We waited,” said Anton Varga’s aide.\n\nBoris Kelemen’s train arrived in Strelsau."
    fits(text)
    assert any(claim.quote == "Boris Kelemen’s train arrived in Strelsau" for claim in read(text))


def test_what_stands_outside_the_body_is_not_read() -> None:
    text = "Anton Varga met Boris Kelemen in Strelsau.\n\nRelated Articles\n\nLeave a Reply"
    assert {claim.quote for claim in read(text)} == {"Anton Varga met Boris Kelemen in Strelsau"}


def test_a_reading_is_the_same_each_time() -> None:
    text = "\n\n".join(example.text for example in examples())
    assert read(text) == read(text)


def test_a_person_whose_name_is_only_a_particle_is_nobodys_namesake() -> None:
    claims = read("President De met Varga.")
    assert [claim.type for claim in claims if claim.type == "Meeting"] == ["Meeting"]


def test_claims_are_sorted_and_of_their_article() -> None:
    text = "\n\n".join(example.text for example in examples())
    claims = read(text)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    assert {claim.article for claim in claims} == {article(text).id}
    assert len({claim.id for claim in claims}) == len(claims)
