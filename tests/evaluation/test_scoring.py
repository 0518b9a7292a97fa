"""Figures over texts: counted, grouped, with intervals that stay the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.evaluation.records import GoldSet
from kb.evaluation.scoring import Evaluation, Row, evaluate
from kb.records import Claim, Modality, Tier
from tests.evaluation.desk import changed, perfect, read_folder, refs


@pytest.fixture
def gold(tmp_path: Path) -> GoldSet:
    return read_folder(tmp_path / "set")


def named(rows: tuple[Row, ...], name: str) -> Row:
    return next(row for row in rows if row.name == name)


def f1(evaluation: Evaluation, level: str, group: str = "events") -> float:
    return named(evaluation.groups, group).figures[level].f1


def test_what_says_all_is_right_at_every_level(gold: GoldSet) -> None:
    found = evaluate(gold, perfect(gold))
    assert {row.figures[level].f1 for row in found.groups for level in row.figures} == {1.0}
    assert {slot.accuracy for slots in found.slots.values() for slot in slots.values()} == {1.0}


def test_nothing_found_is_nothing_right(gold: GoldSet) -> None:
    found = evaluate(gold, {})
    row = named(found.groups, "events")
    assert (row.gold, row.found, row.figures["trigger"].f1) == (3, 0, 0.0)


def test_an_optional_line_counts_where_it_is_matched(gold: GoldSet) -> None:
    every = {doc: tuple(line.claim for line in text.gold) for doc, text in gold.texts.items()}
    row = named(evaluate(gold, every).groups, "events")
    assert (row.gold, row.found, row.figures["row"].f1) == (4, 4, 1.0)


def test_a_wrong_party_costs_the_core_and_a_wrong_modality_only_the_full(gold: GoldSet) -> None:
    party = evaluate(gold, changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone")))
    stance = evaluate(gold, changed(perfect(gold), "tour", "Visit", modality=Modality.PLANNED))
    assert f1(party, "trigger") == 1.0
    assert f1(party, "core") == pytest.approx(2 / 3)
    assert f1(stance, "core") == 1.0
    assert f1(stance, "full") == pytest.approx(2 / 3)
    assert stance.slots["events"]["modality"].right == 2


def test_types_families_and_dyads_stand_apart(gold: GoldSet) -> None:
    found = evaluate(gold, changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone")))
    assert named(found.types, "Visit").figures["core"].f1 == 0.0
    assert named(found.types, "Transfer").figures["core"].f1 == 1.0
    assert named(found.families, "herald").figures["core"].f1 == 0.0
    assert [(row.name, row.texts) for row in found.dyads] == [("ALP-BOT", 2), ("ALP-CAM", 1)]


def test_types_with_few_gold_lines_say_so(gold: GoldSet) -> None:
    assert all(row.few for row in evaluate(gold, perfect(gold)).types)


def test_intervals_are_the_same_again_hold_the_figure_and_need_two_texts(gold: GoldSet) -> None:
    claims = changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone"))
    first, second = evaluate(gold, claims), evaluate(gold, claims)
    assert first.groups == second.groups
    core = named(first.groups, "events").figures["core"]
    assert core.interval
    assert core.interval[0] < core.f1 < core.interval[1]
    assert named(first.families, "herald").figures["core"].interval is None


def test_the_accepted_tier_is_scored_alone(gold: GoldSet) -> None:
    claims = changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone"), tier=Tier.REVIEW)
    accepted, both, _ = evaluate(gold, claims).tiers
    assert (accepted.found, both.found) == (2, 3)
    assert accepted.core.precision == 1.0
    assert accepted.core.recall == both.core.precision == pytest.approx(2 / 3)


def test_confidence_is_set_against_what_is_right(gold: GoldSet) -> None:
    claims = changed(perfect(gold), "tour", "Visit", agents=refs("Abel Stone"), confidence=0.35)
    found = evaluate(gold, claims)
    assert [(tenth.low, tenth.found, tenth.core) for tenth in found.calibration] == [
        (0.3, 1, 0.0),
        (0.9, 2, 1.0),
    ]
    assert [(step.name, step.found) for step in found.curve] == [("0.00", 3), ("0.40", 2)]


def test_a_claim_of_another_kind_is_not_scored(gold: GoldSet) -> None:
    claims = perfect(gold)
    note = replace(claims["tour"][0], type=type(claims["tour"][0].type)("SourceNote"))
    more: dict[str, tuple[Claim, ...]] = claims | {"tour": (*claims["tour"], note)}
    assert named(evaluate(gold, more).groups, "events").found == 3
