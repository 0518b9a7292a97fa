"""The tool that fits the weights: the same texts give the same file, and texts without gold are refused."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from array import array
from pathlib import Path

import numpy as np
import pytest

from kb.errors import BadInput
from kb.reading.chances import weights as module
from kb.reading.chances.weights import weights
from kb.reading.lexicon_build import compile_lexicon
from kb.settings import Settings
from tests.reading.fit_chances import __main__ as tool
from tests.reading.fit_chances import growing, logistic
from tests.reading.fit_chances.cases import Ids, of_folder

ROOT = Path(__file__).parents[3]
DISPATCHES = ROOT / "kb" / "data" / "dispatches"
WRITE = (
    "import sys; from pathlib import Path; from tests.reading.fit_chances import __main__ as tool; "
    "tool.FILE = Path(sys.argv[1]); tool.main([sys.argv[2], '--write'])"
)


def fitted(to: Path, seed: str) -> str:
    """Fit to the dispatches in a process of its own, write the weights, return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(to), str(DISPATCHES)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def folder(at: Path, docs: list[str], *, gold: bool) -> Path:
    """Make a folder of some of the dispatches, with their gold or with empty files in its place."""
    with (DISPATCHES / "INDEX.tsv").open(encoding="utf-8") as table:
        rows = list(csv.reader(table, delimiter="\t"))
    (at / "texts").mkdir(parents=True)
    (at / "gold").mkdir()
    kept = [rows[0], *(row for row in rows if row[0] in docs)]
    (at / "INDEX.tsv").write_text("".join("\t".join(row) + "\n" for row in kept), "utf-8")
    for doc in docs:
        (at / "texts" / f"{doc}.txt").write_bytes((DISPATCHES / "texts" / f"{doc}.txt").read_bytes())
        held = (DISPATCHES / "gold" / f"{doc}.jsonl").read_bytes() if gold else b""
        (at / "gold" / f"{doc}.jsonl").write_bytes(held)
    return at


def docs(count: int) -> list[str]:
    return sorted(path.stem for path in (DISPATCHES / "texts").glob("*.txt"))[:count]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str, str]:
    """Give the files of two fits, and what each printed."""
    at = tmp_path_factory.mktemp("fits")
    files = at / "one.json", at / "other.json"
    return *files, fitted(files[0], "1"), fitted(files[1], "2")


def test_the_same_texts_give_the_same_file_byte_for_byte(written: tuple[Path, Path, str, str]) -> None:
    one, other, printed, again = written
    assert one.read_bytes() == other.read_bytes()
    assert printed.replace(one.name, "") == again.replace(other.name, "")


def test_other_texts_give_another_file(written: tuple[Path, Path, str, str]) -> None:
    assert written[0].read_bytes() != module.FILE.read_bytes()


def test_what_it_writes_can_be_read(
    written: tuple[Path, Path, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FILE", written[0])
    weights.cache_clear()
    try:
        found = weights()
    finally:
        weights.cache_clear()
    assert len(found.events) > 100 and len(found.agents) > 100
    assert set(found.least) == {"", "Statement"}
    assert len(found.who.roots) == len(found.trees.roots) == 160


def test_no_weight_of_a_fit_is_too_small_to_matter(written: tuple[Path, Path, str, str]) -> None:
    held = json.loads(written[0].read_text("utf-8"))
    light = [sign for name in module.TABLES for sign, weight in held[name].items() if abs(weight) < 0.02]
    assert [sign for sign in light if sign] == []


def test_a_further_fit_keeps_what_stands_and_grows_trees_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands = json.loads(module.FILE.read_text("utf-8"))
    at = tmp_path / "chances.json"
    at.write_text(json.dumps(stands), "utf-8")
    monkeypatch.setattr(tool, "FILE", at)
    tool.main([str(DISPATCHES), "--further", "--write"])
    found = json.loads(at.read_text("utf-8"))
    count = len(stands["who"]["roots"])
    assert found["who"]["roots"][:count] == stands["who"]["roots"]
    assert len(found["who"]["roots"]) == len(found["trees"]["roots"]) == count + growing.FURTHER
    assert len(set(stands["agents"]) & set(found["agents"])) > 0.98 * len(stands["agents"])


def test_types_that_a_folder_s_gold_leaves_out_are_not_asked_of_it(tmp_path: Path) -> None:
    lexicon = compile_lexicon(Settings.from_environment().cache_folder)
    at = folder(tmp_path / "some", docs(6), gold=True)
    asked = {case.type for text in of_folder(at, lexicon, Ids()) for case in text.cases}
    for path in (at / "gold").glob("*.jsonl"):
        lines = path.read_text("utf-8").splitlines()
        kept = [line for line in lines if json.loads(line)["type"] != "Statement"]
        path.write_text("".join(line + "\n" for line in kept), "utf-8")
    rest = {case.type for text in of_folder(at, lexicon, Ids()) for case in text.cases}
    assert "Statement" in asked and rest == asked - {"Statement"}


def test_it_tells_what_to_expect_of_new_texts(written: tuple[Path, Path, str, str]) -> None:
    printed = written[2]
    assert printed.startswith("20 texts, 0 worked on, ")
    assert "least 0.50 eleven types trigger 0." in printed
    assert "surer than 0.80 eleven types P 0." in printed


def test_texts_without_gold_are_refused_with_what_to_do(tmp_path: Path) -> None:
    bare = folder(tmp_path / "bare", docs(6), gold=False)
    with pytest.raises(BadInput, match="of 6 texts 0 have gold") as caught:
        tool.main([str(bare)])
    assert "at least 5 such texts" in caught.value.repair


def test_a_few_texts_with_gold_are_refused(tmp_path: Path) -> None:
    few = folder(tmp_path / "few", docs(2), gold=True)
    with pytest.raises(BadInput, match="of 2 texts 2 have gold"):
        tool.main([str(few)])


def test_texts_that_were_worked_on_do_not_stand_in_for_fresh_ones(tmp_path: Path) -> None:
    bare = folder(tmp_path / "bare", docs(2), gold=False)
    worked = folder(tmp_path / "worked", docs(6), gold=True)
    with pytest.raises(BadInput, match="of 2 texts 0 have gold"):
        tool.main([str(bare), "--worked", str(worked)])


def test_a_refusal_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "FILE", tmp_path / "chances.json")
    with pytest.raises(BadInput):
        tool.main([str(folder(tmp_path / "bare", docs(1), gold=False)), "--write"])
    assert not (tmp_path / "chances.json").exists()


def test_a_refusal_is_told_in_one_line_on_the_command_line(tmp_path: Path) -> None:
    bare = folder(tmp_path / "bare", docs(1), gold=False)
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.fit_chances", str(bare)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == BadInput.exit_code
    assert done.stderr.startswith("of 1 texts 0 have gold") and done.stderr.count("\n") == 1


def test_a_folder_of_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no texts in this folder"):
        tool.main([str(tmp_path)])


def test_each_sign_has_a_number_of_its_own() -> None:
    ids = Ids()
    assert [list(ids(signs)) for signs in (["a", "b"], ["b", "c"], ["a"])] == [[0, 1], [1, 2], [0]]


ROWS = [array("i", row) for row in ([0], [0, 1], [1], [2], [0], [2])] * 10
RIGHT = [bool(0 in row) for row in ROWS]


def test_a_sign_that_right_examples_bear_weighs_most() -> None:
    found = logistic.fit(ROWS, RIGHT, [1.0] * len(ROWS), 3, 1.0)
    assert found[0] > 1 > found[1] and found[2] < 0


def test_a_sign_of_few_examples_has_no_weight() -> None:
    rows = [*ROWS, *[array("i", [3])] * (logistic.SEEN - 1)]
    found = logistic.fit(rows, [*RIGHT, *[True] * (logistic.SEEN - 1)], [1.0] * len(rows), 4, 1.0)
    assert found[3] == 0


def test_weights_are_the_smaller_the_more_they_are_drawn_to_nothing() -> None:
    free, drawn = (logistic.fit(ROWS, RIGHT, [1.0] * len(ROWS), 3, by)[0] for by in (1.0, 100.0))
    assert free > drawn > 0


def test_weights_that_stand_are_kept_where_few_examples_speak() -> None:
    standing = np.array([0.5, 0.0, 0.0, 2.0, 0.1])
    rows = [*ROWS, *[array("i", [3])] * (logistic.SEEN - 1)]
    right = [*RIGHT, *[False] * (logistic.SEEN - 1)]
    found = logistic.fit(rows, right, [1.0] * len(rows), 4, 1.0, standing)
    assert found[3] == 2.0 and found[0] > 1
    assert standing[0] == 0.5  # what stands is not changed by the fit


def test_weights_are_the_nearer_to_those_that_stand_the_more_they_are_drawn() -> None:
    standing = np.array([-3.0, 0.0, 0.0, 0.0])
    near, far = (logistic.fit(ROWS, RIGHT, [1.0] * len(ROWS), 3, by, standing)[0] for by in (1e4, 1.0))
    assert abs(near + 3) < 0.1 and far > 0


def test_a_table_s_weights_by_number_are_those_by_sign() -> None:
    table, ids = {"": 1.5, "a": -0.3, "c": 9.0}, {"b": 0, "a": 1}
    assert logistic.numbered(table, ids).tolist() == [0.0, -0.3, 1.5]


def test_examples_that_count_nothing_teach_nothing() -> None:
    wrong = [*RIGHT, *[False] * 40]
    rows = [*ROWS, *[array("i", [0])] * 40]
    one = logistic.fit(rows, wrong, [1.0] * len(ROWS) + [0.0] * 40, 3, 1.0)
    other = logistic.fit(ROWS, RIGHT, [1.0] * len(ROWS), 3, 1.0)
    assert np.allclose(one, other, atol=1e-3)


def test_a_table_names_signs_in_order_and_leaves_out_light_ones() -> None:
    found = logistic.named(np.array([0.5, 0.01, -0.3, 1.2345]), {"b": 0, "c": 1, "a": 2}, 0.02)
    assert list(found.items()) == [("", 1.234), ("a", -0.3), ("b", 0.5)]
