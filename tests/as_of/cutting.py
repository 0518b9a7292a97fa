"""Ways to have the base of an earlier day, and to lay it beside one that never knew more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from pyoxigraph import DefaultGraph, NamedNode
from pyoxigraph import Store as Oxigraph

from kb.as_of.making import Made, make
from kb.as_of.source import Place
from kb.queries import Answer, answer, questions
from kb.queries.as_of import Past
from kb.store import Store, open_store
from kb.terms import Triple, graph, lg

DERIVED = tuple(map(graph, ("facts", "inferred", "prospective", "alleged", "contested", "meta")))
EVERY = 10**9
"""More claims than any base here has."""

Seen = dict[str, frozenset[Triple]]


@contextmanager
def cut(store: Store, day: date, most: int = EVERY) -> Iterator[tuple[Made, Path]]:
    """Give the folder of a store's base as of a day, and what is told of it."""
    with TemporaryDirectory() as folder:
        yield make(Place.of(store).open(), day, Path(folder), most), Path(folder)


@contextmanager
def past_of(store: Store, day: date) -> Iterator[Past]:
    """Give a store's base as of a day, open."""
    with cut(store, day) as (made, folder), open_store(str(folder)) as opened:
        yield Past(opened, made.known)


class Days:
    """The bases of one store as of several days, each made once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open = ExitStack()
        self._pasts: dict[date, Past] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def ask(self, day: str, name: str, **given: str) -> Answer:
        """Return the answer to a question as of a day, month or year."""
        given |= {"as_of": day}
        last = questions()[name].day(given)
        assert last is not None
        if last not in self._pasts:
            self._pasts[last] = self._open.enter_context(past_of(self.store, last))
        return answer(self.store, name, given, self._pasts[last])


def seen_in(folder: Path) -> Seen:
    """Return what stands in the default graph and in the derived ones of the base of an earlier day."""
    found = Oxigraph.read_only(str(folder / "snapshots" / "1"))

    def triples(name: NamedNode | DefaultGraph) -> Iterator[Triple]:
        return (quad.triple for quad in found.quads_for_pattern(None, None, None, name))

    return _seen(triples(DefaultGraph()), {name: triples(name) for name in DERIVED})


def seen_of(store: Store) -> Seen:
    """Return the same of a base."""
    return _seen(store.default_graph(), {name: store.graph(name) for name in DERIVED})


def _seen(asked: Iterable[Triple], graphs: dict[NamedNode, Iterable[Triple]]) -> Seen:
    found = {"asked": frozenset(asked)}
    # Which curated data a base stands on is its builder's business.
    found |= {
        name.value: frozenset(t for t in triples if t.predicate != lg("contentVersion"))
        for name, triples in graphs.items()
    }
    return found
