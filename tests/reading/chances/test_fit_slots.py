"""The tool that fits the weights of slots: it learns from what gold says, the same every time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import BadInput
from kb.reading.chances.weights import without_slots
from kb.reading.lexicon_build import compile_lexicon
from kb.settings import Settings
from tests.reading.fit_chances import slots as tool
from tests.reading.fit_chances.slot_cases import Slots, of_folder

DISPATCHES = Path(__file__).parents[3] / "kb" / "data" / "dispatches"


@pytest.fixture(scope="module")
def found() -> list[Slots]:
    """Return the examples of the dispatches."""
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    return list(of_folder(DISPATCHES, lexicon, without_slots()))


def test_each_gold_line_is_the_example_of_one_event(found: list[Slots]) -> None:
    told = [(one.text, one.gold.id) for one in found]
    assert len(told) == len(set(told)) > 100


def test_what_the_reader_misses_is_an_example_too(found: list[Slots]) -> None:
    assert any(one.missed for one in found) and not all(one.missed for one in found)


def test_the_rules_values_come_first_and_are_judged_by_gold(found: list[Slots]) -> None:
    for one in (one for one in found if one.dates.values):
        assert one.dates.values[0].edtf == one.told.when.edtf
        assert one.right_dates[0] == ((one.gold.edtf or None) == (one.told.when.edtf or None))


def test_each_name_of_an_item_is_judged_by_gold(found: list[Slots]) -> None:
    asked = [one for one in found if one.items]
    assert all(len(one.items) == len(one.right_items) for one in found)
    assert any(any(one.right_items) for one in asked) and not all(any(one.right_items) for one in asked)
    assert not any(any(one.right_items) for one in asked if not one.gold.items)


def test_the_same_examples_give_the_same_weights(found: list[Slots]) -> None:
    assert json.dumps(tool.grown(found)) == json.dumps(tool.grown(found))


def test_it_tells_how_often_each_slot_is_right(found: list[Slots]) -> None:
    lines = list(tool.figures(found))
    assert any(line.startswith("date, eleven types, weighed: 0.") for line in lines)
    assert any(line.startswith("town and state, by rules: 0.") for line in lines)
    assert any(line.startswith("items, weighed: 0.") for line in lines)


def test_examples_of_which_none_is_right_are_refused(found: list[Slots]) -> None:
    with pytest.raises(BadInput, match="trees can learn nothing"):
        tool.grown([])
