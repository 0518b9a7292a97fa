"""A text longer than any article is read section by section."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading import reader
from kb.reading.sections import sections, within
from kb.records import ClaimType
from tests.reading.desk import read

TEXT = "Ruritanian Culture Minister Ota Brandl visited Zembla on Monday.\n\n" * 3


@given(st.text(alphabet="ab \n", max_size=120), st.integers(min_value=2, max_value=40))
def test_the_sections_are_the_text_and_none_is_long(text: str, limit: int) -> None:
    found = list(sections(text, limit))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(end - start <= limit for start, end in found)


def test_a_text_of_an_articles_length_stays_whole() -> None:
    assert list(sections(TEXT)) == [(0, len(TEXT))]


@pytest.mark.parametrize(
    ("text", "first"),
    [("aa bb\n\ncc dd", "aa bb\n\n"), ("aa bb\ncc dd", "aa bb\n"), ("aaa bbb ccc", "aaa bbb ")],
)
def test_a_section_ends_at_the_best_break(text: str, first: str) -> None:
    start, end = next(sections(text, 9))
    assert text[start:end] == first


def test_spans_are_cut_to_their_section() -> None:
    assert within([(0, 4), (6, 12), (14, 20)], 8, 16) == [(0, 4), (6, 8)]


def test_claims_of_later_sections_stand_where_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "sections", partial(sections, limit=70))
    claims = read(TEXT)
    visits = [claim for claim in claims if claim.type is ClaimType.VISIT]
    assert len({claim.id for claim in visits}) == 3
    assert all(TEXT[claim.start : claim.end] == claim.quote for claim in claims)


def test_an_office_is_told_once_whatever_the_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "sections", partial(sections, limit=70))
    assert sum(claim.type is ClaimType.OFFICE for claim in read(TEXT)) == 1
