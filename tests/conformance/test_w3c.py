"""The W3C's own tests, on a fresh workbench and on Oxigraph's server in the same run."""

from __future__ import annotations

from functools import cache

import pytest

from tests.conformance.__main__ import DATA, outcomes
from tests.conformance.differences import complaints, reasons, unknown
from tests.conformance.manifest import cases
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
