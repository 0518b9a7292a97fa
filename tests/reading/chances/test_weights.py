"""The table of weights: what signs come to, and that a spoilt file is refused by name."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadReference
from kb.reading.chances import weights as module
from kb.reading.chances.weights import NOTHING, TABLES, chance, weights

SOUND: dict[str, Any] = {
    "events": {"": -1.0, "Visit": 2.0}, "agents": {"": 0.0}, "counterparts": {}, "least": {"": 0.3},
    "idle": [],
    **{name: {"roots": [0], "figure": [0], "most": [0.0], "first": [0], "second": [0], "value": [0.5],
              "depth": 0, "start": 0.0} for name in ("who", "trees")},
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a file that the weights are read from."""
    path = tmp_path / "chances.json"
    monkeypatch.setattr(module, "FILE", path)
    weights.cache_clear()
    yield path
    weights.cache_clear()


def refused(file: Path, text: str | None) -> None:
    """Check that a file is refused with its name and what to do."""
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(BadReference) as caught:
        weights()
    assert caught.value.place == str(file)
    assert "python -m tests.reading.fit_chances" in caught.value.repair
    assert caught.value.problem.startswith("holds no weights: ")


def changed(*keys: str, to: object) -> dict[str, Any]:
    """Return the sound file's content with one value changed."""
    found: dict[str, Any] = json.loads(json.dumps(SOUND))
    inner = found
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = to
    return found


def test_a_sound_file_is_read(file: Path) -> None:
    file.write_text(json.dumps(SOUND), "utf-8")
    found = weights()
    assert (found.events["Visit"], found.least[""]) == (2.0, 0.3)
    assert found.trees.chances([[0.0]])[0] == pytest.approx(1 / (1 + math.exp(-0.5)))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", '"weights"', "{}", "<<<<<<< HEAD\n{}"])
def test_a_file_that_is_no_table_is_refused(file: Path, text: str) -> None:
    refused(file, text)


def test_a_file_that_is_not_there_is_refused(file: Path) -> None:
    refused(file, None)


def test_a_file_in_another_encoding_is_refused(file: Path) -> None:
    file.write_bytes(json.dumps(SOUND).encode("utf-16"))
    refused(file, None)


def test_half_a_file_is_refused(file: Path) -> None:
    text = json.dumps(SOUND)
    refused(file, text[: len(text) // 2])


@pytest.mark.parametrize("name", [*TABLES, "least", "who", "trees", "idle"])
def test_a_file_that_lacks_a_table_is_refused(file: Path, name: str) -> None:
    refused(file, json.dumps({key: value for key, value in SOUND.items() if key != name}))


@pytest.mark.parametrize("which", ["who", "trees"])
@pytest.mark.parametrize("name", SOUND["trees"])
def test_trees_that_lack_a_list_are_refused(file: Path, which: str, name: str) -> None:
    trees = {key: value for key, value in SOUND[which].items() if key != name}
    refused(file, json.dumps({**SOUND, which: trees}))


@pytest.mark.parametrize("name", [*TABLES, "least"])
@pytest.mark.parametrize("table", [[], None, 1, "x", {"": None}, {"": "heavy"}, {"": []}, {"": math.nan}])
def test_a_table_that_holds_no_weights_is_refused(file: Path, name: str, table: object) -> None:
    refused(file, json.dumps(changed(name, to=table)))


def test_a_file_without_a_least_chance_for_any_other_type_is_refused(file: Path) -> None:
    refused(file, json.dumps(changed("least", to={"Statement": 0.3})))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("roots", "x"),
        ("roots", [7]),
        ("roots", [2**40]),
        ("first", [[0]]),
        ("first", [0, 0]),
        ("most", [None]),
        ("value", ["heavy"]),
        ("value", []),
        ("depth", "deep"),
        ("depth", None),
        ("start", []),
        ("start", math.inf),
    ],
)
def test_trees_that_are_none_are_refused(file: Path, name: str, value: object) -> None:
    refused(file, json.dumps(changed("trees", name, to=value)))


def test_the_project_s_own_weights_are_sound() -> None:
    found = weights()
    assert all(getattr(found, name) for name in TABLES)
    assert all(0 < least < 1 for least in found.least.values())


def test_without_weights_every_chance_is_a_half_and_nothing_silent_is_told() -> None:
    assert chance(NOTHING.events, ["Visit", "word visit/VERB"]) == 0.5
    assert NOTHING.trees.chances([[1.0], [2.0]]).tolist() == [0.5, 0.5]
    assert NOTHING.least[""] > 0.5


@pytest.mark.parametrize(
    ("signs", "odds"),
    [((), -1.0), (("Visit",), 1.0), (("Visit", "unheard of"), 1.0), (("Visit", "Visit"), 3.0)],
)
def test_the_weights_of_signs_are_added_to_what_every_word_has(signs: tuple[str, ...], odds: float) -> None:
    assert chance(SOUND["events"], signs) == pytest.approx(1 / (1 + math.exp(-odds)))


@given(st.lists(st.sampled_from("abc"), max_size=200), st.floats(-1e3, 1e3))
def test_no_sum_of_weights_is_too_great_for_a_chance(signs: list[str], weight: float) -> None:
    assert 0 < chance({"a": weight, "b": -weight, "c": 1.0}, signs) < 1


def test_an_unknown_key_beside_the_tables_does_no_harm(file: Path) -> None:
    file.write_text(json.dumps({**SOUND, "note": "fitted in spring"}), "utf-8")
    assert weights().least == {"": 0.3}
