"""Title, body and boilerplate of a stored text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.articles.layout import body_spans, spans

PAGE = """Leaders open bridge

Leaders open bridge

The presidents opened a bridge on Monday.

Read more: All about bridges

Signed documents

Six trains a day will use it.

Related Articles

Train timetable

Leave a Reply

Your email address will not be published. Required fields are marked *"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in spans(text)]


def of_kind(text: str, kind: str) -> list[str]:
    return [words for found, words in kinds(text) if found == kind]


def test_a_page_falls_into_title_body_and_boilerplate() -> None:
    assert of_kind(PAGE, "title") == ["Leaders open bridge"] * 2
    assert of_kind(PAGE, "body") == [
        "The presidents opened a bridge on Monday.", "Signed documents", "Six trains a day will use it.",
    ]  # fmt: skip
    assert of_kind(PAGE, "boilerplate")[-1].startswith("Your email address")
    assert "Train timetable" in of_kind(PAGE, "boilerplate")


def test_a_reader_reads_a_repeated_title_once() -> None:
    read = [PAGE[start:end] for start, end in body_spans(PAGE)]
    assert read[0] == "Leaders open bridge"
    assert read.count("Leaders open bridge") == 1
    assert len(read) == 4


def test_windows_line_ends_make_the_same_spans() -> None:
    assert [k for k, _ in kinds(PAGE.replace("\n", "\r\n"))] == [k for k, _ in kinds(PAGE)]


def test_a_byte_order_mark_lies_outside() -> None:
    assert spans("\ufeff" + PAGE)[0].start == 1


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    text = "Leaders open bridge\nThe presidents opened a bridge.\nSix trains a day will use it."
    assert [kind for kind, _ in kinds(text)] == ["title", "body", "body"]


def test_a_wrapped_paragraph_is_one_span() -> None:
    text = "A title\n\nThe presidents\nopened a bridge.\n\nThe end came."
    assert of_kind(text, "body") == ["The presidents\nopened a bridge.", "The end came."]


@pytest.mark.parametrize("first", ["He came to Velm.", "“He came to Velm.”", "He said:", "x" * 301])
def test_a_first_paragraph_that_is_a_sentence_or_long_is_no_title(first: str) -> None:
    assert spans(f"{first}\n\nThen he left.")[0].kind == "body"


@pytest.mark.parametrize(
    "title", ["Will he come?", "Leaders meet!", "Germany bans airline, citing 'security'"]
)
def test_a_headline_may_ask_or_shout(title: str) -> None:
    assert spans(f"{title}\n\nThen he left.")[0].kind == "title"


@pytest.mark.parametrize(
    "last", ["- an agreement on fisheries", "2) a memorandum", "He left.", "“He left!”", "He " * 40]
)
def test_a_last_line_of_a_list_or_sentence_is_text(last: str) -> None:
    assert spans(f"A title\n\nThey signed these:\n\n{last.strip()}")[-1].kind == "body"


def test_a_caption_is_boilerplate_and_a_long_paragraph_that_begins_like_one_is_text() -> None:
    assert of_kind("A title\n\nFile photo: the bridge.\n\nHe came.", "boilerplate") == [
        "File photo: the bridge."
    ]
    long = "Comments by the president " + "were long and " * 20 + "kind."
    assert of_kind(f"A title\n\n{long}", "boilerplate") == []


def test_a_text_of_short_lines_only_keeps_them() -> None:
    assert of_kind("Bridge opened\n\nTrains run\n\nAll happy", "body") == ["Trains run", "All happy"]


def test_a_single_paragraph_is_the_body() -> None:
    assert kinds("Just a line without an end") == [("body", "Just a line without an end")]


def test_a_text_of_blanks_has_no_spans() -> None:
    assert spans(" \r\n\n \ufeff") == []


@given(st.text(alphabet="ab. \r\n\t\x0c\u00a0\ufeff-Rel", max_size=80))
def test_spans_are_sorted_apart_and_hold_every_visible_character(text: str) -> None:
    found = spans(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)
    inside = "".join(text[s.start : s.end] for s in found)
    assert "".join(inside.replace("\ufeff", "").split()) == "".join(text.replace("\ufeff", "").split())
