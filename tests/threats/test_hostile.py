"""A small hostile set against a small base; docs/security.md tells how to run the whole of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.toy import toy_store
from tests.threats.attack import Limits, Outcome
from tests.threats.attacks import ATTACKS
from tests.threats.hostile import AMONG_STRANGERS, judged, run, stated_bound, table
from tests.threats.measuring import Watch
from tests.threats.serving import serving
from tests.threats.wire import Got

QUICK = (
    "cross product, counted",
    "huge ORDER BY",
    "300 brackets deep",
    "query of 10 MB",
    "gzip bomb",
    "huge headers",
    "clients that leave",
    "200 crosses from 200 addresses",
)


def test_the_service_holds_out_and_so_does_a_second_client(tmp_path: Path) -> None:
    toy_store(tmp_path / "store").close()
    limits = Limits(seconds=1.0, clients=30, patience=2, idle=2)
    with serving(tmp_path / "store", **AMONG_STRANGERS, LEGATION_QUERY_SECONDS="1") as served:
        bound = stated_bound(served)
        rows = run(served, limits, bound, QUICK, least=0.5)
    assert bound
    # A machine that tests share is no place to hold small waits to a multiple of smaller ones.
    faults = [fault for row in rows for fault in row.faults if "times as long" not in fault]
    assert not faults, table(rows, bound)


def test_each_bar_finds_who_misses_it() -> None:
    late, broken = Got(504, 9.0), Got(500, 0.1)
    found = judged(
        "x", Outcome((late, broken), 3.0, "held"), Watch(10, [1.0], ["status 503"]), bound=5, idle=0.1
    )
    said = "; ".join(found.faults)
    for words in ("held", "1 answers late", "status 500", "memory passes", "10.0 times", "queries failed"):
        assert words in said
    good = judged("x", Outcome((Got(200, 1.0),), 3.0), Watch(5, [0.1], []), bound=5, idle=0.1)
    assert not good.faults


@pytest.mark.parametrize("name", ["slow readers", "slow headers", "slow bodies"])
def test_the_long_attacks_are_part_of_the_whole_set(name: str) -> None:
    assert name in ATTACKS
