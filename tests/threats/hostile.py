"""Wear the real server out, and measure it: ``python -m tests.threats.hostile --store FOLDER``.

Each answer must come within its query's limit and a second; the memory of all processes together stays
under the bound that /settings states; a second client's small queries have a 95th percentile of at most
four times what it is without attack. Prints a row for each attack; the exit code is 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.queries.toy import toy_store
from tests.threats.attack import Limits, Outcome
from tests.threats.attacks import ATTACKS
from tests.threats.measuring import Watch, watching
from tests.threats.serving import Served, serving

COPYING = 120.0
"""Seconds in which the copy is made; without one, the files are attacked."""
TIMES: Final = 4
"""How many times its idle wait a second client may wait."""
FLOOR: Final = 0.005
"""Seconds below which an idle 95th percentile is noise of the clock."""
LEAST: Final = 2.0
"""Seconds that each attack goes on at least."""
AMONG_STRANGERS: Final = {"LEGATION_REQUESTS_EXEMPT": "192.0.2.0/24"}
"""This machine's addresses are clients like others."""
_UNASKED: Final = frozenset({500, 502})


@dataclass(frozen=True, slots=True)
class Row:
    """What one attack came to."""

    name: str
    statuses: str
    slowest: float
    memory: int
    p95: float
    faults: tuple[str, ...]


def judged(name: str, outcome: Outcome, seen: Watch, bound: int, idle: float) -> Row:
    """Hold an outcome against the bars."""
    faults = [outcome.fault] if outcome.fault else []
    late = [got for got in outcome.got if got.seconds > outcome.allowed or got.fault]
    if late:
        said = ", ".join(sorted({got.fault or f"{got.seconds:.1f} s" for got in late})[:3])
        faults.append(f"{len(late)} answers late or missing: {said}")
    broken = sum(got.status in _UNASKED for got in outcome.got)
    if broken:
        faults.append(f"{broken} answers of status 500")
    if seen.most > bound:
        faults.append(f"memory passes {bound / 1e6:,.0f} MB")
    if seen.p95 > TIMES * idle and not outcome.crowd:
        faults.append(f"small queries wait {seen.p95 / idle:.1f} times as long")
    if seen.faults:
        faults.append(f"{len(seen.faults)} small queries failed: {Counter(seen.faults).most_common(1)[0][0]}")
    counts = Counter(got.status for got in outcome.got)
    statuses = " ".join(
        f"{status}x{number}" if number > 1 else f"{status}" for status, number in counts.items()
    )
    slowest = max((got.seconds for got in outcome.got), default=0.0)
    return Row(name, statuses, slowest, seen.most, seen.p95, tuple(faults))


def run(
    served: Served, limits: Limits, bound: int, names: Iterable[str], *, least: float = LEAST
) -> list[Row]:
    """Attack a server with each of the named attacks; the first row is the idle server.

    Each attack goes on for at least so many seconds, and half as long is rested between two.
    """
    place, pid = served.place, served.process.pid
    with watching(place, pid):
        time.sleep(least)  # warm
    with watching(place, pid) as quiet:
        time.sleep(2 * least)
    idle = max(quiet.p95, FLOOR)
    rows = [Row("(idle)", "", 0.0, quiet.most, quiet.p95, tuple(quiet.faults[:1]))]
    for name in names:
        with watching(place, pid) as seen:
            outcome = _lasting(name, served, limits, least)
        rows.append(judged(name, outcome, seen, bound, idle))
        if served.process.poll() is not None:
            return [*rows, Row("the server ended", "", 0.0, 0, 0.0, ("it ended",))]
        time.sleep(least / 2)
    return rows


def _lasting(name: str, served: Served, limits: Limits, least: float) -> Outcome:
    """Attack again and again until others had time to notice."""
    end = time.monotonic() + least
    outcome = ATTACKS[name](served, limits)
    while time.monotonic() < end:
        more = ATTACKS[name](served, limits)
        got, fault = outcome.got + more.got, outcome.fault or more.fault
        outcome = replace(outcome, got=got, fault=fault)
    return outcome


def table(rows: Sequence[Row], bound: int) -> str:
    """Return the rows as text."""
    head = f"{'attack':30} {'statuses':24} {'slowest':>8} {'memory':>9} {'small p95':>10}"
    lines = [
        f"{row.name:30} {row.statuses[:24]:24} {row.slowest:7.2f}s {row.memory / 1e6:7,.0f}MB"
        f" {row.p95 * 1000:8.1f}ms  {'; '.join(row.faults) or 'held'}"
        for row in rows
    ]
    failed = sum(bool(row.faults) for row in rows)
    return "\n".join([head, *lines, f"bound {bound / 1e6:,.0f} MB; {failed} of {len(rows)} rows fail"])


def wait_for_copy(served: Served) -> None:
    """Wait until the server has its copy in memory: making it is no attack."""
    end = time.monotonic() + COPYING
    while time.monotonic() < end and b"legation_copy_current 1" not in served.send("GET", "/metrics").body:
        time.sleep(0.5)


def stated_bound(served: Served) -> int:
    """Return the bound of memory that the server states at /settings, in bytes; 0 where it states none."""
    answer = served.send("GET", "/settings", {"Accept": "application/json"})
    limits = json.loads(answer.body)["limits"] if answer.status == 200 else []
    return next((int(limit["value"]) for limit in limits if limit["name"] == "memory_bytes"), 0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store's folder; without: the toy base")
    parser.add_argument("--seconds", type=float, default=10, help="the limit of a query")
    parser.add_argument("--bound", type=int, help="bytes of memory, instead of what /settings states")
    parser.add_argument("--only", nargs="*", help="these attacks; without: all", choices=list(ATTACKS))
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder, "store")
        if chosen.store is None:
            toy_store(store).close()
        with serving(store, **AMONG_STRANGERS, LEGATION_QUERY_SECONDS=str(chosen.seconds)) as served:
            wait_for_copy(served)
            bound = chosen.bound or stated_bound(served)
            rows = run(served, Limits(chosen.seconds), bound, chosen.only or ATTACKS)
    print(table(rows, bound))
    return 1 if any(row.faults for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
