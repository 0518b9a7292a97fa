"""From which state one leaves, where the text tells only for where."""

from __future__ import annotations

import pytest

from kb.reading.model import Spot
from kb.reading.scenes import placed
from tests.reading.chances.pages import account, seen


def left(way: str) -> Spot:
    """Return where somebody leaves, as it is weighed: no frame need hold."""
    told = account(f"President Anton Varga of Ruritania {way}.")
    look, _ = seen(told.telling, "leave", "Departure")
    one = told.told_of(look.token, "Departure", (look.near[0].party,))
    return placed(told.referents.page, [one])[0].draft.spot


@pytest.mark.parametrize(
    "way",
    [
        "will leave for Zembla on Thursday",
        "will leave for Borduria and Zembla",
        "will leave on Thursday on a two-day visit to Zembla",
        "will leave for talks in Onhava",
    ],
)
def test_who_leaves_for_another_state_and_was_nowhere_else_leaves_his_own(way: str) -> None:
    assert left(way) == Spot(country="RUR")


@pytest.mark.parametrize("way", ["will leave for Strelsau on Thursday", "will leave on Thursday"])
def test_who_leaves_for_home_or_for_no_place_that_is_told_does_not_leave_his_own_state(way: str) -> None:
    assert left(way).country is None
