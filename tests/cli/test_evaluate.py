"""``legation evaluate`` as a user runs it: scores, files, floors, faults."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.claims import read_jsonl
from kb.cli import cli
from kb.errors import ExtractorError
from kb.extractors import Together
from kb.records import Article, Claim
from tests.evaluation.desk import Json, gold_lines, write_folder, write_lines


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["evaluate", *map(str, words)], prog_name="legation")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "set")


@pytest.fixture
def right(tmp_path: Path) -> Path:
    """Return a run that says what the gold says, the optional line left out."""
    lines = [line for found in gold_lines().values() for line in found if not line["optional"]]
    return write_lines(tmp_path / "right.jsonl", lines)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Return a run with another agent, one claim less and one more."""
    lines: list[Json] = [gold_lines()["tour"][0] | {"agents": ["Abel Stone"]}, *gold_lines()["talks"][:2]]
    more = {"doc": "tour", "type": "Departure", "quote": "Quarry Bay"}
    return write_lines(tmp_path / "wrong.jsonl", [*lines, more])


def test_a_folder_alone_is_read_and_scored(folder: Path) -> None:
    done = run(folder, "--draws", 0)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "3 texts; claims: read now" in done.stdout
    assert "By dyad (F1, twelve event types)\ndyad     texts" in done.stdout


def test_texts_that_could_not_be_read_count_as_missed_and_fail_the_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_self: object, article: Article) -> list[Claim]:
        if article.doc == "sale":
            raise ExtractorError("no answer", place=article.doc)
        return []

    monkeypatch.setattr(Together, "read", fail)
    done = run(folder, "--draws", 0)
    assert done.exit_code == ExtractorError.exit_code
    assert "legation: sale counts as missed: sale: no answer" in done.stderr
    assert "1 of 3 texts were not read and count as missed" in done.stderr
    assert "3 texts; claims: read now" in done.stdout


def test_claims_made_elsewhere_are_scored(folder: Path, right: Path) -> None:
    done = run(folder, "--claims", right)
    assert done.exit_code == 0
    assert "core     1.000  1.000  1.000" in done.stdout
    assert "too few (below 30)" in done.stdout


def test_json_holds_the_tables_and_every_measure(folder: Path, wrong: Path) -> None:
    done = run(folder, "--claims", wrong, "--format", "json")
    found = json.loads(done.stdout)
    assert found["texts"] == 3
    assert found["measures"]["trigger"] == pytest.approx(2 / 3)
    assert {row["name"] for row in found["families"]} == {"herald", "desk"}
    assert all(row["too_few"] for row in found["types"])


def test_what_was_scored_can_be_saved_and_scored_again(folder: Path, right: Path, tmp_path: Path) -> None:
    saved = tmp_path / "saved.jsonl"
    first = run(folder, "--claims", right, "--save", saved)
    assert len(read_jsonl(saved)) == 4
    again = run(folder, "--claims", saved)
    assert again.stdout.replace(str(saved), str(right)) == first.stdout


def test_errors_are_written_one_a_line(folder: Path, wrong: Path, tmp_path: Path) -> None:
    run(folder, "--claims", wrong, "--errors", tmp_path / "errors.jsonl")
    found = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert [(each["type"], each["verdict"], each["differs"]) for each in found] == [
        ("Transfer", "missed", []),
        ("Visit", "core wrong", ["agents"]),
        ("Departure", "spurious", []),
    ]


def test_an_office_that_is_another_is_told_as_what_differs(folder: Path, tmp_path: Path) -> None:
    lines = [gold_lines()["talks"][0] | {"office": "Mayor of Quarry Bay"}]
    path = write_lines(tmp_path / "run.jsonl", lines)
    run(folder, "--claims", path, "--errors", tmp_path / "errors.jsonl")
    found = [json.loads(line) for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert ["office"] in [each["differs"] for each in found if each["verdict"] == "core wrong"]


def test_a_report_is_written_beside_the_tables(folder: Path, wrong: Path, tmp_path: Path) -> None:
    done = run(folder, "--claims", wrong, "--html", tmp_path / "report.html")
    assert "twelve event types" in done.stdout
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")


def test_a_missed_floor_gives_exit_code_1_and_says_by_how_much(folder: Path, wrong: Path) -> None:
    done = run(folder, "--claims", wrong, "--min", "core=.60", "--min", "standing.core=.9")
    assert done.exit_code == 1
    assert "MISSED: core is 0.3333, 0.2667 below its floor 0.6\n" in done.stderr
    assert "standing.core is 1.0000, at or above its floor 0.9\n" in done.stderr
    assert "1 of 2 floors missed" in done.stderr


def test_floors_that_hold_give_exit_code_0(folder: Path, right: Path) -> None:
    assert run(folder, "--claims", right, "--min", "core=1", "--min", "eleven.row.p=1").exit_code == 0


def test_a_floor_that_cannot_be_is_refused_before_anything_is_read(folder: Path) -> None:
    done = run(folder, "--min", "core=high")
    assert (done.exit_code, done.stdout) == (2, "")


def test_texts_that_the_folder_lacks_are_told(folder: Path, tmp_path: Path) -> None:
    lines = [gold_lines()["tour"][0], gold_lines()["tour"][0] | {"doc": "party"}]
    done = run(folder, "--claims", write_lines(tmp_path / "run.jsonl", lines))
    assert done.exit_code == 0
    assert "not scored, no such text in the folder: party" in done.stderr


def test_a_file_without_a_claim_is_told(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "--claims", write_lines(tmp_path / "run.jsonl", []))
    assert "holds no claim; all gold counts as missed" in done.stderr


def test_two_runs_are_compared_the_worse_first(folder: Path, wrong: Path, right: Path) -> None:
    done = run("compare", right, wrong, "--gold", folder)
    assert done.exit_code == 0
    assert "3 claims differ" in done.stdout
    assert "core     0       3      0\n" in done.stdout
    assert "Worse at the level core\n" in done.stdout
    assert "tour 0–31 Visit: changed (right → core wrong) “Ada Moor toured the Lower Works”" in done.stdout
    assert "      agents: Ada Moor → Abel Stone\n      gold agents: Ada Moor" in done.stdout
    assert "Departure: appeared (– → spurious)" in done.stdout
    assert "Transfer: vanished (right → –)" in done.stdout


def test_a_comparison_as_json_holds_both_sides_and_the_gold(folder: Path, wrong: Path, right: Path) -> None:
    done = run("compare", wrong, right, "--gold", folder, "--format", "json")
    found = json.loads(done.stdout)
    visit = next(each for each in found["changes"] if each["type"] == "Visit")
    assert (visit["slots"], visit["before"]["verdict"]) == (["agents"], "core wrong")
    assert visit["turns"] == {"trigger": "same", "core": "better", "full": "better", "row": "better"}
    assert visit["before"]["gold"]["agents"] == visit["after"]["claim"]["agents"] == ["Ada Moor"]


def test_bad_gold_is_one_clear_message_with_file_and_line(tmp_path: Path) -> None:
    lines = gold_lines()
    del lines["tour"][0]["via"]
    done = run(write_folder(tmp_path / "set", lines))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        f"legation: {tmp_path / 'set' / 'gold' / 'tour.jsonl'}:1: no key via. "
        "Write every key; null or [] where it is empty\n"
    )


def test_a_folder_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere").exit_code == 2


@pytest.mark.parametrize("option", ["--save", "--errors", "--html"])
def test_a_file_that_cannot_be_written_is_told_before_the_texts_are_read(
    folder: Path, tmp_path: Path, option: str
) -> None:
    done = run(folder, option, tmp_path / "nowhere" / "file")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no such folder. Make it" in done.stderr


def test_without_scipy_nothing_is_read_and_the_extra_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    done = run(folder)
    assert (done.exit_code, done.stdout) == (7, "")
    assert "pip install 'legation[evaluate]'" in done.stderr


def test_the_help_of_both_forms_says_how_they_are_called() -> None:
    assert "legation evaluate compare before.jsonl after.jsonl --gold my-texts" in run("--help").stdout
    assert "Usage: legation evaluate compare [OPTIONS] RUN_A RUN_B" in run("compare", "--help").stdout
