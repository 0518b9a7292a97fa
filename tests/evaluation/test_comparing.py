"""Two runs over the same gold: what appeared, vanished or changed, and what that did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.evaluation.comparing import Change, changes, differences
from kb.evaluation.records import Claims, GoldSet
from kb.evaluation.scoring import evaluate
from kb.records import Ref
from tests.evaluation.desk import changed, perfect, read_folder, refs

WRONG: dict[str, Any] = {"agents": refs("Abel Stone")}


@pytest.fixture
def gold(tmp_path: Path) -> GoldSet:
    return read_folder(tmp_path / "set")


def compared(gold: GoldSet, before: Claims, after: Claims) -> list[Change]:
    return changes(gold, (before, evaluate(gold, before, 0)), (after, evaluate(gold, after, 0)))


def told(found: list[Change], level: str = "core") -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(each.doc, each.kind, each.turn(level), each.slots) for each in found]


def test_equal_runs_differ_in_nothing(gold: GoldSet) -> None:
    assert compared(gold, perfect(gold), perfect(gold)) == []


def test_a_claim_put_right_is_better_and_put_wrong_worse(gold: GoldSet) -> None:
    wrong = changed(perfect(gold), "tour", "Visit", **WRONG)
    assert told(compared(gold, wrong, perfect(gold))) == [("tour", "changed", "better", ("agents",))]
    assert told(compared(gold, perfect(gold), wrong)) == [("tour", "changed", "worse", ("agents",))]


def test_what_appears_or_vanishes_is_judged_by_whether_it_is_right(gold: GoldSet) -> None:
    empty = perfect(gold) | {"tour": ()}
    wrong = changed(perfect(gold), "tour", "Visit", **WRONG)
    assert told(compared(gold, empty, perfect(gold))) == [("tour", "appeared", "better", ())]
    assert told(compared(gold, empty, wrong)) == [("tour", "appeared", "worse", ())]
    assert told(compared(gold, wrong, empty)) == [("tour", "vanished", "better", ())]
    assert told(compared(gold, perfect(gold), empty)) == [("tour", "vanished", "worse", ())]


def test_the_level_says_from_which_on_a_claim_is_right(gold: GoldSet) -> None:
    placed = changed(perfect(gold), "tour", "Visit", facility=None)
    found = compared(gold, placed, perfect(gold))
    assert told(found, "full") == [("tour", "changed", "same", ("facility",))]
    assert told(found, "row") == [("tour", "changed", "better", ("facility",))]


def test_the_order_of_names_in_a_slot_is_no_change(gold: GoldSet) -> None:
    turned = changed(perfect(gold), "talks", "Meeting", agents=refs("Abel Stone", "Ada Moor"))
    assert compared(gold, perfect(gold), turned) == []


def test_a_claim_that_lost_its_gold_to_another_is_judged_otherwise(gold: GoldSet) -> None:
    wrong = changed(perfect(gold), "tour", "Visit", **WRONG)
    both = wrong | {"tour": (*wrong["tour"], *perfect(gold)["tour"])}
    found = compared(gold, wrong, both)
    assert told(found) == [("tour", "appeared", "better", ()), ("tour", "judged otherwise", "same", ())]
    before, after = found[1].before, found[1].after
    assert before and after
    assert (before.verdict, after.verdict) == ("core wrong", "spurious")


def test_an_identifier_or_a_confidence_alone_is_no_change(gold: GoldSet) -> None:
    other = changed(perfect(gold), "tour", "Visit", confidence=0.5, facility=Ref("Lower Works", "fac:works"))
    other = other | {"tour": tuple(replace(each, id="other") for each in other["tour"])}
    assert compared(gold, perfect(gold), other) == []


def test_figures_move_with_an_interval_over_the_same_texts(gold: GoldSet) -> None:
    wrong = changed(perfect(gold), "tour", "Visit", **WRONG)
    moved = differences(evaluate(gold, wrong, 0), evaluate(gold, perfect(gold), 0), 200)
    core = next(each for each in moved if (each.group, each.level) == ("events", "core"))
    assert core.before == pytest.approx(2 / 3)
    assert core.after == 1.0
    assert core.interval
    assert 0 <= core.interval[0] < 1 / 3 < core.interval[1]
