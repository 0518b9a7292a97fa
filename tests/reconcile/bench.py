"""How fast the reconciliation service answers on one core, and how often the right entity comes first.

    python -m tests.reconcile.bench

serves the bundled reference data in this process, pinned to one core, and sends batches through Flask's test
client, as OpenRefine does: first 300 perturbed names (letters off, other order, other script), a hundred of
each, then the same with a type and with a property beside them. The names are drawn at random with a seed of
their own, on which nothing was tuned.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient

from api import create_app
from api.reconcile.types import DEFAULTS
from kb import reference
from kb.entities.name_index_source import Names
from kb.namespaces import BASE
from kb.settings import Settings
from kb.store import GraphChange, Store, open_store
from kb.terms import graph
from tests.entities.name_index_bench import Asked, draw, real_names

SEED: Final = 20260314
OF_EACH: Final = 100
WAYS: Final[Mapping[str, str]] = {"edits": "letters off", "order": "other order", "script": "other script"}
BATCH: Final = 10
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many names the right entity came first, and of how many it was marked as a match."""

    asked: int = 0
    first: int = 0
    marked: int = 0
    marked_right: int = 0

    def with_one(self, first: bool, marked: bool) -> Tally:
        return Tally(
            self.asked + 1, self.first + first, self.marked + marked, self.marked_right + (first and marked)
        )


def perturbed(names: Names, seed: int = SEED, of_each: int = OF_EACH) -> list[Asked]:
    """Return so many perturbed names of each way."""
    drawn = draw(names, seed, 12 * of_each)
    found = [[one for one in drawn if one.way == way][:of_each] for way in WAYS]
    return [one for several in found for one in several]


@contextmanager
def reference_client(folder: Path) -> Iterator[FlaskClient]:
    """Serve ontology and reference data from a new store in a folder."""
    with open_store(str(folder / "store")) as store:
        fill(store)
        yield create_app(store, _settings(folder)).test_client()


def fill(store: Store) -> None:
    """Let a store hold the ontology and the bundled reference data."""
    store.commit(
        [
            GraphChange(graph("ontology"), reference.ontology_triples()),
            GraphChange(graph("reference"), reference.reference_triples()),
        ]
    )


def _settings(folder: Path) -> Settings:
    return Settings(cache=str(folder / "cache"), requests_per_second=0)


def send(client: FlaskClient, queries: Sequence[Mapping[str, object]]) -> list[list[Mapping[str, object]]]:
    """Return the candidates for each query, sent in one batch."""
    batch = {f"q{number}": query for number, query in enumerate(queries)}
    response = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code == 200, response.text
    answer = json.loads(response.data)
    return [answer[key]["result"] for key in batch]


def tallies(
    client: FlaskClient, asked: Sequence[Asked], queries: Sequence[Mapping[str, object]]
) -> dict[str, Tally]:
    """Return a tally for each way, and one of all."""
    found: dict[str, Tally] = defaultdict(Tally)
    for start in range(0, len(asked), BATCH):
        results = send(client, queries[start : start + BATCH])
        for one, candidates in zip(asked[start : start + BATCH], results, strict=True):
            first = bool(candidates) and BASE + str(candidates[0]["id"]) == one.iri
            marked = bool(candidates) and candidates[0]["match"] is True
            for way in (one.way, "all"):
                found[way] = found[way].with_one(first, marked)
    return found


def rate(client: FlaskClient, queries: Sequence[Mapping[str, object]]) -> tuple[float, list[float]]:
    """Return how many queries a second were answered, and the seconds of each batch, sorted."""
    took = []
    for _ in range(_ROUNDS):
        for start in range(0, len(queries), BATCH):
            began = time.perf_counter()
            send(client, queries[start : start + BATCH])
            took.append(time.perf_counter() - began)
    return _ROUNDS * len(queries) / sum(took), sorted(took)


def forms_of_query(asked: Sequence[Asked], names: Names) -> dict[str, list[dict[str, object]]]:
    """Return the names as queries: bare, with their type as a preference, and with their state too."""
    entities = {entity.iri: entity for entity, _ in names.entities}
    plain: list[dict[str, object]] = [{"query": one.text} for one in asked]
    typed = [
        {**query, "type": DEFAULTS[entities[one.iri].kind], "type_strict": "should"}
        for query, one in zip(plain, asked, strict=True)
    ]
    states = [entities[one.iri].state for one in asked]
    stated = [
        {**query, "properties": [{"pid": "state", "v": state}]} if state else query
        for query, state in zip(typed, states, strict=True)
    ]
    return {"name": plain, "name, type": typed, "name, type, state": stated}


def main() -> None:
    """Print the bench."""
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    names = real_names()
    asked = perturbed(names)
    with tempfile.TemporaryDirectory() as folder, reference_client(Path(folder)) as client:
        began = time.perf_counter()
        while client.get("/reconcile/suggest/entity?prefix=a").status_code == 503:
            time.sleep(0.1)
        ready = time.perf_counter() - began
        print(f"{len(names.entities):,} entities, on core {core}; ready in {ready:.1f} s")
        for title, queries in forms_of_query(asked, names).items():
            print(title)
            for way, tally in tallies(client, asked, queries).items():
                right = f"right first {tally.first}/{tally.asked} = {tally.first / tally.asked:.3f}"
                marked = f"marked as match {tally.marked}, rightly {tally.marked_right}"
                print(f"  {WAYS.get(way, way):12} {right}; {marked}")
            each, took = rate(client, queries)
            median, p95 = (1000 * took[round(share * len(took)) - 1] for share in (0.5, 0.95))
            print(f"  {each:.0f} queries a second; batches of {BATCH}: median {median:.0f}, p95 {p95:.0f} ms")


if __name__ == "__main__":
    main()
