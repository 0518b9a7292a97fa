"""Two visits of a text that are one."""

from __future__ import annotations

import pytest

from kb.reading.merge import Told
from kb.reading.model import Draft, Party, Spot, Stance, When
from kb.reading.visits_once import visits_once
from kb.records import ClaimType, Modality, Ref

TOWN = Ref("Onhava")
OTHER_TOWN = Ref("Hentzau")


def visit(
    trigger: int,
    spot: Spot,
    edtf: str | None,
    *,
    who: str = "Anton Varga",
    stance: Stance = Stance(),  # noqa: B008
) -> Told:
    """Return a visit told by a word."""
    party = Party(who, "person", 0, 11, None, ("RUR",), "name")
    draft = Draft(
        type=ClaimType.VISIT, rule="visit/visit-verb", trigger=trigger, roles={"agents": (party,)},
        spot=spot, start=trigger, end=trigger + 10,
    )  # fmt: skip
    return Told(draft, stance, When(edtf))


STATE = visit(10, Spot(country="ZEM"), "2023-09-11/2023-09-13")


def test_the_visit_to_a_state_and_to_its_town_are_one_told_where_it_is_likelier() -> None:
    town = visit(20, Spot(place=TOWN, country="ZEM"), "2023-09-11")
    (one,) = visits_once([STATE, town], {(10, "Visit"): 0.9, (20, "Visit"): 0.6})
    assert (one.draft.trigger, one.draft.spot.place) == (10, TOWN)
    (one,) = visits_once([STATE, town], {(10, "Visit"): 0.5, (20, "Visit"): 0.6})
    assert one.draft.trigger == 20
    assert one.when.edtf == "2023-09-11/2023-09-13", "all days of the stay"


def test_in_what_order_visits_are_told_changes_nothing() -> None:
    days = [visit(at, Spot(country="ZEM"), f"2023-09-{day}") for at, day in ((20, 11), (30, 13))]
    chances = {(10, "Visit"): 0.9}
    assert visits_once([STATE, *days], chances) == visits_once([*days, STATE], chances) == [STATE]


@pytest.mark.parametrize(
    "other",
    [
        visit(20, Spot(country="BOR"), "2023-09-11"),
        visit(20, Spot(country="ZEM", facility=Ref("Streltz Works")), "2023-09-11"),
        visit(20, Spot(country="ZEM"), "2023-09-15"),
        visit(20, Spot(country="ZEM"), None),
        visit(20, Spot(country="ZEM"), "2023-09"),
        visit(20, Spot(country="ZEM"), "2023-09-11", who="Irina Sand"),
        visit(20, Spot(country="ZEM"), "2023-09-11", stance=Stance(Modality.PLANNED)),
        visit(
            20,
            Spot(country="ZEM"),
            "2023-09-11",
            stance=Stance(speaker=Party("Irina Sand", "person", 0, 10, None, ("ZEM",), "name")),
        ),
    ],
    ids=["state", "facility", "day", "no day", "month", "visitor", "plan", "speaker"],
)
def test_visits_that_differ_are_two(other: Told) -> None:
    assert visits_once([STATE, other], {}) == [STATE, other]


def test_visits_to_two_towns_are_two() -> None:
    towns = [
        visit(at, Spot(place=town, country="ZEM"), "2023-09-11")
        for at, town in ((10, TOWN), (20, OTHER_TOWN))
    ]
    assert visits_once(towns, {}) == towns
