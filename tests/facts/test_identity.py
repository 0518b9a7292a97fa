"""Two reports of one event join, two events do not."""

from __future__ import annotations

from typing import Any

import pytest

from kb.records import ClaimType
from tests.facts.making import (
    ADA,
    BELA,
    BORIS,
    BORVILLE,
    ONE,
    OTHER,
    PORTSEA,
    WORKS,
    Text,
    told,
)

TOUR: dict[str, Any] = {"agents": ADA, "facility": WORKS, "country": "BOR", "edtf": "2003-06-03"}
TALKS: dict[str, Any] = {"agents": (ADA, BORIS), "edtf": "2015-07-01"}


def _join(type: ClaimType, one: dict[str, Any], other: dict[str, Any]) -> bool:
    return told(type, ONE, **one).keys.event == told(type, OTHER, **other).keys.event


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        pytest.param(ClaimType.VISIT, TOUR, TOUR, id="the same slots"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "companions": BELA}, id="one names a companion"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "vehicle": "train"}, id="one names the vehicle"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "speaker": BORIS}, id="one names a speaker"),
        pytest.param(
            ClaimType.VISIT, TOUR, {**TOUR, "place": BORVILLE}, id="one names the town beside the plant"
        ),
        pytest.param(
            ClaimType.MEETING, TALKS, {**TALKS, "agents": (BORIS, ADA)}, id="parties in another order"
        ),
        pytest.param(
            ClaimType.MEETING, TALKS, {**TALKS, "place": PORTSEA}, id="a day's talks, one with a place"
        ),
    ],
)
def test_reports_of_one_event_join(type: ClaimType, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert _join(type, one, other)


@pytest.mark.parametrize(
    ("type", "one", "other"),
    [
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "edtf": "2003-06-04"}, id="another day"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "edtf": "2003-06"}, id="a month that holds the day"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "agents": BELA}, id="another visitor"),
        pytest.param(ClaimType.VISIT, TOUR, {**TOUR, "agents": (ADA, BELA)}, id="one visitor more"),
        pytest.param(
            ClaimType.VISIT, TOUR, {**TOUR, "facility": None, "place": BORVILLE}, id="only the town is named"
        ),
        pytest.param(
            ClaimType.VISIT, {**TOUR, "edtf": None}, {**TOUR, "edtf": None}, id="two texts without a date"
        ),
        pytest.param(
            ClaimType.MEETING,
            {**TALKS, "edtf": "2015"},
            {**TALKS, "edtf": "2015", "place": PORTSEA},
            id="a year",
        ),
        pytest.param(
            ClaimType.MEETING,
            {**TALKS, "agents": ADA},
            {**TALKS, "agents": ADA},
            id="the other party unknown",
        ),
        pytest.param(
            ClaimType.STATEMENT,
            {"agents": ADA, "edtf": "2015-07-01", "quote": "backs Borland"},
            {"agents": ADA, "edtf": "2015-07-01", "quote": "warns Borland"},
            id="two positions",
        ),
        pytest.param(ClaimType.ARRIVAL, {"edtf": "2003"}, {"edtf": "2003"}, id="nobody is named"),
    ],
)
def test_different_events_stay_apart(type: ClaimType, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not _join(type, one, other)


def test_undated_claims_of_one_text_join() -> None:
    one, other = (told(ClaimType.VISIT, ONE, start=at, agents=ADA, country="BOR") for at in (0, 50))
    assert one.stored.id != other.stored.id
    assert one.keys.event == other.keys.event


def test_undated_claims_of_a_text_and_its_copy_join() -> None:
    copy = Text("copy", copy_of="one")
    one, other = (told(ClaimType.VISIT, text, agents=ADA, country="BOR") for text in (ONE, copy))
    assert one.keys.event == other.keys.event


def test_a_denial_matches_whatever_the_date() -> None:
    report = told(ClaimType.VISIT, ONE, **TOUR)
    denial = told(ClaimType.VISIT, OTHER, **{**TOUR, "edtf": None, "polarity": "negated"})
    assert report.keys.match == denial.keys.match


def test_an_office_without_a_date_is_attested_for_the_day_of_its_text() -> None:
    one, other = (told(ClaimType.OFFICE, text, agents=ADA, office="office:mayor") for text in (ONE, OTHER))
    assert one.keys.event == other.keys.event
