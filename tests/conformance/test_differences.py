"""The list of differences is held in both directions, and the comparison with another service too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.differences import complaints, reasons, unknown
from tests.conformance.manifest import BASE, DescriptionCase
from tests.conformance.report import behind, differing, table
from tests.conformance.running import Outcome


def outcome(name: str, why: str = "", suite: str = "protocol") -> Outcome:
    return Outcome(DescriptionCase(BASE + name, suite), why)


def listed(folder: Path, *rows: str) -> Path:
    path = folder / "differences.tsv"
    path.write_text("\n".join(["test\tservice\treason", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_failure_that_is_not_listed_is_complained_of(tmp_path: Path) -> None:
    known = reasons(["ours", "theirs"], listed(tmp_path, "a#1\tours\tbecause"))
    assert complaints("ours", [outcome("a#1", "no"), outcome("a#2")], known) == []
    assert complaints("theirs", [outcome("a#1", "no")], known) == ["theirs: a#1 fails and is not listed: no"]


def test_an_entry_that_no_longer_holds_is_complained_of(tmp_path: Path) -> None:
    known = reasons(["ours"], listed(tmp_path, "a#1\tboth\tbecause"))
    assert complaints("ours", [outcome("a#1")], known) == [
        "ours: a#1 passes, but is listed as failing: because"
    ]


def test_an_entry_for_no_test_at_all_is_complained_of(tmp_path: Path) -> None:
    known = reasons(["ours"], listed(tmp_path, "a#1\tours\tbecause"))
    assert unknown(known, [outcome("a#2").case]) == ["a#1 is listed, but is no test of the suite"]
    assert unknown(known, [outcome("a#1").case]) == []


@pytest.mark.parametrize("rows", [("a#1\tours\t ",), ("a#1\tours\tx", "a#1\tboth\ty")])
def test_an_entry_without_a_reason_or_for_a_second_time_is_refused(
    tmp_path: Path, rows: tuple[str, ...]
) -> None:
    with pytest.raises(AssertionError, match="a#1"):
        reasons(["ours"], listed(tmp_path, *rows))


def test_whoever_is_behind_in_any_suite_is_told() -> None:
    ours = [outcome("a#1"), outcome("a#2", "no"), outcome("b#1", suite="query")]
    theirs = [outcome("a#1"), outcome("a#2"), outcome("b#1", "no", suite="query")]
    assert behind({"ours": ours, "theirs": theirs}, "ours") == ["protocol: theirs passes 2, ours 1"]


def test_the_table_and_the_lines_under_it_name_every_difference() -> None:
    run = {
        "ours": [outcome("a#1", "no"), outcome("s#1", "no", "federation")],
        "theirs": [outcome("a#1"), outcome("s#1", suite="federation")],
    }
    assert [line.split() for line in table(run).splitlines()] == [
        ["suite", "ours", "theirs"],
        ["protocol", "0/1", "1/1"],
        ["(federation)", "0/1", "1/1"],
        ["all", "0/1", "1/1"],
    ]
    assert list(differing(run, {("ours", f"{BASE}a#1"): "because"})) == [
        "a#1 [ours]: because",
        "s#1 [ours]: NOT LISTED",
    ]
