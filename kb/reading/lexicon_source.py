"""Entities as the lexicon needs them, read from the store of ontology and reference data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kb.namespaces import LG, expand
from kb.reading.lexicon_records import Entry, Tenure

KIND_OF_CLASS: Final = (
    ("State", "state"),
    ("Government", "government"),
    ("Person", "person"),
    ("Office", "office"),
    ("Facility", "facility"),
    ("Settlement", "settlement"),
    ("Region", "region"),
    ("Outlet", "outlet"),
    ("Organisation", "organisation"),
    ("HardwareModel", "hardware"),
    ("Hardware", "hardware"),
    ("Vessel", "hardware"),
)
"""Class to kind of entry; the first that fits decides, so an outlet is no mere organisation."""

TO_STATE: Final = (
    "lg:nationality",
    "lg:ofState",
    "lg:governmentOf",
    "lg:organisationOf",
    "lg:stateOfOrigin",
    "lg:territoryOf",
    "lg:ofRegion",
    "lg:locatedIn",
    "lg:operator",
    "lg:maker",
    "lg:variantOf",
)
"""The ways from a thing to its state, the most direct first."""

_TO_SETTLEMENT: Final = ("lg:locatedIn", "lg:ofRegion")


@dataclass(frozen=True, slots=True)
class Named:
    """An entity with the names that its data give it, before any rule adds others."""

    entry: Entry
    names: tuple[str, ...]
    """Canonical first."""
    shorts: tuple[str, ...]
    demonyms: tuple[str, ...]
    designations: tuple[str, ...]


class Reference:
    """Reads entities, tenures and nouns from a store of ontology and reference data."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._types = self._table("rdf:type")
        self._parents = self._table("rdfs:subClassOf")

    def entities(self) -> Iterator[Named]:
        """Yield every entity that has a kind and an English name, in the order of their IRIs."""
        for iri in sorted(self._types):
            named = self._named(iri)
            if named is not None:
                yield named

    def tenures(self) -> Iterator[Tenure]:
        """Yield every tenure with a holder and an office, in the order of their IRIs."""
        for iri, persons in sorted(self._table("lg:holder").items()):
            start, until = (next(iter(self.texts(iri, name)), None) for name in ("lg:from", "lg:until"))
            for office in self.linked(iri, "lg:office"):
                for person in sorted(persons):
                    yield Tenure(person, office, start, until, bool(self.texts(iri, "lg:untilUnknown")))

    def nouns(self) -> dict[str, str]:
        """Return each common noun with its class; of classes that share one, the most general."""
        found: dict[str, str] = {}
        for quad in self._quads(None, "lg:commonNoun"):
            iri, noun = quad[0].value, quad[1].value.lower()
            if noun not in found or self._is_more_general(iri, found[noun]):
                found[noun] = iri
        return {noun: iri.removeprefix(LG) for noun, iri in sorted(found.items())}

    def texts(self, iri: str, curie: str) -> list[str]:
        """Return the literals of a property that an English text may hold, English first, then sorted."""
        found = [
            (not (value.language or "").startswith("en"), value.value)
            for _, value in self._quads(iri, curie)
            if isinstance(value, Literal) and _is_readable(value.language)
        ]
        return [value for _, value in sorted(found)]

    def linked(self, iri: str, curie: str) -> list[str]:
        """Return the IRIs that a property leads to, sorted."""
        return sorted(value.value for _, value in self._quads(iri, curie) if isinstance(value, NamedNode))

    def _named(self, iri: str) -> Named | None:
        classes = self._classes(iri)
        kind = next((kind for name, kind in KIND_OF_CLASS if name in classes), None)
        labels = self.texts(iri, "rdfs:label")
        if kind is None or not labels:
            return None
        return Named(
            Entry(
                iri,
                kind,
                labels[0],
                self._first_on_the_way(
                    iri, TO_STATE, lambda here: next(iter(self.texts(here, "lg:iso3")), None)
                ),
                self._first_on_the_way(iri, _TO_SETTLEMENT, lambda here: self._if_settlement(here, iri))
                or next(iter(self.linked(iri, "lg:capital")), None),
                classes,
                next(iter(self.texts(iri, "lg:gender")), None),
                next(iter(self.texts(iri, "lg:until")), None) if kind == "state" else None,
            ),
            tuple(dict.fromkeys([*labels, *self.texts(iri, "skos:altLabel"), *self._dated_names(iri)])),
            tuple(self.texts(iri, "lg:shortForm")),
            tuple(self.texts(iri, "lg:demonym")),
            tuple(
                text
                for node in self.linked(iri, "lg:hasDesignation")
                for text in self.texts(node, "lg:designationText")
            ),
        )

    def _dated_names(self, iri: str) -> list[str]:
        return [text for node in self.linked(iri, "lg:hasName") for text in self.texts(node, "lg:nameText")]

    def _if_settlement(self, here: str, start: str) -> str | None:
        return here if here != start and "Settlement" in self._classes(here) else None

    def _first_on_the_way(
        self, iri: str, ways: Iterable[str], sought: Callable[[str], str | None]
    ) -> str | None:
        """Walk from a thing along properties, nearest first, to the first node where something is found."""
        queue, seen = [iri], set()
        while queue:
            here = queue.pop(0)
            found = sought(here)
            if found is not None:
                return found
            seen.add(here)
            queue.extend(there for way in ways for there in self.linked(here, way) if there not in seen)
        return None

    def _classes(self, iri: str) -> tuple[str, ...]:
        """Return the local names of a thing's lg: classes: its own sorted, then all above them sorted."""
        own = self._types.get(iri, set())
        above = {name for one in own for name in self._above(one)} - own
        return tuple(name.removeprefix(LG) for name in [*sorted(own), *sorted(above)] if name.startswith(LG))

    def _above(self, iri: str) -> set[str]:
        seen: set[str] = set()
        queue = [iri]
        while queue:
            fresh = self._parents.get(queue.pop(), set()) - seen
            seen |= fresh
            queue.extend(fresh)
        return seen

    def _is_more_general(self, one: str, other: str) -> bool:
        if one in self._above(other) or other in self._above(one):
            return one in self._above(other)
        return one < other

    def _table(self, curie: str) -> dict[str, set[str]]:
        table: dict[str, set[str]] = {}
        for subject, value in self._quads(None, curie):
            if isinstance(value, NamedNode):
                table.setdefault(subject.value, set()).add(value.value)
        return table

    def _quads(self, iri: str | None, curie: str) -> Iterator[tuple[NamedNode, NamedNode | Literal]]:
        subject = NamedNode(iri) if iri else None
        for quad in self._store.quads_for_pattern(subject, NamedNode(expand(curie)), None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject, quad.object


def _is_readable(language: str | None) -> bool:
    """Tell whether a name in this language may stand in an English text: English, any, or romanised."""
    return language is None or language == "mul" or language.startswith("en") or "-latn" in language.lower()
