"""One to one, and so that the most agree."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from kb.claims import from_json
from kb.errors import MissingPart
from kb.evaluation.names import Names
from kb.evaluation.pairing import pair
from kb.evaluation.records import GoldLine
from kb.records import Claim
from tests.evaluation.desk import gold_lines, refs


def tour() -> Claim:
    return from_json(gold_lines()["tour"][0])


def test_the_claim_that_says_the_same_is_taken_before_a_longer_overlap() -> None:
    gold = GoldLine(tour(), 1)
    shorter = replace(tour(), end=tour().end - 6, quote=tour().quote[:-6])
    wrong = replace(tour(), agents=refs("Abel Stone"))
    paired = pair([gold], [wrong, shorter], Names())
    assert [each.found for each in paired.pairs] == [shorter]
    assert paired.spurious == (wrong,)


def test_the_whole_counts_not_the_best_pair() -> None:
    other = replace(tour(), agents=refs("Abel Stone"))
    gold = [GoldLine(tour(), 1), GoldLine(other, 2)]
    both = replace(tour(), agents=refs("Nobody"))
    paired = pair(gold, [both, tour()], Names())
    assert len(paired.pairs) == 2
    assert next(each.found for each in paired.pairs if each.gold.n == 1) == tour()


def test_a_line_that_is_not_optional_is_taken_first() -> None:
    lines = [GoldLine(tour(), 1, optional=True), GoldLine(tour(), 2)]
    paired = pair(lines, [tour()], Names())
    assert [each.gold.n for each in paired.pairs] == [2]
    assert [line.n for line in paired.left_out] == [1]
    assert paired.missed == ()


def test_an_optional_line_that_is_missed_is_no_fault_and_another_is() -> None:
    paired = pair([GoldLine(tour(), 1, optional=True), GoldLine(tour(), 2)], [], Names())
    assert [line.n for line in paired.left_out] == [1]
    assert [line.n for line in paired.missed] == [2]


def test_without_scipy_the_missing_part_and_its_repair_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingPart, match=r"scipy.*pip install 'legation\[evaluate\]'"):
        pair([GoldLine(tour(), 1)], [tour()], Names())
