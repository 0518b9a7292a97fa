"""Bounds of EDTF dates, and the places where the edtf library is not believed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kb.edtf_bounds import Bounds, bounds, is_valid, span
from kb.errors import BadInput

DAYS = st.dates(date(1000, 1, 1), date(9000, 12, 31))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2023-09-15", "2023-09-15", "2023-09-15"),
        ("2023-09", "2023-09-01", "2023-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2002", "2002-01-01", "2002-12-31"),
        ("2023-09-11/2023-09-15", "2023-09-11", "2023-09-15"),
        ("2001-07/2001-08-18", "2001-07-01", "2001-08-18"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("195X/1961", "1950-01-01", "1961-12-31"),
        ("2023-09-XX", "2023-09-01", "2023-09-30"),
        ("2023-XX", "2023-01-01", "2023-12-31"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2024-22", "2024-06-01", "2024-08-31"),
        ("2024-23", "2024-09-01", "2024-11-30"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2023-09-12~", "2023-09-12", "2023-09-12"),
        ("2023?", "2023-01-01", "2023-12-31"),
        ("2023-09%", "2023-09-01", "2023-09-30"),
    ],
)
def test_closed_forms_have_full_day_bounds(edtf: str, earliest: str, latest: str) -> None:
    assert bounds(edtf) == Bounds(day(earliest), day(latest))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("../2023-09-13", "", "2023-09-13"),
        ("/2023-09-13", "", "2023-09-13"),
        ("2023-09-13/..", "2023-09-13", ""),
        ("2023/", "2023-01-01", ""),
    ],
)
def test_open_ends_have_no_bound(edtf: str, earliest: str, latest: str) -> None:
    assert bounds(edtf) == Bounds(day(earliest), day(latest))


def test_the_library_would_put_an_open_start_ten_years_early() -> None:
    assert parse_edtf("/2023-09-13").lower_strict()[0] == 2013
    assert bounds("/2023-09-13").earliest is None


def test_the_library_would_spread_about_a_day_over_two_years() -> None:
    fuzzy = parse_edtf("2023-09-12~")
    assert fuzzy.upper_fuzzy()[0] - fuzzy.lower_fuzzy()[0] == 2
    assert bounds("2023-09-12~").earliest == bounds("2023-09-12~").latest


def test_the_library_would_accept_29_february_of_a_common_year() -> None:
    parse_edtf("2001-02-29")
    assert not is_valid("2001-02-29")
    assert is_valid("2000-02-29")


def test_a_decade_of_days_which_the_library_cannot_parse_has_bounds() -> None:
    assert bounds("2023-09-1X") == Bounds(date(2023, 9, 10), date(2023, 9, 19))
    assert bounds("2023-09-0X") == Bounds(date(2023, 9, 1), date(2023, 9, 9))
    assert bounds("2023-02-2X") == Bounds(date(2023, 2, 20), date(2023, 2, 28))


def test_forms_beyond_ours_are_left_to_the_library() -> None:
    assert bounds("[2001,2002]") == Bounds(date(2001, 1, 1), date(2002, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "/",
        "unknown",
        "Friday",
        "2023-9-1",
        "2023-13",
        "2023-00",
        "2023-02-30",
        "2023-09-31",
        "2023-09-00",
        "2024-22-01",
        "195X-09",
        "2023-XX-04",
        "0000",
        "2023-09-15/2023-09-11",
        "2023/2024/2025",
        " 2023",
        "2023-09-15\n",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert not is_valid(text)
    with pytest.raises(BadInput, match="not an EDTF date"):
        bounds(text)


@given(DAYS)
def test_a_day_bounds_itself_and_lies_in_its_month_and_year(some: date) -> None:
    text = some.isoformat()
    assert bounds(text) == Bounds(some, some)
    wider = [bounds(form) for form in (text, text[:7], text[:4], text[:3] + "X")]
    first = [each.earliest or date.max for each in wider]
    last = [each.latest or date.min for each in wider]
    assert first == sorted(first, reverse=True)
    assert last == sorted(last)


@given(DAYS, st.integers(0, 800))
def test_span_writes_a_text_with_the_bounds_it_was_given(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert bounds(span(first, last)) == Bounds(first, last)


def test_span_is_as_short_as_the_days_allow() -> None:
    assert span(date(2023, 9, 15), date(2023, 9, 15)) == "2023-09-15"
    assert span(date(2023, 9, 1), date(2023, 9, 30)) == "2023-09"
    assert span(date(2002, 1, 1), date(2002, 12, 31)) == "2002"
    assert span(date(2023, 9, 11), date(2023, 9, 15)) == "2023-09-11/2023-09-15"
    with pytest.raises(ValueError, match="before"):
        span(date(2023, 9, 15), date(2023, 9, 11))


@given(DAYS, st.integers(0, 30), DAYS, st.integers(0, 30))
def test_overlap_is_symmetric_and_means_a_common_day(one: date, n: int, two: date, m: int) -> None:
    first, second = Bounds(one, one + timedelta(days=n)), Bounds(two, two + timedelta(days=m))
    common = max(one, two) <= min(one + timedelta(days=n), two + timedelta(days=m))
    assert first.overlaps(second) == second.overlaps(first) == common


def test_an_open_side_never_excludes() -> None:
    assert bounds("2023-09-13/..").overlaps(bounds("2030"))
    assert not bounds("2023-09-13/..").overlaps(bounds("2022"))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["day", "month", "year", "decade"]))
def test_ours_and_the_library_agree_on_plain_forms(some: date, unit: str) -> None:
    text = some.isoformat()
    form = {"day": text, "month": text[:7], "year": text[:4], "decade": text[:3] + "X"}[unit]
    parsed = parse_edtf(form)
    assert bounds(form) == Bounds(date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]))
