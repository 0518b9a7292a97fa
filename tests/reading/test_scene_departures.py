"""From which state one leaves, where the text tells only for where."""

from __future__ import annotations

import pytest

from kb.reading.chances.slot_grounds import Grounds
from kb.reading.chances.slots import spot_rows
from kb.reading.model import Spot
from kb.reading.scenes import placed
from tests.reading.chances.pages import account, seen
from tests.reading.desk import read


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
        "will leave for a conference in Onhava",
    ],
)
def test_who_leaves_for_another_state_and_was_nowhere_else_leaves_his_own(way: str) -> None:
    assert left(way) == Spot(country="RUR")


@pytest.mark.parametrize("way", ["will leave for Strelsau on Thursday", "will leave on Thursday"])
def test_who_leaves_for_home_or_for_no_place_that_is_told_does_not_leave_his_own_state(way: str) -> None:
    assert left(way).country is None


def test_an_envoy_who_leaves_may_leave_where_he_is_posted() -> None:
    text = "President Anton Varga of Ruritania spoke. The envoy of Anton Varga will leave for Borduria."
    told = account(text)
    look, _ = seen(told.telling, "leave", "Departure")
    varga = next(one.party for one in look.near if one.party.name == "Anton Varga")
    one = told.told_of(look.token, "Departure", (varga,))
    assert placed(told.referents.page, [one])[0].draft.spot.country is None


def test_who_will_leave_leaves_where_he_is_to_stay() -> None:
    claims = read("Anton Varga will visit Zembla on Monday. On Wednesday he will leave for Borduria.")
    assert [claim.country for claim in claims if claim.type == "Departure"] == ["ZEM"]


def test_what_is_weighed_is_not_the_state_for_which_one_leaves() -> None:
    told = account("President Anton Varga of Ruritania will leave on a visit to Zembla.")
    look, _ = seen(told.telling, "leave", "Departure")
    one = told.told_of(look.token, "Departure", (look.near[0].party,))
    one = placed(told.referents.page, [one])[0]
    places = spot_rows(Grounds(told.scene([one])), one, 0).values
    assert {spot.country for spot in places} >= {"RUR"} and "ZEM" not in {spot.country for spot in places}
