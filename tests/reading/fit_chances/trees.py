"""Boosted trees over the figures of casts: fitted by LightGBM, written down for kb.reading.chances.forest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import lightgbm
import numpy as np

from kb.reading.chances.forest import forest

SETTINGS: Final[dict[str, Any]] = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 12, "max_depth": 6, "min_data_in_leaf": 25,
    "bagging_fraction": 0.8, "bagging_freq": 1, "feature_fraction": 0.5, "verbose": -1, "num_threads": 1,
    "seed": 0, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS: Final = 160


def fit(
    rows: Sequence[Sequence[float]],
    right: Sequence[bool],
    settings: Mapping[str, Any] | None = None,
    rounds: int = ROUNDS,
    standing: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return trees as lists: what a row of figures says of its being right.

    ``settings``: what is to be otherwise than in SETTINGS; ``rounds``: how many trees; ``standing``: trees
    that stand before them, as lists: the new ones mend their sums.
    """
    begun = None if standing is None else forest(standing).odds(rows)
    data = lightgbm.Dataset(
        np.asarray(rows, dtype=float), label=np.asarray(right, dtype=float), init_score=begun
    )
    grown = _lists(lightgbm.train(SETTINGS | dict(settings or {}), data, rounds).dump_model())
    return grown if standing is None else _joined(standing, grown)


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the trees of two forests as one, whose sums are the sums of both."""
    after = len(one["figure"])
    moved = {name: [at + after for at in other[name]] for name in ("roots", "first", "second")}
    return {
        **{name: [*one[name], *moved[name]] for name in moved},
        **{name: [*one[name], *other[name]] for name in ("figure", "most", "value")},
        "depth": max(one["depth"], other["depth"]),
        "start": one["start"] + other["start"],
    }


def stretched(held: dict[str, Any], slope: float, start: float) -> dict[str, Any]:
    """Return trees whose log-odds are stretched and shifted."""
    values = [round(slope * value, 5) for value in held["value"]]
    return {**held, "value": values, "start": round(slope * held["start"] + start, 5)}


def _lists(model: dict[str, Any]) -> dict[str, Any]:
    held: dict[str, list[Any]] = {
        name: [] for name in ("roots", "figure", "most", "first", "second", "value")
    }
    depth = 0

    def add(node: dict[str, Any], level: int) -> int:
        nonlocal depth
        depth = max(depth, level)
        at = len(held["figure"])
        is_leaf = "leaf_value" in node
        held["figure"].append(0 if is_leaf else node["split_feature"])
        held["most"].append(0.0 if is_leaf else node["threshold"])
        held["value"].append(round(node["leaf_value"], 5) if is_leaf else 0.0)
        held["first"].append(at)
        held["second"].append(at)
        if not is_leaf:
            held["first"][at] = add(node["left_child"], level + 1)
            held["second"][at] = add(node["right_child"], level + 1)
        return at

    for tree in model["tree_info"]:
        held["roots"].append(add(tree["tree_structure"], 0))
    return {**held, "depth": depth, "start": 0.0}
