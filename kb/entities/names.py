"""Which curated entity bears a name: an index of canonical and other names, by kind of thing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kb import reference
from kb.namespaces import LG, expand
from kb.reading.folding import name_key as name_key
from kb.terms import RDF_TYPE, RDFS_LABEL, lg

_SUBCLASS: Final = NamedNode(expand("rdfs:subClassOf"))
_ALT_LABEL: Final = NamedNode(expand("skos:altLabel"))


class KnownNames:
    """Finds the one curated entity of some class that bears a name."""

    def __init__(self, store: Store) -> None:
        self._classes = _classes(store)
        self._canonical = _index(store, RDFS_LABEL)
        self._other = _index(store, _ALT_LABEL)
        self._seats = {
            quad.subject.value: quad.object.value
            for quad in store.quads_for_pattern(None, lg("seatOf"), None)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        }

    def find(self, name: str, classes: Iterable[str]) -> str | None:
        """Return the IRI of the one entity of these lg: classes that is called so.

        A canonical name goes before another name; None where no entity or more than one fits.
        """
        wanted = set(classes)
        for index in (self._canonical, self._other):
            fitting = {iri for iri in index.get(name_key(name), ()) if wanted & self._classes.get(iri, set())}
            if fitting:
                return fitting.pop() if len(fitting) == 1 else None
        return None

    def seated_at(self, name: str) -> str | None:
        """Return the IRI of the government whose seat is called so: "Kremlin" says what Russia's does."""
        seat = self.find(name, ("Facility",))
        return None if seat is None else self._seats.get(seat)

    def state(self, name: str) -> str | None:
        """Return the alpha-3 code of the state that is called so."""
        iri = self.find(name, ("State",))
        return None if iri is None else iri.removeprefix(expand("state:"))


@cache
def known_names() -> KnownNames:
    """Return the index of the reference data, made once."""
    return KnownNames(reference.load())


def _index(store: Store, predicate: NamedNode) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, predicate, None):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
            continue
        if (quad.object.language or "en") == "en":
            found.setdefault(name_key(quad.object.value), set()).add(quad.subject.value)
    return found


def _classes(store: Store) -> dict[str, set[str]]:
    """Return the local names of each entity's classes and of all that stand above them."""
    parents: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, _SUBCLASS, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            parents.setdefault(quad.subject.value, set()).add(quad.object.value)
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, RDF_TYPE, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            above = _above(quad.object.value, parents)
            found.setdefault(quad.subject.value, set()).update(one.removeprefix(LG) for one in above)
    return found


def _above(start: str, parents: dict[str, set[str]]) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        fresh = parents.get(queue.pop(), set()) - seen
        seen |= fresh
        queue.extend(fresh)
    return seen
