"""Where a service and the suite differ, with the reason of each: the list must be right both ways."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.conformance.manifest import BASE, Case
from tests.conformance.running import Outcome

LISTED: Final = Path(__file__).with_name("differences.tsv")
BOTH: Final = "both"

Reasons = Mapping[tuple[str, str], str]
"""The reason, by name of the service and IRI of the test."""


def reasons(services: Sequence[str], path: Path = LISTED) -> Reasons:
    """Read the list for these services; an entry for ``both`` is one for each of them."""
    found: dict[tuple[str, str], str] = {}
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t"):
            assert row["reason"].strip(), f"{path.name}: {row['test']} has no reason"
            for service in services if row["service"] == BOTH else [row["service"]]:
                key = service, BASE + row["test"]
                assert key not in found, f"{path.name}: {row['test']} is listed twice for {service}"
                found[key] = row["reason"]
    return found


def complaints(service: str, outcomes: Iterable[Outcome], listed: Reasons) -> list[str]:
    """Return what is wrong with the list: a test that fails unlisted, and one that is listed and passes."""
    found = []
    for outcome in outcomes:
        reason = listed.get((service, outcome.case.iri))
        if not outcome.passed and reason is None:
            found.append(f"{short(outcome)} fails and is not listed: {outcome.why}")
        if outcome.passed and reason is not None:
            found.append(f"{short(outcome)} passes, but is listed as failing: {reason}")
    return [f"{service}: {each}" for each in found]


def unknown(listed: Reasons, cases: Iterable[Case]) -> list[str]:
    """Return what is wrong with the list: an entry for a test that the suite does not have."""
    strange = {iri for _, iri in listed} - {case.iri for case in cases}
    return [f"{iri.removeprefix(BASE)} is listed, but is no test of the suite" for iri in sorted(strange)]


def short(outcome: Outcome) -> str:
    """Return a test's IRI without what all of them share."""
    return outcome.case.iri.removeprefix(BASE)
