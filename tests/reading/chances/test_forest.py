"""Trees, written down, say what the library that fitted them says."""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from kb.reading.chances.forest import forest
from kb.reading.chances.weights import weights
from tests.reading.fit_chances import trees

Floats = np.ndarray[Any, np.dtype[np.float64]]
EXACT = 1e-9
FIGURES = 12
ONE_TREE = {"roots": [0], "figure": [1, 0, 0], "most": [0.5, 0.0, 0.0], "first": [1, 1, 2],
            "second": [2, 1, 2], "value": [0.0, -1.0, 2.0], "depth": 1, "start": 0.0}  # fmt: skip
"""Asks whether the second figure is above a half."""


def data(seed: int, rows: int = 400) -> tuple[Floats, Floats]:
    """Return random figures, numbers and counts and yes or no, and an answer that hangs on some of them."""
    random = np.random.default_rng(seed)
    table = random.normal(size=(rows, FIGURES))
    table[:, 3] = random.integers(0, 5, size=rows)
    table[:, 4] = random.integers(0, 2, size=rows)
    odds = table[:, 0] + 2 * table[:, 1] * table[:, 4] - table[:, 3] + random.normal(size=rows)
    return table, (odds > 0).astype(float)


def fitted(table: Floats, right: Floats) -> lightgbm.Booster:
    """Return the library's own trees, with the settings of the project."""
    return lightgbm.train(trees.SETTINGS, lightgbm.Dataset(table, label=right), trees.ROUNDS)


def rounded(booster: lightgbm.Booster, slope: float = 1.0) -> lightgbm.Booster:
    """Return the library's trees with their leaves stretched and rounded as they are written down."""
    for at, tree in enumerate(booster.dump_model()["tree_info"]):
        for leaf in range(tree["num_leaves"]):
            value = round(booster.get_leaf_output(at, leaf), 5)
            booster.set_leaf_output(at, leaf, value if slope == 1.0 else round(slope * value, 5))
    return booster


@pytest.mark.parametrize("seed", range(3))
def test_its_chances_are_those_of_the_library(seed: int) -> None:
    table, right = data(seed)
    fresh = data(seed + 100)[0]
    own = forest(trees.fit(table.tolist(), right.tolist())).chances(fresh.tolist())
    assert np.max(np.abs(own - rounded(fitted(table, right)).predict(fresh))) < EXACT


def test_rounding_its_leaves_moves_no_chance_by_more_than_a_thousandth() -> None:
    table, right = data(0)
    own = forest(trees.fit(table.tolist(), right.tolist())).chances(table.tolist())
    assert EXACT < np.max(np.abs(own - fitted(table, right).predict(table))) < 1e-3


@pytest.mark.parametrize(("slope", "start"), [(0.8, 0.1), (1.3, -0.4), (1.0, 0.0)])
def test_stretched_its_chances_are_the_library_s_stretched(slope: float, start: float) -> None:
    table, right = data(7)
    own = forest(trees.stretched(trees.fit(table.tolist(), right.tolist()), slope, start))
    odds = np.asarray(rounded(fitted(table, right), slope).predict(table, raw_score=True))
    assert np.max(np.abs(own.chances(table.tolist()) - expit(odds + start))) < EXACT


def test_other_trees_have_other_chances() -> None:
    table, right = data(1)
    own = forest(trees.fit(table.tolist(), right.tolist())).chances(table.tolist())
    assert np.max(np.abs(own - rounded(fitted(*data(2))).predict(table))) > 0.01


def test_a_stretched_forest_is_another() -> None:
    table, right = data(1)
    held = trees.fit(table.tolist(), right.tolist())
    one, other = (forest(each).chances(table.tolist()) for each in (held, trees.stretched(held, 1.5, 0.0)))
    assert np.max(np.abs(one - other)) > 0.01


def test_where_all_answers_are_alike_so_are_all_chances() -> None:
    table, right = data(3)
    for answer in (False, True):
        own = forest(trees.fit(table.tolist(), [answer] * len(right))).chances(table.tolist())
        assert np.ptp(own) < EXACT
        assert abs(own[0] - answer) < 0.01


def test_the_same_data_give_the_same_trees() -> None:
    table, right = data(4)
    assert trees.fit(table.tolist(), right.tolist()) == trees.fit(table.tolist(), right.tolist())


@pytest.mark.parametrize(("figure", "odds"), [(0.4, -1.0), (0.5, -1.0), (0.6, 2.0)])
def test_a_tree_leads_a_row_to_its_leaf(figure: float, odds: float) -> None:
    assert forest(ONE_TREE).chances([[9.0, figure]]) == pytest.approx(expit(odds))


def test_the_leaves_of_all_trees_are_added_and_the_start_with_them() -> None:
    two = {**ONE_TREE, "roots": [0, 0], "start": 0.5}
    assert forest(two).chances([[0.0, 1.0]]) == pytest.approx(expit(4.5))


def test_no_rows_have_no_chances() -> None:
    assert forest(ONE_TREE).chances([]).tolist() == []
    assert weights().trees.chances([]).tolist() == []


@settings(max_examples=50)
@given(st.lists(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=2), min_size=1, max_size=8))
def test_a_row_s_chance_does_not_hang_on_the_rows_beside_it(rows: list[list[float]]) -> None:
    grown = forest(ONE_TREE)
    assert grown.chances(rows).tolist() == [float(grown.chances([row])[0]) for row in rows]


@pytest.mark.parametrize("name", ONE_TREE)
def test_a_forest_that_lacks_a_list_is_none(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        forest({key: value for key, value in ONE_TREE.items() if key != name})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": [0.0, -1.0]}, "one length"),
        ({"figure": [1, 0, 0, 0]}, "one length"),
        ({"roots": [3]}, "'roots' leads"),
        ({"first": [1, 1, 9]}, "'first' leads"),
        ({"second": [-1, 1, 2]}, "'second' leads"),
        ({"figure": [-1, 0, 0]}, "no figure"),
        ({"most": [float("nan"), 0.0, 0.0]}, "number is none"),
        ({"start": float("inf")}, "number is none"),
        ({"depth": 0}, "deeper"),
        ({"first": [0, 1, 2]}, "deeper"),
    ],
)
def test_trees_whose_ways_end_nowhere_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forest({**ONE_TREE, **change})


def test_trees_grown_behind_others_add_to_their_sums() -> None:
    table, right = data(3)
    first = trees.fit(table.tolist(), right.astype(bool).tolist(), rounds=20)
    first = trees.stretched(first, 0.7, 0.3)
    both = trees.fit(table.tolist(), right.astype(bool).tolist(), rounds=10, standing=first)
    assert len(both["roots"]) == 30
    behind = {**both, "roots": both["roots"][20:], "start": 0.0}
    sums = forest(first).odds(table.tolist()) + forest(behind).odds(table.tolist())
    assert np.allclose(forest(both).odds(table.tolist()), sums, atol=EXACT)
