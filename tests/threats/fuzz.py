"""Send the service what is nearly right, for a while: ``python -m tests.threats.fuzz --minutes 10``.

Prints how many answers had which status. A 500, a 502 and an answer that takes more than a second over the
query's limit are failures; each failing request is kept as a file of bytes, to be sent again by --replay, and
the server's log beside them. Where nothing fails, nothing is written.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kb.queries import questions
from kb.resources import ROOT
from tests.queries.toy import toy_store
from tests.threats.mutations import Mutator, Shot
from tests.threats.serving import Served, serving
from tests.threats.wire import Got, exchange

LIMIT: Final = 2.0
"""Seconds that the server gives a query."""
OVER: Final = 1.0
BROKEN: Final = frozenset({500, 502})
LEAKS: Final = (b"Traceback", b"site-packages", str(ROOT).encode(), b"Werkzeug", b".py", b"pyoxigraph")
"""What no error may say: a stack, a path, a part and its version."""
_W3C: Final = ROOT.parent / "shared/suites/w3c-sparql11"
UNRATED: Final = {"LEGATION_QUERY_SECONDS": str(LIMIT)}


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    folder: Path
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, shot: Shot, got: Got, limit: float) -> None:
        """Count an answer, and keep the request that it failed."""
        if got.fault and not shot.whole:
            got = Got(0, 0.0)
        why = got.fault or (f"status {got.status}" if got.status in BROKEN else "")
        why = why or (f"took {got.seconds:.1f} s" if got.seconds > limit else "")
        if got.status >= 400 and any(leak in got.body for leak in LEAKS):
            why = why or "its error says too much"
        with self._lock:
            self.counts[shot.target, got.status] += 1
            self.slowest = max(self.slowest, got.seconds)
            if why:
                kept = self.keep(f"{len(self.failures):04}-{shot.target}.http", shot.request)
                self.failures.append(f"{why}: {kept}: {got.body[:100]!r}")

    def keep(self, name: str, content: bytes) -> Path:
        """Write a file into the folder, which is made for the first one; return its path."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        return path


def corpus() -> list[str]:
    """Return the queries to begin from: ours, and those of the W3C where they stand beside the project."""
    found = [question.sparql for question in questions().values()]
    found += ["SELECT * WHERE { ?s ?p ?o } LIMIT 10", "ASK { ?s a ?c }", "DESCRIBE <http://a.example/>"]
    if _W3C.is_dir():
        found += [path.read_text("utf-8", "replace") for path in sorted(_W3C.rglob("*.r[qu]"))]
    return found


def fuzz(
    place: tuple[str, int], tally: Tally, *, seconds: float, seed: int, limit: float, threads: int = 4
) -> None:
    """Send requests from several threads until the time is up."""
    end = time.monotonic() + seconds
    texts, asked = corpus(), list(questions().values())

    def work(number: int) -> None:
        mutator = Mutator(random.Random(f"{seed}-{number}"), texts, asked)
        while time.monotonic() < end:
            shot = mutator.shot()
            try:
                got = exchange(place, shot.request, limit, shot.method)
            except OSError as error:
                got = Got(0, 0.0, fault=f"no connection: {error}")
            tally.add(shot, got, limit)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def report(tally: Tally) -> str:
    """Return the counts and the failures as text."""
    counted, total = sorted(tally.counts.items()), sum(tally.counts.values())
    lines = [f"{target:10} {status:>3} {number:>8,}" for (target, status), number in counted]
    lines.append(f"{total:,} requests, slowest {tally.slowest:.2f} s, {len(tally.failures)} failures")
    return "\n".join([*lines, *tally.failures[:50]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print, return 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=4, help="how many clients")
    parser.add_argument("--store", type=Path, help="a store's folder; without: the toy base")
    parser.add_argument("--kept", type=Path, default=Path("fuzz-failures"), help="where failing requests go")
    parser.add_argument("--replay", type=Path, nargs="*", help="send these files instead")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder, "store")
        if chosen.store is None:
            toy_store(store).close()
        with serving(store, **UNRATED) as served:
            if chosen.replay:
                return _replayed(served, chosen.replay)
            tally = Tally(chosen.kept)
            seconds, threads = chosen.minutes * 60, chosen.threads
            fuzz(served.place, tally, seconds=seconds, seed=chosen.seed, limit=LIMIT + OVER, threads=threads)
            alive = served.process.poll() is None
            failed = bool(tally.failures) or not alive
            if failed:
                tally.keep("server.log", served.log.read_bytes())
    print(report(tally))
    return 1 if failed else 0


def _replayed(served: Served, files: Sequence[Path]) -> int:
    for path in files:
        request = path.read_bytes()
        got = exchange(served.place, request, LIMIT + OVER, request.partition(b" ")[0].decode("latin-1"))
        print(f"{path}: {got.status} {got.fault} in {got.seconds:.2f} s: {got.body[:300]!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
