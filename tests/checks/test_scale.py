"""No check is slow on ten times the reference data of November 2026: a rule that compares all with all is.

Processor time, so that a busy machine does not matter. Idle, each rule takes less than half a second.
"""

from __future__ import annotations

import time

import pytest

from kb.checks.hygiene import checks
from tests.checks.multiplied import multiplied

TRIPLES = 300_000
"""Ten times what kb/data/reference held in November 2026, and a part of it later."""
SECONDS = 2.0
SHOWN = 5


def test_each_check_is_quick_on_300_000_triples(capsys: pytest.CaptureFixture[str]) -> None:
    data = multiplied(TRIPLES)
    took: dict[str, float] = {}
    for check in checks():
        began = time.process_time()
        check.run(data)
        took[check.name] = time.process_time() - began
    slowest = sorted(took.items(), key=lambda item: -item[1])[:SHOWN]
    with capsys.disabled():
        print(f"\n{len(took)} checks, {len(data):,} triples, {sum(took.values()):.1f} s; slowest:")
        print("".join(f"  {seconds:.2f} s {name}\n" for name, seconds in slowest), end="")
    assert {name for name, seconds in took.items() if seconds > SECONDS} == set()
