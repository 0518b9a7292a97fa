"""The table of a run, and what the run has to say beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tests.conformance.differences import Reasons, short
from tests.conformance.manifest import SUITES
from tests.conformance.running import Outcome

Run = Mapping[str, Sequence[Outcome]]
"""What came of the tests, by name of the service; each has the same tests."""

_APART: Final = ("federation",)
"""Suites that do not count in the sum: what they find rests on other services."""


_NOT_HELD: Final = (*_APART, "syntax")
"""Suites in which another service may be ahead: what is refused unread is not told from what is malformed."""


def table(run: Run) -> str:
    """Return passed and total, suite by suite."""
    width = max(map(len, (*SUITES, *run)))
    lines = ["  ".join([f"{'suite':<{width}}", *(f"{name:>{width}}" for name in run)])]
    for suite in SUITES:
        cells = [figure([o for o in outcomes if o.case.suite == suite]) for outcomes in run.values()]
        if cells[0] != "0/0":
            name = f"({suite})" if suite in _APART else suite
            lines.append("  ".join([f"{name:<{width}}", *(f"{cell:>{width}}" for cell in cells)]))
    sums = [figure([o for o in outcomes if o.case.suite not in _APART]) for outcomes in run.values()]
    lines.append("  ".join([f"{'all':<{width}}", *(f"{cell:>{width}}" for cell in sums)]))
    return "\n".join(lines)


def figure(outcomes: Sequence[Outcome]) -> str:
    """Return ``passed/total``."""
    return f"{sum(outcome.passed for outcome in outcomes)}/{len(outcomes)}"


def differing(run: Run, listed: Reasons) -> Iterator[str]:
    """Yield a line for each test that some service fails: who fails it, and the reason that is listed."""
    for outcomes in zip(*run.values(), strict=True):
        failed = [name for name, outcome in zip(run, outcomes, strict=True) if not outcome.passed]
        reasons = {listed.get((name, outcomes[0].case.iri), "NOT LISTED") for name in failed}
        if failed:
            yield f"{short(outcomes[0])} [{', '.join(failed)}]: {'; '.join(sorted(reasons))}"


def behind(run: Run, ours: str) -> list[str]:
    """Return the suites, of those that are held, of which another service passes more than ours."""
    found = []
    for suite in (suite for suite in SUITES if suite not in _NOT_HELD):
        passed = {
            name: sum(o.passed for o in outcomes if o.case.suite == suite) for name, outcomes in run.items()
        }
        found += [
            f"{suite}: {name} passes {count}, {ours} {passed[ours]}"
            for name, count in passed.items()
            if count > passed[ours]
        ]
    return found


def records(run: Run) -> str:
    """Return what was sent and answered in every test that failed, for whoever is to mend it."""
    parts = [
        f"=== {name}: {outcome.case.iri}\n{outcome.why}\n\n{outcome.record}\n"
        for name, outcomes in run.items()
        for outcome in outcomes
        if not outcome.passed
    ]
    return "\n".join(parts)
