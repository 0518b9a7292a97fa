"""The curated entities as their Turtle files have them, read afresh, and as they would be with some rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kb import reference
from kb.entities.table_cells import Term, normal
from kb.entities.table_terms import CLASS, Ontology
from kb.namespaces import shorten
from kb.resources import reference_files, reference_folder

Statement = tuple[str, Term]
"""A predicate as a CURIE, and its value."""


@dataclass(frozen=True, slots=True)
class TurtleFile:
    """One file of curated data: its bytes when read, and its triples as it spells them."""

    path: Path
    content: bytes
    triples: frozenset[Triple]


@dataclass(frozen=True)
class Base:
    """What is curated: each entity's statements, and the file of each."""

    folder: Path | None
    """Where changes are written; None where the base is only read."""
    files: tuple[TurtleFile, ...]
    ontology: Ontology

    @classmethod
    def read(cls, *, to_change: bool = True) -> Base:
        """Read the shipped data and an operator's own folder.

        Raises BadReference for a file that is not Turtle, for a folder that is not there, and ``to_change``
        where nothing may be written.
        """
        folder = reference_folder() if to_change else None
        found = [TurtleFile(path, path.read_bytes(), reference.read_file(path)) for path in reference_files()]
        return cls(folder, tuple(found), Ontology(reference.ontology_triples()))

    @cached_property
    def statements(self) -> dict[str, set[Statement]]:
        """Return the statements of each entity, by CURIE."""
        found: dict[str, set[Statement]] = defaultdict(set)
        for file in self.files:
            for triple in file.triples:
                if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                    found[short(triple.subject)].add((short(triple.predicate), normal(triple.object)))
        return dict(found)

    def ours(self, file: TurtleFile) -> bool:
        """Tell whether a file stands in the folder to which changes are written."""
        return file.path.parent == self.folder

    def triples(self) -> Iterator[Triple]:
        """Yield every triple of every file."""
        for file in self.files:
            yield from file.triples


@dataclass(frozen=True)
class Outlook:
    """The base as it would be with some entities' statements replaced."""

    base: Base
    changed: Mapping[str, set[Statement]] = field(default_factory=dict)
    """All statements of each entity that changes; an empty set for one that goes."""

    def statements(self, subject: str) -> set[Statement]:
        """Return all statements of an entity."""
        found = self.changed.get(subject)
        return self.base.statements.get(subject, set()) if found is None else found

    def exists(self, subject: str) -> bool:
        """Tell whether anything is said of an entity."""
        return bool(self.statements(subject))

    def subjects(self) -> Iterable[str]:
        """Return every entity, by CURIE."""
        return [one for one in {**self.base.statements, **self.changed} if self.exists(one)]

    def links(self, subject: str, predicate: str) -> list[str]:
        """Return the CURIEs that a property of an entity leads to, sorted."""
        return sorted(
            short(value)
            for name, value in self.statements(subject)
            if name == predicate and isinstance(value, NamedNode)
        )

    def texts(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """Return the texts of a property of an entity, sorted; of one language where one is given."""
        return sorted(
            value.value
            for name, value in self.statements(subject)
            if name == predicate
            and isinstance(value, Literal)
            and (language is None or value.language == language)
        )

    def classes(self, thing: str) -> set[str]:
        """Return the classes that a thing is stated to have: an entity, or an individual of the ontology."""
        return set(self.links(thing, CLASS)) or self._individuals.get(thing, set())

    def is_retired(self, subject: str) -> bool:
        """Tell whether an entity was taken out of use."""
        return bool(self.texts(subject, "lg:retiredOn"))

    @cached_property
    def _individuals(self) -> dict[str, set[str]]:
        return self.base.ontology.individuals()


def short(node: NamedNode) -> str:
    """Return a node's CURIE, its IRI where no prefix fits."""
    return _short(node.value)


@lru_cache(maxsize=200_000)
def _short(iri: str) -> str:
    return shorten(iri) or iri


_TO_STATE = (
    "lg:nationality",
    "lg:ofState",
    "lg:governmentOf",
    "lg:organisationOf",
    "lg:stateOfOrigin",
    "lg:territoryOf",
    "lg:codeOf",
    "lg:member",
    "lg:controllingState",
    "lg:office",
    "lg:holder",
    "lg:ofRegion",
    "lg:locatedIn",
    "lg:operator",
    "lg:maker",
    "lg:variantOf",
    "lg:madeAt",
    "lg:product",
)
"""The ways from an entity to its states, the most direct first."""


def states_of(outlook: Outlook, subject: str) -> set[str]:
    """Return the states that an entity is of, as CURIEs: those of the first step on which any is met."""
    level, seen = [subject], {subject}
    while level:
        states = {one for one in level if one.startswith("state:")}
        if states:
            return states
        following = [one for here in level for way in _TO_STATE for one in outlook.links(here, way)]
        level = [one for one in dict.fromkeys(following) if one not in seen]
        seen.update(level)
    return set()
