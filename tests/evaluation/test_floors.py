"""Floors for continuous integration: what is held, what is missed by how much, what is too few."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.evaluation.floors import hold, measures, parse_floors
from kb.evaluation.records import GoldSet
from kb.evaluation.scoring import Evaluation, evaluate
from tests.evaluation.desk import changed, perfect, read_folder, refs


@pytest.fixture
def gold(tmp_path: Path) -> GoldSet:
    return read_folder(tmp_path / "set")


@pytest.fixture
def scored(gold: GoldSet) -> Evaluation:
    return evaluate(gold, changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone")))


@pytest.mark.parametrize(
    ("floor", "missed"),
    [
        ("core=.6", False),
        ("core=.67", True),
        ("eleven.core=.67", True),
        ("standing.core=1", False),
        ("core.p=.67", True),
        ("trigger.r=1", False),
        ("slot.agents=.7", True),
        ("accepted.core.p=.6", False),
    ],
)
def test_a_floor_is_held_or_missed(scored: Evaluation, floor: str, missed: bool) -> None:
    (held,) = hold(scored, parse_floors([floor]))
    assert held.missed is missed


def test_a_missed_floor_says_by_how_much(scored: Evaluation) -> None:
    (held,) = hold(scored, parse_floors(["core=.80"]))
    assert str(held) == "core is 0.6667, 0.1333 below its floor 0.8"


def test_a_type_with_few_gold_lines_is_no_bar_and_with_enough_it_is(scored: Evaluation) -> None:
    (few,) = hold(scored, parse_floors(["Visit.core=.9"]))
    assert not few.missed
    assert "too few for a floor" in str(few)
    many = tuple(replace(row, gold=30) if row.name == "Visit" else row for row in scored.types)
    (held,) = hold(replace(scored, types=many), parse_floors(["Visit.core=.9"]))
    assert held.missed


@pytest.mark.parametrize("word", ["core", "core=", "core=high", "core=1.5", "core=nan", "=-1"])
def test_a_word_that_is_no_floor_is_refused(word: str) -> None:
    with pytest.raises(BadInput, match=r"is no floor.*NAME=VALUE"):
        parse_floors([word])


def test_a_name_that_no_figure_has_is_answered_with_near_ones() -> None:
    with pytest.raises(BadInput, match=r"'elven.core'.*eleven.core"):
        parse_floors(["elven.core=.5"])


def test_every_figure_can_have_a_floor_and_every_floor_a_figure(scored: Evaluation) -> None:
    found = measures(scored)
    assert {"row", "eleven.full.r", "slot.edtf", "Transfer.trigger.p", "Office.core"} <= found.keys()
    assert len(hold(scored, parse_floors(f"{name}=.5" for name in found))) == len(found)
    with pytest.raises(BadInput):
        parse_floors(["herald.core=.5"])


def test_a_slot_that_no_match_fills_misses_its_floor(gold: GoldSet) -> None:
    (held,) = hold(evaluate(gold, {}), parse_floors(["slot.agents=.5"]))
    assert held.missed
