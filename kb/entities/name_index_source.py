"""Entities and their forms of name, read from triples."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.entities.name_index_records import Entity, Form, FormKind
from kb.entities.romanise import Romanised, romanised
from kb.namespaces import LG, PREFIXES, expand, shorten
from kb.reading.lexicon_source import TO_STATE
from kb.terms import Triple, local

NAMED: Final = (
    "state",
    "gov",
    "terr",
    "region",
    "place",
    "fac",
    "person",
    "office",
    "org",
    "hw",
    "treaty",
    "summit",
)
"""The kinds of thing that are looked up by name, as prefixes of their IRIs."""

_OWN_FORMS: Final = (
    ("rdfs:label", FormKind.LABEL, ""),
    ("skos:altLabel", FormKind.OTHER, ""),
    ("lg:shortForm", FormKind.SHORT, ""),
    ("lg:demonym", FormKind.DEMONYM, ""),
    ("lg:iso2", FormKind.CODE, "ISO 3166-1 alpha-2"),
    ("lg:iso3", FormKind.CODE, "ISO 3166-1 alpha-3"),
    ("lg:iataCode", FormKind.CODE, "IATA"),
    ("lg:icaoCode", FormKind.CODE, "ICAO"),
    ("lg:geonamesId", FormKind.CODE, "GeoNames"),
)
"""What an entity says of itself: property, kind of form, system of the code."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A form that may mean several things."""

    form: Form
    meanings: tuple[str, ...]
    """IRIs, sorted."""
    decided_by: str


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that the index holds, the best known entity first."""

    entities: tuple[tuple[Entity, tuple[Form, ...]], ...]
    """A retired entity has no forms: it is found by its identifier only."""
    ambiguities: tuple[Ambiguity, ...]


def read_names(triples: Iterable[Triple]) -> Names:
    """Return the names of all entities among the triples (ontology, reference data, what was minted)."""
    source = _Source(triples)
    entities = [(entity, source.forms(entity)) for entity in source.entities()]
    entities.sort(key=lambda found: (-found[0].weight, found[0].iri))
    return Names(tuple(entities), tuple(source.ambiguities()))


class _Source:
    """The triples, by property and subject."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._literals: dict[str, dict[str, list[Literal]]] = defaultdict(lambda: defaultdict(list))
        self._links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._weights: Counter[str] = Counter()
        for triple in triples:
            if not isinstance(triple.subject, NamedNode):
                continue
            if isinstance(triple.object, Literal):
                self._literals[triple.predicate.value][triple.subject.value].append(triple.object)
            elif isinstance(triple.object, NamedNode):
                self._links[triple.predicate.value][triple.subject.value].append(triple.object.value)
                self._weights[triple.object.value] += 1
        self._codes = self._by_link("lg:codeOf")
        self._above: dict[str, tuple[str, ...]] = {}

    def entities(self) -> Iterator[Entity]:
        """Yield every entity of a kind that is looked up, if it has a label or was retired."""
        labelled, retired = (self._literals[expand(name)].keys() for name in ("rdfs:label", "lg:retiredOn"))
        for iri in labelled | retired:
            prefix = (shorten(iri) or "").partition(":")[0]
            if prefix in NAMED:
                yield Entity(
                    iri,
                    prefix,
                    self._label(iri),
                    self._classes(iri),
                    self._state(iri),
                    self._weights[iri],
                    self._first(iri, "lg:retiredOn"),
                    self._first(iri, "lg:retirementReason"),
                    min(self._linked(iri, "dct:isReplacedBy"), default=""),
                    minted=self._first(iri, "lg:unresolved") == "true",
                )

    def forms(self, entity: Entity) -> tuple[Form, ...]:
        """Return the forms of an entity, attested ones first, each once; none for a retired one."""
        if entity.retired:
            return ()
        attested = list(dict.fromkeys(self._attested(entity.iri)))
        made = [
            _made(form, spelled)
            for form in attested
            if form.kind not in (FormKind.CODE, FormKind.DEMONYM)
            for spelled in romanised(form.text, form.language)
        ]
        return (*attested, *dict.fromkeys(made))

    def ambiguities(self) -> Iterator[Ambiguity]:
        """Yield each form that the data call ambiguous, once for each of its spellings."""
        for iri, texts in sorted(self._literals[expand("lg:formText")].items()):
            meanings = tuple(sorted(set(self._linked(iri, "lg:mayMean"))))
            for text in texts:
                form = Form(text.value, text.language or "", FormKind.AMBIGUOUS)
                yield Ambiguity(form, meanings, self._first(iri, "lg:decidedBy"))

    def _attested(self, iri: str) -> Iterator[Form]:
        for name, kind, scheme in _OWN_FORMS:
            for text in self._texts(iri, name):
                yield Form(text.value, text.language or "", kind, scheme)
        for node in self._linked(iri, "lg:hasName"):
            for text in self._texts(node, "lg:nameText"):
                yield Form(text.value, text.language or "", FormKind.DATED)
        for node in self._linked(iri, "lg:hasDesignation"):
            for text in self._texts(node, "lg:designationText"):
                system = self._first(node, "lg:designationSystem")
                yield Form(text.value, text.language or "", FormKind.DESIGNATION, system)
        for node in self._codes.get(iri, ()):
            for text in self._texts(node, "lg:codeText"):
                yield Form(text.value, "", FormKind.CODE, self._first(node, "lg:codeSystem"))
        for item in self._linked(iri, "lg:wikidata"):
            yield Form(item.removeprefix(PREFIXES["wd"]), "", FormKind.CODE, "Wikidata")

    def _texts(self, iri: str, name: str) -> list[Literal]:
        """Return the literals of a property, English first, then by tag and text."""
        found = self._literals[expand(name)].get(iri, ())
        return sorted(found, key=_english_first)

    def _first(self, iri: str, name: str) -> str:
        return next((text.value for text in self._texts(iri, name)), "")

    def _label(self, iri: str) -> str:
        return self._first(iri, "rdfs:label")

    def _linked(self, iri: str, name: str) -> list[str]:
        return self._links[expand(name)].get(iri, [])

    def _by_link(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for subject, objects in sorted(self._links[expand(name)].items()):
            for value in objects:
                found[value].append(subject)
        return found

    def _classes(self, iri: str) -> tuple[str, ...]:
        """Return the local names of a thing's own classes, then of all that stand above them."""
        own = sorted(self._linked(iri, "rdf:type"))
        above = sorted({name for one in own for name in self._all_above(one)} - set(own))
        return tuple(name.removeprefix(LG) for name in (*own, *above) if name.startswith(LG))

    def _all_above(self, name: str) -> tuple[str, ...]:
        if name not in self._above:
            self._above[name] = tuple(_walk(name, lambda here: self._linked(here, "rdfs:subClassOf")))
        return self._above[name]

    def _state(self, iri: str) -> str:
        """Return the code of the state nearest to a thing along the ways that lead to one."""
        for here in _walk(iri, self._towards_state):
            if here.startswith(PREFIXES["state"]):
                return local(NamedNode(here))
        return ""

    def _towards_state(self, iri: str) -> list[str]:
        return [there for way in TO_STATE for there in self._linked(iri, way)]


def _made(form: Form, spelled: Romanised) -> Form:
    language = f"{form.language or 'und'}-Latn"
    return Form(spelled.text, language, FormKind.GENERATED, spelled.scheme, form.text)


def _english_first(text: Literal) -> tuple[bool, str, str]:
    return ((text.language or "en") != "en", text.language or "", text.value)


def _walk(start: str, onward: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Yield a node, then all that can be reached from it, the nearest first."""
    queue, seen = [start], {start}
    while queue:
        here = queue.pop(0)
        yield here
        for there in onward(here):
            if there not in seen:
                seen.add(there)
                queue.append(there)
