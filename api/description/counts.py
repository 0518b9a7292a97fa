"""How much of what there is in a store, by bounded queries in the background, once for each version.

A count that does not come within its time is left out and named; nothing is guessed. Who asks while the
counting goes on gets what is there, with the mark that it is not all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.querying.service import Service
from kb.errors import LegationError, StoreError
from kb.namespaces import shorten
from kb.pipeline.partitions import Partition
from kb.store import Store
from kb.store.binding import sparql_term
from kb.store.interface import Limits, Rows

WAIT: Final = 2.0
"""How long one who asks waits for the counts, in seconds."""
BUDGET: Final = 60.0
"""How long the counting of one version may take altogether, in seconds."""
MOST: Final = 5000
"""How many classes or properties are told."""
NAMED: Final = 5
"""How many classes are named whose properties are left out."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted; None or empty is what was not."""

    triples: int | None = None
    subjects: int | None = None
    entities: int | None = None
    """Things that have a class."""
    classes: tuple[tuple[str, int], ...] = ()
    properties: tuple[tuple[str, int], ...] = ()
    partitions: tuple[Partition, ...] = ()
    """Classes with their members, and their properties with statements and classes of values."""
    left_out: tuple[str, ...] = ()
    """What could not be counted in time, or was too much to be told."""
    done: bool = False


def counts(service: Service, wait: float = WAIT) -> Counts:
    """Return what is counted of the store's present version; starts the counting where none goes on."""
    counting = service.remembered(
        "description: counts", lambda store: _Counting(store, service.settings.query_seconds)
    )
    counting.start()
    counting.done.wait(wait)
    return counting.so_far


@dataclass(slots=True)
class _Counting:
    """The counting of one version: it begins with the first who asks, and never again."""

    store: Store
    seconds: float
    so_far: Counts = Counts()
    done: Event = field(default_factory=Event)
    _begun: bool = False
    _lock: Lock = field(default_factory=Lock)

    def start(self) -> None:
        with self._lock:
            if self._begun:
                return
            self._begun = True
        Thread(target=self._run, name="counts", daemon=True).start()

    def _run(self) -> None:
        end = monotonic() + BUDGET
        try:
            for title, step in _STEPS.items():
                try:
                    found = step(self._ask(end), self.so_far)
                except LegationError:
                    found = replace(self.so_far, left_out=(*self.so_far.left_out, title))
                self.so_far = found
        finally:
            self.so_far = replace(self.so_far, done=True)
            self.done.set()

    def _ask(self, end: float) -> Callable[[str], Rows]:
        def ask(query: str) -> Rows:
            left = min(self.seconds, end - monotonic())
            if left <= 0:
                raise StoreError("no time is left for it")
            return self.store.select(query, limits=Limits(left, MOST, 16_000_000))

        return ask


Ask = Callable[[str], Rows]


def _number(rows: Rows) -> int:
    return _int(rows.rows[0][0])


def _int(term: object) -> int:
    return int(term.value) if isinstance(term, Literal) else 0


def _counted(rows: Rows) -> tuple[tuple[str, int], ...]:
    pairs = ((term.value, _int(number)) for term, number in rows if isinstance(term, NamedNode))
    return tuple(sorted(pairs))


def _triples(ask: Ask, found: Counts) -> Counts:
    return replace(found, triples=_number(ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))


def _classes(ask: Ask, found: Counts) -> Counts:
    rows = ask("SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    return replace(found, classes=_counted(rows), left_out=_cut(found, rows, "some classes"))


def _properties(ask: Ask, found: Counts) -> Counts:
    rows = ask("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    return replace(found, properties=_counted(rows), left_out=_cut(found, rows, "some properties"))


def _entities(ask: Ask, found: Counts) -> Counts:
    return replace(found, entities=_number(ask("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }")))


def _subjects(ask: Ask, found: Counts) -> Counts:
    return replace(found, subjects=_number(ask("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")))


def _partitions(ask: Ask, found: Counts) -> Counts:
    """Take each class on its own, the small ones first: a few large ones cost more than all others."""
    parts: list[Partition] = []
    missed: list[str] = []
    for kind, number in sorted(found.classes, key=lambda pair: (pair[1], pair[0])):
        parts.append(Partition(kind, entities=number))
        try:
            parts += _of_class(ask, kind)
        except LegationError:
            missed.append(shorten(kind) or kind)
    told = missed if len(missed) <= NAMED else [*missed[-NAMED:], f"{len(missed) - NAMED} more classes"]
    left_out = (*found.left_out, f"properties of {', '.join(told)}") if missed else found.left_out
    parts.sort(key=lambda part: (part.of, part.property))
    return replace(found, partitions=tuple(parts), left_out=left_out)


def _of_class(ask: Ask, kind: str) -> list[Partition]:
    of = sparql_term(NamedNode(kind))
    values: dict[str, list[str]] = {}
    for name, value in ask(f"SELECT DISTINCT ?p ?v {{ ?s a {of} ; ?p ?o . ?o a ?v }}"):
        if isinstance(name, NamedNode) and isinstance(value, NamedNode):
            values.setdefault(name.value, []).append(value.value)
    return [
        Partition(kind, None, name, number, tuple(sorted(values.get(name, ()))))
        for name, number in _counted(ask(f"SELECT ?p (COUNT(*) AS ?n) {{ ?s a {of} ; ?p ?o }} GROUP BY ?p"))
    ]


def _cut(found: Counts, rows: Rows, title: str) -> tuple[str, ...]:
    return (*found.left_out, title) if rows.truncated else found.left_out


_STEPS: Final[dict[str, Callable[[Ask, Counts], Counts]]] = {
    "triples": _triples,
    "classes": _classes,
    "properties": _properties,
    "entities": _entities,
    "distinct subjects": _subjects,
    "properties by class": _partitions,
}
"""In the order of their worth; a later one may find no time left."""
