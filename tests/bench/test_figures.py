"""Figures: what counts as missed, and how a series becomes one."""

from __future__ import annotations

import json

import pytest

from tests.bench.figures import Figure, as_json, as_table, ratio
from tests.bench.load import LoadFailed, rate_of


@pytest.mark.parametrize(
    ("figure", "missed"),
    [
        (Figure("r", 0.1, "x", 0.12), True),
        (Figure("r", 0.12, "x", 0.12), False),
        (Figure("t", 200.1, "ms", 200), True),
        (Figure("t", 200, "ms", 200), False),
        (Figure("r", 0.0, "x"), False),
    ],
)
def test_a_ratio_misses_below_its_bar_a_time_above_it(figure: Figure, missed: bool) -> None:
    assert figure.missed is missed


def test_a_ratio_is_that_of_the_medians() -> None:
    assert ratio("r", [1, 2, 90], [4, 4, 4], None, None).value == 0.5


def test_a_table_marks_what_is_missed() -> None:
    assert "**missed**" in as_table([Figure("r", 0.1, "x", 0.12)])
    assert "**missed**" not in as_table([Figure("r", 0.2, "x", 0.12)])


def test_json_tells_of_the_run_and_of_each_figure() -> None:
    found = json.loads(as_json([Figure("r", 0.1, "x", 0.12)], {"triples": 7}))
    assert found["triples"] == 7
    assert found["figures"][0]["missed"] is True


def test_a_rate_is_answers_by_time() -> None:
    assert rate_of("one", "Running 1s test\nFOUND 300 2000000 0 0\n") == 150


@pytest.mark.parametrize("output", ["FOUND 300 2000000 1 0", "FOUND 300 2000000 0 1", "unable to connect"])
def test_answers_that_are_not_200_or_break_off_are_no_rate(output: str) -> None:
    with pytest.raises(LoadFailed, match="one"):
        rate_of("one", output)
