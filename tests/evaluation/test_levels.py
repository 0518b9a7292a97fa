"""Trigger, core, full and row, and what each asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kb.claims import from_json
from kb.evaluation.levels import agreement, trigger
from kb.evaluation.names import Names
from kb.records import Claim, ClaimType, Modality, Polarity, Ref
from tests.evaluation.desk import gold_lines, refs

NAMES = Names()


def of(doc: str, n: int = 0) -> Claim:
    return from_json(gold_lines()[doc][n])


def level(gold: Claim, **slots: Any) -> str:
    """Return the highest level that the gold claim with other slots reaches."""
    agreed = agreement(gold, replace(gold, **slots), NAMES)
    return "row" if agreed.row else "full" if agreed.full else "core" if agreed.core else "trigger"


def moved(claim: Claim, start: int, end: int) -> Claim:
    return replace(claim, start=start, end=end, quote="x" * (end - start))


def test_half_of_the_shorter_span_is_enough_for_a_trigger() -> None:
    gold = moved(of("tour"), 100, 140)
    assert trigger(gold, moved(gold, 130, 150))
    assert not trigger(gold, moved(gold, 131, 151))


def test_a_span_longer_than_a_long_sentence_is_no_trigger_unless_the_gold_is_as_long() -> None:
    short, long = moved(of("tour"), 0, 40), moved(of("tour"), 0, 401)
    assert not trigger(short, long)
    assert trigger(long, long)


def test_another_type_is_no_trigger() -> None:
    assert not trigger(of("tour"), replace(of("tour"), type=ClaimType.ARRIVAL))


@pytest.mark.parametrize(
    ("doc", "slots", "reached"),
    [
        ("tour", {}, "row"),
        ("tour", {"agents": refs("Abel Stone")}, "trigger"),
        ("tour", {"facility": Ref("Upper Works")}, "trigger"),
        ("tour", {"facility": None, "place": Ref("High Hill")}, "trigger"),
        ("tour", {"facility": None, "place": None, "country": "CAM"}, "trigger"),
        ("tour", {"facility": None, "place": None, "country": None}, "full"),
        ("tour", {"edtf": "2013"}, "core"),
        ("tour", {"edtf": None}, "core"),
        ("tour", {"modality": Modality.PLANNED}, "core"),
        ("tour", {"polarity": Polarity.NEGATED}, "core"),
        ("tour", {"speaker": Ref("Abel Stone")}, "row"),
        ("sale", {"counterparts": refs("Camland")}, "trigger"),
        ("sale", {"items": refs("R-8")}, "full"),
        ("talks", {"office": Ref("Mayor of Quarry Bay")}, "trigger"),
        ("talks", {"office": Ref("Alpinia's President")}, "row"),
    ],
)
def test_a_claim_reaches_a_level(doc: str, slots: dict[str, Any], reached: str) -> None:
    assert level(of(doc), **slots) == reached


def test_counterparts_of_other_types_belong_to_the_row_only() -> None:
    hosted = replace(of("tour"), counterparts=refs("Abel Stone"))
    assert level(hosted, counterparts=()) == "full"


def test_equal_states_will_do_where_only_states_and_their_bodies_are_named() -> None:
    gold = replace(of("sale"), agents=refs("France"), agent_states=("FRA",))
    assert level(gold, agents=refs("French Defence Ministry")) == "row"
    assert level(gold, agents=refs("Ada Moor")) == "trigger"
    assert level(gold, agents=refs("French Defence Ministry"), agent_states=("ALP",)) == "trigger"


def test_production_rests_on_what_is_made_and_where() -> None:
    gold = replace(of("sale"), type=ClaimType.PRODUCTION, facility=Ref("Lower Works"))
    assert level(gold, agents=refs("Abel Stone")) == "row"
    assert level(gold, items=refs("R-8")) == "trigger"
    assert level(gold, facility=Ref("Upper Works")) == "trigger"


def test_a_slot_counts_where_either_side_fills_it() -> None:
    gold = of("tour")
    slots = agreement(gold, replace(gold, speaker=Ref("Abel Stone"), place=None), NAMES).slots
    assert slots["speaker"] is False
    assert slots["place"] is False
    assert slots["facility"] is True
    assert "via" not in slots
