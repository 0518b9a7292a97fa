"""What the service knows of one state of the store: the index of names, and what is said of each entity."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Graph

from api.reconcile.ids import iri_of
from kb import reference
from kb.entities.minting import MINTED
from kb.entities.name_index import NameIndex
from kb.entities.name_index_cache import open_index
from kb.entities.name_index_records import Entity
from kb.namespaces import PREFIXES
from kb.store import Limits, Store
from kb.terms import RDFS_LABEL, Triple, graph, iri

_ALL: Final = Limits(seconds=120.0, rows=20_000_000, bytes=4_000_000_000)
"""A catalogue that lacks a part of the names would answer wrongly without a word."""
_SPARE: Final = frozenset(iri(name) for name in ("dct:source",))
"""What no answer needs."""
_REMEMBERED: Final = 20_000

Value = NamedNode | Literal
"""What a property leads to: a thing, or a text, number or date."""


@dataclass(frozen=True, slots=True)
class Current:
    """An entity in use, and the retired one that was asked for where that leads to it."""

    entity: Entity
    retired: Entity | None = None


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Names and statements of all entities, as they stood at one version of the store. Never changes."""

    version: str
    names: NameIndex
    said: Graph
    """What is said of entities and of their records (tenures, memberships, …), in its default graph."""
    _meanings: dict[object, dict[str, float]] = field(default_factory=dict)
    _bearers: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """For a property, who has each text as its value, once that was asked for."""
    proposals: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For a type, the properties that its members have, once they were asked for."""

    def current(self, iri: str | None) -> Current | None:
        """Return the entity of an IRI, the last successor of a retired one; None where none is known.

        A retired one that nothing replaces stands for itself.
        """
        first = self.names.entity(iri) if iri else None
        here, seen = first, set[str]()
        while here is not None and here.retired and here.successor and here.iri not in seen:
            seen.add(here.iri)
            here = self.names.entity(here.successor) or here
        if here is None:
            return None
        return Current(here, first if first is not None and first.retired else None)

    def at(self, identifier: str) -> Current | None:
        """Return what ``current`` does, for an identifier as a client writes it."""
        return self.current(iri_of(identifier))

    def values(self, subject: str, name: str) -> list[Value]:
        """Return the values of a property (an IRI) of a subject, sorted by how they are written."""
        found = self.said.quads_for_pattern(NamedNode(subject), NamedNode(name), None)
        return sorted((quad.object for quad in found if isinstance(quad.object, Value)), key=str)

    def subjects(self, name: str, value: str) -> list[str]:
        """Return the IRIs of what has a thing as a value of a property, sorted."""
        found = self.said.quads_for_pattern(None, NamedNode(name), NamedNode(value))
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, NamedNode))

    def bearing(self, name: str, text: str) -> list[str]:
        """Return the IRIs of what has a text as a value of a property, in whatever language or case."""
        known = self._bearers.get(name)
        if known is None:
            known = defaultdict(list)
            for quad in self.said.quads_for_pattern(None, NamedNode(name), None):
                if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
                    known[quad.object.value.casefold()].append(quad.subject.value)
            self._bearers[name] = known
        return sorted(set(known.get(text.casefold(), ())))

    def label(self, iri: str) -> str:
        """Return what a thing is called, in English where it has an English name, else its identifier."""
        entity = self.names.entity(iri)
        if entity is not None and entity.label:
            return entity.label
        texts = [value for value in self.values(iri, RDFS_LABEL.value) if isinstance(value, Literal)]
        best = min(texts, key=lambda text: ((text.language or "en") != "en", text.value), default=None)
        return best.value if best is not None else iri.removeprefix(PREFIXES["lg"])

    def meanings(self, text: str, kinds: frozenset[str]) -> dict[str, float]:
        """Return the entities that a value given in words may mean, by IRI, with scores from 0 to 100."""
        key = (text, kinds)
        known = self._meanings.get(key)
        if known is None:
            if len(self._meanings) >= _REMEMBERED:
                self._meanings.clear()
            found = self.names.find(text, kinds=kinds, limit=20)
            known = self._meanings[key] = {match.entity.iri: match.score for match in found}
        return known


def read_catalogue(store: Store, folder: Path | None) -> Catalogue:
    """Return the catalogue of a store's present content; the index of names is kept in ``folder``.

    Reads the curated graph and what was minted from texts. Raises StoreError where the store cannot be read,
    OSError where no folder at all can be written.
    """
    version = store.version()  # asked first: what changes while it is read is seen at the next look
    return catalogue_of(_content(store), version, folder)


def catalogue_of(content: Iterable[Triple], version: str, folder: Path | None) -> Catalogue:
    """Return the catalogue of triples of a version; see ``read_catalogue``."""
    triples = [one for one in content if one.predicate not in _SPARE]
    names = open_index(folder, lambda: [*reference.ontology_triples(), *triples], _digest(triples))
    said = Graph()
    said.extend(Quad(*triple) for triple in triples)
    return Catalogue(version, names, said)


def _content(store: Store) -> Iterator[Triple]:
    yield from store.graph(graph("reference"))
    yield from store.construct(MINTED, limits=_ALL)


def _digest(triples: Iterable[Triple]) -> str:
    """Return a text that is the same for the same triples in any order, with the ontology's version."""
    total = sum(
        int.from_bytes(hashlib.sha256(str(triple).encode()).digest()[:16], "big") for triple in set(triples)
    )
    return f"{reference.version()} {total % (1 << 128):032x}"
