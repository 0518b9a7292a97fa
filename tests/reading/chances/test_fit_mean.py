"""Weights of several fits as one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb.reading.chances.forest import forest
from tests.reading.fit_chances.mean import main, mean, together

DEEP: dict[str, Any] = {"roots": [0, 3], "figure": [1, 0, 0, 0], "most": [0.5, 0.0, 0.0, 0.0],
                        "first": [1, 1, 2, 3], "second": [2, 1, 2, 3], "value": [0.0, -1.0, 2.0, 0.5],
                        "depth": 1, "start": 0.25}  # fmt: skip
FLAT: dict[str, Any] = {"roots": [0], "figure": [0], "most": [0.0], "first": [0], "second": [0],
                        "value": [3.0], "depth": 0, "start": -1.0}  # fmt: skip
ROWS = [[0.0, 0.0], [0.0, 1.0], [9.0, 0.5]]


def fitted(events: dict[str, float], idle: list[str], least: float) -> dict[str, Any]:
    """Return a file of weights."""
    return {"events": events, "agents": {}, "counterparts": {}, "who": DEEP, "trees": FLAT,
            "least": {"": least}, "idle": idle}  # fmt: skip


@pytest.mark.parametrize("pair", [(DEEP, FLAT), (FLAT, DEEP), (DEEP, DEEP)])
def test_trees_together_have_the_mean_of_the_log_odds(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    one, other = (forest(each).odds(ROWS) for each in pair)
    assert forest(together(pair)).odds(ROWS).tolist() == pytest.approx(((one + other) / 2).tolist())


def test_a_sign_that_one_fit_lacks_weighs_half() -> None:
    found = mean([fitted({"a": 1.0, "b": 2.0, "c": 0.03}, [], 0.3), fitted({"b": 1.0}, [], 0.4)])
    assert found["events"] == {"a": 0.5, "b": 1.5}, "what weighs next to nothing is left out"


def test_events_are_told_from_the_chance_of_the_first_and_words_are_idle_where_they_are_in_all() -> None:
    found = mean([fitted({}, ["x", "y"], 0.3), fitted({}, ["y", "z"], 0.4)])
    assert (found["least"], found["idle"]) == ({"": 0.3}, ["y"])


def test_the_tool_writes_what_the_reader_can_load(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("one.json", "other.json")]
    for file in files:
        file.write_text(json.dumps(fitted({"a": 1.0}, [], 0.3)), "utf-8")
    main([*map(str, files), "--out", str(tmp_path / "mean.json")])
    held = json.loads((tmp_path / "mean.json").read_text("utf-8"))
    assert held["events"] == {"a": 1.0}
    assert forest(held["who"]).odds(ROWS).tolist() == pytest.approx(forest(DEEP).odds(ROWS).tolist())
