"""Each hygiene check finds exactly what is at fault in its own toy world, and nothing in a clean one."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.checks.hygiene import Check, check_hygiene, checks, read_check
from kb.errors import BadReference
from tests.checks.worlds import WORLDS, at_fault, world

CLEAN = WORLDS / "clean.trig"
GOOD = """#+ title: t
#+ wrong: w
#+ repair: r
#+ message: "{subject} is bad"
SELECT ?subject WHERE { ?subject a lg:Person }
"""


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_finds_exactly_what_is_at_fault_in_its_own_world(check: Check) -> None:
    path = WORLDS / f"{check.name}.trig"
    found = check.run(world(path))
    assert {finding.subject for finding in found} == at_fault(path) != set()


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_finds_nothing_in_a_clean_world(check: Check) -> None:
    assert check.run(world(CLEAN)) == ()


def test_every_world_belongs_to_a_check() -> None:
    assert {path.stem for path in WORLDS.iterdir()} == {check.name for check in checks()} | {"clean"}


def test_a_finding_says_what_is_wrong_and_what_repairs_it() -> None:
    (found,) = check_hygiene_of("wikidata-item-shared")
    assert found == (
        "fac:plant and org:plant both have wd:Q7",
        "Keep the link of the exact match; write the other as close or narrow into kb/data/links.sssom.tsv",
    )


def check_hygiene_of(name: str) -> list[tuple[str, str]]:
    report = check_hygiene(world(WORLDS / f"{name}.trig"))
    assert name in report.ran
    return [(found.message, found.repair) for found in report.findings if found.check == name]


def test_an_empty_store_is_an_error_and_not_clean() -> None:
    with pytest.raises(BadReference, match="the store is empty"):
        check_hygiene(ox.Store())


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#+ repair: r\n", "", "the header needs exactly"),
        ("#+ title: t", "#+ title: t\n#+ author: a", "the header needs exactly"),
        ("#+ title: t", "#+ title: [t", "parsing"),
        ("#+ title: t", "#+ title: 7", "the header needs exactly"),
        ("{subject} is", "{other} is", "does not select ?other"),
        ("SELECT ?subject", "SELECT ?thing", "does not select ?subject"),
        ("SELECT ?subject", "SELECT (?subject", "expected"),
        ("SELECT ?subject WHERE", "ASK", "not a SELECT"),
    ],
)
def test_a_check_that_breaks_a_rule_is_refused_by_name(
    old: str, new: str, problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "bad.rq"
    file.write_text(GOOD)
    assert read_check(file).name == "bad"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new))
    with pytest.raises(BadReference) as refused:
        read_check(file)
    assert problem in str(refused.value)
    assert str(file) in str(refused.value)
