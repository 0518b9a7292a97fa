"""The W3C's own tests, on a fresh workbench and on Oxigraph's server in the same run."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kb.resources import ROOT
from tests.conformance.__main__ import DATA, outcomes
from tests.conformance.differences import complaints, reasons, unknown
from tests.conformance.manifest import SUITES, cases
from tests.conformance.report import Run, behind, figure
from tests.conformance.starting import LEGATION, OXIGRAPH

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.exists(), reason="needs ../shared: the W3C's tests of SPARQL 1.1"),
]
NAMES = [LEGATION, OXIGRAPH]


@cache
def found() -> Run:
    return outcomes([case for case in cases(DATA) if case.suite != "federation"], DATA, NAMES)


@pytest.mark.parametrize(
    ("suite", "passed"),
    [("protocol", "34/34"), ("graph-store-protocol", "13/13"), ("service-description", "3/3")],
)
def test_every_test_of_the_protocols_passes(suite: str, passed: str) -> None:
    assert figure([outcome for outcome in found()[LEGATION] if outcome.case.suite == suite]) == passed


def test_oxigraphs_own_server_is_nowhere_ahead() -> None:
    assert behind(found(), LEGATION) == []


@pytest.mark.parametrize("name", NAMES)
def test_each_difference_is_listed_with_its_reason_and_no_other(name: str) -> None:
    assert complaints(name, found()[name], reasons(NAMES)) == []


def test_what_is_listed_is_a_test_of_the_suite() -> None:
    assert unknown(reasons(NAMES), cases(DATA)) == []


def test_the_page_tells_these_figures() -> None:
    text = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
    told = re.findall(r"(?m)^\| .+ \| (\d+) of (\d+) \| (\d+) \|$", text)
    assert len(told) == len(SUITES)
    for suite, (ours, total, theirs) in zip(SUITES, told, strict=True):
        if suite == "federation":
            continue  # it needs other services, which these tests do not start
        figures = [
            figure([outcome for outcome in found()[name] if outcome.case.suite == suite]) for name in NAMES
        ]
        assert (suite, figures) == (suite, [f"{ours}/{total}", f"{theirs}/{total}"])
