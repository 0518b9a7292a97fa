"""Which curated entity bears a name: an index of canonical and other names, by kind of thing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from kb import plain_cache, reference
from kb.namespaces import LG, expand
from kb.reading import folding
from kb.reading.folding import name_key as name_key
from kb.settings import Settings
from kb.terms import RDF_TYPE, RDFS_LABEL, lg

_SUBCLASS: Final = NamedNode(expand("rdfs:subClassOf"))
_NONE: Final[frozenset[str]] = frozenset()
_ALT_LABEL: Final = NamedNode(expand("skos:altLabel"))


class _Tables(NamedTuple):
    classes: dict[str, frozenset[str]]
    canonical: dict[str, tuple[str, ...]]
    other: dict[str, tuple[str, ...]]
    seats: dict[str, str]


class KnownNames:
    """Finds the one curated entity of some class that bears a name."""

    def __init__(self, store: Store) -> None:
        self._classes, self._canonical, self._other, self._seats = _tables(store)

    @classmethod
    def of_reference(cls, cache: Path) -> KnownNames:
        """Return the names of the reference data, kept in a folder until the data change."""
        known = cls.__new__(cls)
        path = cache / plain_cache.file_name("names", _version())
        kept = plain_cache.read(path)
        if not isinstance(kept, tuple) or len(kept) != len(_Tables._fields):
            kept = tuple(_tables(reference.load()))
            plain_cache.write(path, kept)
        known._classes, known._canonical, known._other, known._seats = kept
        return known

    def find(self, name: str, classes: Iterable[str]) -> str | None:
        """Return the IRI of the one entity of these lg: classes that is called so.

        A canonical name goes before another name; None where no entity or more than one fits.
        """
        wanted = set(classes)
        for index in (self._canonical, self._other):
            fitting = {iri for iri in index.get(name_key(name), ()) if wanted & self._classes.get(iri, _NONE)}
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
    return KnownNames.of_reference(Settings.from_environment().cache_folder)


def _version() -> str:
    digest = hashlib.sha256(reference.version().encode())
    for path in (Path(__file__), Path(folding.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _tables(store: Store) -> _Tables:
    seats = {
        quad.subject.value: quad.object.value
        for quad in store.quads_for_pattern(None, lg("seatOf"), None)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
    return _Tables(_classes(store), _index(store, RDFS_LABEL), _index(store, _ALT_LABEL), seats)


def _index(store: Store, predicate: NamedNode) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for quad in store.quads_for_pattern(None, predicate, None):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
            continue
        if (quad.object.language or "en") == "en":
            found.setdefault(name_key(quad.object.value), set()).add(quad.subject.value)
    return {key: tuple(sorted(iris)) for key, iris in found.items()}


def _classes(store: Store) -> dict[str, frozenset[str]]:
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
    kinds: dict[frozenset[str], frozenset[str]] = {}  # few, and each is kept once
    frozen = ((one, frozenset(classes)) for one, classes in found.items())
    return {one: kinds.setdefault(classes, classes) for one, classes in frozen}


def _above(start: str, parents: dict[str, set[str]]) -> set[str]:
    seen, queue = {start}, [start]
    while queue:
        fresh = parents.get(queue.pop(), set()) - seen
        seen |= fresh
        queue.extend(fresh)
    return seen
