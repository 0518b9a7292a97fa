"""All that the curated data say about one entity, and which file says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb import reference
from kb.namespaces import expand, shorten
from kb.resources import reference_files
from kb.terms import Triple

RECORDS: Final = ("tenure", "membership", "ctrl", "prod", "name", "desig", "code", "form")
"""Kinds that tell something of other entities and are nothing by themselves; they are shown in full."""
_LABELS: Final = (
    "rdfs:label",
    "dct:title",
    "lg:nameText",
    "lg:designationText",
    "lg:codeText",
    "lg:formText",
)
"""What a thing is called, the best first."""
_ORDER: Final = ("rdf:type", *_LABELS, "skos:altLabel", "lg:shortForm")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: a property, its value, and what both are called."""

    property: str
    """A CURIE."""
    called: str
    """The property's English label."""
    value: str
    """A text, or the CURIE of an entity."""
    language: str = ""
    label: str = ""
    """The label of the entity that the value names; empty for a text."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that points at the entity, such as a tenure, with all that it says."""

    id: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class About:
    """All that is said of one entity."""

    id: str
    iri: str
    label: str
    statements: tuple[Statement, ...]
    records: tuple[Record, ...]
    named_by: dict[str, tuple[str, ...]]
    """Other entities that point at it, by property."""
    files: tuple[str, ...]
    """The names of the files that say something of it, records included."""
    triples: frozenset[Triple] = field(repr=False)
    """Its own statements and those of the records."""

    @property
    def retired(self) -> str:
        """Return the day on which it was retired; empty for one in use."""
        return next((one.value for one in self.statements if one.property == "lg:retiredOn"), "")

    @property
    def successor(self) -> str:
        """Return the CURIE of what replaces a retired one; empty where nothing does."""
        return next((one.value for one in self.statements if one.property == "dct:isReplacedBy"), "")


class Knowledge:
    """The curated data by subject and by what they point at, with further triples where some are given."""

    def __init__(self, further: Iterable[Triple] = ()) -> None:
        self._said: dict[str, set[Triple]] = defaultdict(set)
        self._files: dict[str, set[str]] = defaultdict(set)
        self._pointing: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for path in reference_files():
            self._take(reference.read_file(path), path.name)
        self._take(further, "the store")
        self._labels: dict[str, str] = {}
        for triple in reference.ontology_triples():
            name, called = triple.subject, triple.object
            if triple.predicate.value != expand("rdfs:label") or not isinstance(name, NamedNode):
                continue
            if isinstance(called, Literal) and (called.language or "en") == "en":
                self._labels[name.value] = called.value

    def about(self, iri: str) -> About | None:
        """Return what is said of an entity, None where nothing is."""
        if iri not in self._said:
            return None
        own = {triple.object.value for triple in self._said[iri] if isinstance(triple.object, NamedNode)}
        pointing = self._pointing[iri]
        records = sorted(filter(_is_record, own | {subject for subject, _ in pointing}))
        named_by: dict[str, set[str]] = defaultdict(set)
        for subject, name in pointing:
            if not _is_record(subject):
                named_by[name].add(_short(subject))
        told = [iri, *(one for one in records if one in self._said)]
        return About(
            _short(iri),
            iri,
            self._label(iri),
            self._statements(iri),
            tuple(Record(_short(one), self._statements(one)) for one in told[1:]),
            {name: tuple(sorted(found)) for name, found in sorted(named_by.items())},
            tuple(sorted({file for one in told for file in self._files[one]})),
            frozenset(triple for one in told for triple in self._said[one]),
        )

    def _take(self, triples: Iterable[Triple], file: str) -> None:
        for triple in triples:
            if not isinstance(triple.subject, NamedNode):
                continue
            self._said[triple.subject.value].add(triple)
            self._files[triple.subject.value].add(file)
            if isinstance(triple.object, NamedNode):
                where = (triple.subject.value, _short(triple.predicate.value))
                self._pointing[triple.object.value].add(where)

    def _statements(self, iri: str) -> tuple[Statement, ...]:
        found = [self._statement(triple) for triple in self._said[iri]]
        return tuple(sorted(found, key=_names_first))

    def _statement(self, triple: Triple) -> Statement:
        name = triple.predicate.value
        called = self._labels.get(name, _short(name).partition(":")[2])
        if isinstance(triple.object, Literal):
            return Statement(_short(name), called, triple.object.value, triple.object.language or "")
        iri = triple.object.value if isinstance(triple.object, NamedNode) else str(triple.object)
        return Statement(_short(name), called, _short(iri), label=self._label(iri))

    def _label(self, iri: str) -> str:
        """Return what a thing is called, in English where it has an English name; empty where it has none."""
        for name in _LABELS:
            texts = [
                triple.object
                for triple in self._said.get(iri, ())
                if triple.predicate.value == expand(name) and isinstance(triple.object, Literal)
            ]
            if texts:
                return min(texts, key=lambda text: ((text.language or "en") != "en", text.value)).value
        return self._labels.get(iri, "")


def _names_first(one: Statement) -> tuple[int, str, bool, str, str]:
    """Order statements for a reader: class and names, then the rest by property, then sources."""
    place = _ORDER.index(one.property) if one.property in _ORDER else len(_ORDER)
    last = len(_ORDER) + 1 if one.property == "dct:source" else place
    return (last, one.called, one.language != "en", one.language, one.value)


def _is_record(iri: str) -> bool:
    return _short(iri).partition(":")[0] in RECORDS


def _short(iri: str) -> str:
    return shorten(iri) or iri
