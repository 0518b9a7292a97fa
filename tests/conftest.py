"""How the tests are kept honest: a skip whose reason is not on the list fails the run.

Fixtures build a tiny invented world (tests/world); nothing in it is true of real states. Tests of real
texts use the bundled dispatches, which are always there; tests of ../shared skip where it is absent.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

ALLOWED = Path(__file__).with_name("allowed_skips.tsv")
_skipped: list[tuple[str, str]] = []


def allowed_reasons(in_ci: bool) -> tuple[str, ...]:
    """Return the beginnings of the reasons that a skip may give here."""
    with ALLOWED.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert rows, f"{ALLOWED} lists nothing"
    return tuple(row["reason begins with"] for row in rows if not in_ci or row["where"] == "anywhere")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        _skipped.append((report.nodeid, report.longrepr[2].removeprefix("Skipped: ")))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    allowed = allowed_reasons(in_ci=os.environ.get("CI") == "true")
    offenders = [(node, reason) for node, reason in _skipped if not reason.startswith(allowed)]
    for node, reason in offenders:
        print(f"\nSKIP NOT ON THE LIST ({ALLOWED.name}): {node}: {reason}")
    if offenders and exitstatus == 0:
        session.exitstatus = 1
