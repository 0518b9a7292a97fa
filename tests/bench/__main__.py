"""Print the speed ratios: ``python -m tests.bench FOLDER``; see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kb.store.snapshots import Layout
from tests.bench.casting import Stage
from tests.bench.figures import Figure, as_json, as_table, ratio
from tests.bench.latency import cold, warm
from tests.bench.load import LoadFailed
from tests.bench.ratios import FORMS, Unequal, large, median_of, repeated, small
from tests.bench.servers import legation, oxigraph, rdflib_endpoint, triples_file
from tests.bench.world import world_of

PARTS: Final = ("small", "questions", "large", "rdflib", "latency")
_LARGER: Final = 3_000_000
"""From so many triples on, the bar of ten million holds for a question's time."""


def main(arguments: list[str]) -> int:
    """Measure what was asked for and print it; 1 where ``--check`` was given and a bar is missed."""
    chosen = _parser().parse_args(arguments)
    base: Path = chosen.folder
    location = base.with_name(f"{base.name}.oxigraph")
    if not (base / "current").is_file() or not location.is_dir():
        print(f"{base}: no base that `python -m tests.bench.data {base}` made", file=sys.stderr)
        return 2
    run = _Run(base, location, chosen.seconds, chosen.rounds, chosen.times, not chosen.no_cold)
    before = os.getloadavg()
    figures: list[Figure] = []
    try:
        for part in PARTS:
            if part in (chosen.only or PARTS):
                for figure in run.part(part):
                    figures.append(figure)
                    print(as_table([figure]).splitlines()[-1], file=sys.stderr, flush=True)
    except (LoadFailed, Unequal, RuntimeError) as error:
        print(f"{part}: {error}", file=sys.stderr)
        return 2
    about = {
        "triples": run.triples,
        "processors": os.cpu_count(),
        "load before": [round(each, 2) for each in before],
        "load after": [round(each, 2) for each in os.getloadavg()],
        "seconds": chosen.seconds,
        "rounds": chosen.rounds,
    }
    if chosen.format == "json":
        print(as_json(figures, about))
    else:
        print("\n".join(f"{name}: {value}" for name, value in about.items()), as_table(figures), sep="\n\n")
    return 1 if chosen.check and any(figure.missed for figure in figures) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="made by python -m tests.bench.data")
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given more than once")
    parser.add_argument("--seconds", type=float, default=2, help="of each turn of a server, default 2")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each server, default 3")
    parser.add_argument("--times", type=int, default=40, help="requests a question, default 40")
    parser.add_argument("--no-cold", action="store_true", help="leave out the first answers of fresh servers")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    parser.add_argument("--check", action="store_true", help="exit code 1 where a bar is missed")
    return parser


class _Run:
    """One run over one base."""

    def __init__(
        self, base: Path, location: Path, seconds: float, rounds: int, times: int, with_cold: bool
    ) -> None:
        self.base, self.location = base, location
        self.seconds, self.rounds, self.times, self.with_cold = seconds, rounds, times, with_cold
        layout = Layout(base.absolute())
        current = layout.current()
        assert current is not None
        store = Store.read_only(str(layout.snapshot(current.number)))
        self.stage = Stage(world_of(store), random.Random(7), evenness=0.0)
        del store
        with oxigraph(location) as server:
            counted = server.get(server.target("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[2]
        self.triples = int(json.loads(counted)["results"]["bindings"][0]["n"]["value"])

    def part(self, name: str) -> Iterator[Figure]:
        """Measure one part."""
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "small": self._small,
            "questions": self._questions,
            "large": self._large,
            "rdflib": self._rdflib,
            "latency": self._latency,
        }
        yield from parts[name]()

    def _small(self) -> Iterator[Figure]:
        with legation(self.base) as ours, oxigraph(self.location) as theirs:
            found = small(ours, theirs, self.stage, self.seconds, self.rounds)
        yield ratio("ad hoc query of 10 rows / Oxigraph", *found, 0.12, 0.3)

    def _questions(self) -> Iterator[Figure]:
        with legation(self.base) as ours, oxigraph(self.location) as theirs:
            every = list(_told(repeated(ours, theirs, self.seconds, self.rounds)))
        yield median_of(every, 0.2, 1.0)
        yield from every

    def _large(self) -> Iterator[Figure]:
        with legation(self.base) as ours, oxigraph(self.location) as theirs:
            for form in FORMS:
                found = large((ours, theirs), form, max(5, self.rounds))
                bar, aim = (0.85, 0.95) if form == "JSON" else (None, None)
                yield ratio(f"100,000 rows, {form} / Oxigraph", found[0], found[1], bar, aim)

    def _rdflib(self) -> Iterator[Figure]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "default.nt"
            triples_file(self.location, file)
            with (
                legation(self.base) as ours,
                rdflib_endpoint(file) as theirs,
                oxigraph(self.location) as third,
            ):
                found = small(ours, theirs, self.stage, self.seconds, self.rounds)
                yield ratio("ad hoc query of 10 rows / rdflib-endpoint", *found, 2.0, None)
                for form in ("JSON", "XML"):
                    rates = large((ours, theirs, third), form, self.rounds)
                    note = f"Oxigraph's own server: {ratio('', rates[2], rates[1], None, None).value:.1f}"
                    name = f"100,000 rows, {form} / rdflib-endpoint"
                    yield ratio(name, rates[0], rates[1], 10.0, None, note)

    def _latency(self) -> Iterator[Figure]:
        first = cold(self.base) if self.with_cold else {}
        bar, aim = (200.0, 50.0) if self.triples < _LARGER else (700.0, 300.0)
        yield from warm(self.base, self.stage, self.times, bar, aim, first)


def _told(figures: Iterator[Figure]) -> Iterator[Figure]:
    """Pass figures on, each told of on standard error at once: many of them take a while."""
    for figure in figures:
        print(f"{figure.name}: {figure.value:.2f}", file=sys.stderr, flush=True)
        yield figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
