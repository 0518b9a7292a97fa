"""For how long, and for which days, it is remembered that a base cannot be made."""

from __future__ import annotations

from datetime import date

import pytest

from kb.as_of import refusals
from kb.as_of.refusals import Refusals
from kb.errors import StoreBusy, TooLarge

DAY, BEFORE, AFTER = date(2014, 1, 2), date(2014, 1, 1), date(2014, 1, 3)


@pytest.fixture
def refused() -> Refusals:
    found = Refusals()
    found.add("one", DAY, TooLarge("from 10 at most", repair="Ask for an earlier day"))
    return found


@pytest.mark.parametrize("day", [DAY, AFTER])
def test_that_day_and_later_ones_are_refused_again_with_an_error_of_their_own(
    refused: Refusals, day: date
) -> None:
    errors = []
    for _ in range(2):
        with pytest.raises(TooLarge, match="from 10 at most") as raised:
            refused.hold("one", day)
        errors.append(raised.value)
    assert errors[0] is not errors[1]


def test_an_earlier_day_is_not_refused(refused: Refusals) -> None:
    refused.hold("one", BEFORE)


def test_another_version_begins_anew(refused: Refusals) -> None:
    refused.hold("two", DAY)
    refused.hold("one", DAY)  # what was known of another version is gone


def test_after_a_while_it_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "REMEMBERED", -1.0)
    found = Refusals()
    found.add("one", DAY, TooLarge("from 10 at most"))
    found.hold("one", DAY)


def test_a_store_that_is_busy_says_nothing_of_the_day() -> None:
    found = Refusals()
    found.add("one", DAY, StoreBusy("in a moment"))
    found.hold("one", DAY)
