"""Phrases of time become EDTF dates with the basis they rest on; the rows stand in dates.tsv."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.edtf_bounds import bounds, is_valid
from kb.reading.dates import Basis, Tense, TimeMention, find_times, resolve, resolve_relative

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("dates.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
][1:]
FRIDAY = date(2023, 9, 15)


def tense_of(word: str) -> Tense:
    return "future" if word == "future" else "past"


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


def one(text: str, phrase: str, published: date | None = FRIDAY) -> TimeMention:
    (mention,) = (m for m in find_times(text, published) if m.phrase == phrase)
    return mention


def test_there_are_enough_rows_of_every_basis() -> None:
    assert len(ROWS) >= 70
    decided_by_the_reader = {Basis.ISSUED_ON, Basis.SAME_EVENT}
    assert {row[5] for row in ROWS if row[5] != "-"} == {
        str(b) for b in Basis if b not in decided_by_the_reader
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[1]} | {row[0][:40]} | {row[2]} {row[3]}")
def test_a_phrase_means_its_date(row: list[str]) -> None:
    sentence, phrase, published, tense, edtf, basis = row
    found = {m.phrase: m for m in find_times(sentence, day(published), tense_of(tense))}
    if phrase == "-":
        assert found == {}
        return
    assert phrase in found, list(found)
    assert (found[phrase].edtf or "-", found[phrase].basis) == (edtf, basis)


def test_a_day_in_slashes_is_read_as_the_outlets_country_writes_it() -> None:
    text = "The letter is dated 12/03/2024."
    assert [m.edtf for m in find_times(text, FRIDAY)] == ["2024-03-12"]
    assert [m.edtf for m in find_times(text, FRIDAY, month_first=True)] == ["2024-12-03"]


def test_a_mention_can_be_read_again_in_the_other_tense() -> None:
    mention = one("They meet on Wednesday.", "Wednesday")
    assert mention.edtf == "2023-09-13"
    assert resolve(mention, FRIDAY, "future").edtf == "2023-09-20"
    assert resolve(mention, None, "future").basis == Basis.NO_PUBLICATION_DATE


def test_a_relative_phrase_can_be_counted_from_an_event() -> None:
    mention = one("He arrived the day before, they said.", "the day before")
    assert mention.edtf is None
    counted = resolve_relative(mention, "2010-10-15")
    assert (counted.edtf, counted.basis, counted.anchor) == (
        "2010-10-14",
        Basis.RELATIVE_TO_EVENT,
        "2010-10-15",
    )
    assert resolve_relative(mention, "2010").edtf is None


def test_what_is_not_relative_does_not_move_with_an_event() -> None:
    mention = one("They met on Wednesday.", "Wednesday")
    assert resolve_relative(mention, "2010-10-15") == mention


def test_a_date_says_from_what_it_was_counted() -> None:
    assert one("They met on Wednesday.", "Wednesday").anchor == "2023-09-15"
    assert one("They met in 2002.", "2002").anchor is None
    assert one("On 4 August 2001 he came. A day later he left.", "A day later").anchor == "2001-08-04"


@pytest.mark.parametrize(
    ("text", "phrase", "relation"),
    [
        ("in office since 2002", "2002", "since"),
        ("in office until August 2002", "August 2002", "until"),
        ("deliveries by the end of the year", "the end of the year", "by"),
        ("they met over the weekend", "the weekend", ""),
        ("in the 1950s", "1950s", "in"),
        ("On Friday", "Friday", "on"),
        ("Friday", "Friday", ""),
    ],
)
def test_the_preposition_before_a_phrase_is_kept(text: str, phrase: str, relation: str) -> None:
    assert one(text, phrase).relation == relation


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("under sanctions since 2011", "2011/.."),
        ("to invest by 2030", "../2030"),
        ("to invest through 2031", "../2031"),
        ("to leave before the end of May 2024", "../2024-05"),
        ("to deliver no later than July 2024", "../2024-07"),
        ("built in 2011", "2011"),
        ("since 2001-2003", "2001/2003"),
    ],
)
def test_since_and_by_make_open_spans(text: str, span: str) -> None:
    (mention,) = find_times(text, FRIDAY)
    assert mention.span == span
    assert is_valid(span)


def test_an_anchor_more_than_a_paragraph_back_does_not_count() -> None:
    near = "On 4 August 2001 he came.\n\nA day later he left."
    far = "On 4 August 2001 he came.\n\nHe spoke.\n\nA day later he left."
    assert one(near, "A day later").edtf == "2001-08-05"
    assert one(far, "A day later").edtf is None


def test_a_year_of_context_does_not_leave_its_paragraph() -> None:
    for gap in ("\n\n", "\r\n\r\n"):
        assert one(f"He left on 26 July 2001.{gap}On August 4 he came.", "August 4").edtf == "2023-08-04"


def test_a_full_date_of_the_publication_year_gives_no_context() -> None:
    text = "They met on 13 September 2023 and will meet on December 1."
    assert resolve(one(text, "December 1"), FRIDAY, "future").edtf == "2023-12-01"


@pytest.mark.parametrize("word", ["2002 ", "A day later. ", "\n "])
def test_a_long_text_of_one_word_is_read_in_time_that_grows_with_its_length(word: str) -> None:
    spent = []
    for count in (250, 1000):
        start = time.perf_counter()
        find_times(word * count, FRIDAY)
        spent.append(time.perf_counter() - start)
    assert spent[1] < 12 * spent[0] + 0.5, (
        "four times the length; quadratic growth takes sixteen times as long"
    )


@given(st.text(alphabet="0123456789-–,. \nMaySeptOnidngofthweklar", max_size=80))
def test_any_text_gives_sorted_mentions_that_quote_it(text: str) -> None:
    mentions = find_times(text, FRIDAY)
    assert all(m.phrase == text[m.start : m.end] for m in mentions)
    assert all(a.end <= b.start for a, b in pairwise(mentions))
    assert all(m.edtf is None or is_valid(m.edtf) for m in mentions)


@given(
    st.sampled_from(ROWS), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["past", "future"])
)
def test_every_phrase_has_a_valid_date_on_any_publication_day(
    row: list[str], published: date, tense: str
) -> None:
    for mention in find_times(row[0], published, tense_of(tense)):
        assert mention.edtf is None or is_valid(mention.edtf)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["Monday", "Friday", "Sunday"]))
def test_a_reported_weekday_never_lies_ahead_and_a_planned_one_never_behind(
    published: date, name: str
) -> None:
    (mention,) = find_times(f"on {name}", published)
    past, ahead = (bounds(resolve(mention, published, tense_of(t)).edtf or "") for t in ("past", "future"))
    assert past.latest is not None and ahead.earliest is not None
    assert 0 <= (published - past.latest).days < 7
    assert 0 <= (ahead.earliest - published).days < 7


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row[2] != "-"], ids=lambda row: f"{row[1]} | {row[0][:40]}"
)
def test_without_a_publication_date_nothing_is_counted_from_it(row: list[str]) -> None:
    for mention in find_times(row[0], None):
        if mention.kind in ("weekday", "deictic"):
            assert (mention.edtf, mention.basis) in ((None, Basis.NO_PUBLICATION_DATE), (None, Basis.VAGUE))
