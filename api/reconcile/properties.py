"""The properties by which entities may be narrowed down and extended, and their values.

Most are the ontology's own, under their own names. The rest lead through a record (an office is held through
a tenure, which has dates) or are worked out (the state that a thing lies in or belongs to).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal

from api.reconcile.catalogue import Catalogue, Value
from api.reconcile.types import NAMED_CLASSES, above
from api.vocabulary.terms import Term, terms
from kb.entities.name_index_records import Entity
from kb.namespaces import LG, expand
from kb.terms import state as state_node

STATE: Final = "state"
COORDINATES: Final = "coordinates"
_OF_ALL: Final = ("from", "until", "wikidata", "shortForm", "demonym", "description")
"""Properties of the ontology without a domain that entities have."""
_ELSEWHERE: Final = ("inState", "everLeaderOf", "participantState", "hasDesignation")
"""Those that are derived from facts, or lead to a record that has a property of its own here."""
_IDENTIFYING: Final = frozenset({"wikidata", "iso2", "iso3", "iataCode", "icaoCode", "geonamesId"})


@dataclass(frozen=True, slots=True)
class Property:
    """A property. Its values are found at ``value``, of the entity or of records that belong to it."""

    id: str
    name: str
    description: str
    value: str = ""
    """The IRI of the property that leads to the values; empty for what is worked out."""
    of: str = ""
    """The IRI of the property by which a record points at its entity."""
    has: str = ""
    """The IRI of the property by which an entity points at its records."""
    range: str = ""
    """The class of the things that it leads to; empty where it leads to texts and numbers."""
    identifies: bool = False
    """Whether one entity at most has a given value."""

    def values(self, catalogue: Catalogue, entity: Entity) -> Sequence[Value | None]:
        """Return an entity's values; of records, one for each in the order of their dates, the latest first.

        None stands where a record lacks the value, so that the properties of records stay side by side.
        """
        if self.id == STATE:
            return [state_node(entity.state)] if entity.state else []
        if self.id == COORDINATES:
            return _coordinates(catalogue, entity)
        if not (self.of or self.has):
            return _deduplicated(catalogue.values(entity.iri, self.value))
        return [
            next(iter(catalogue.values(one, self.value)), None) for one in self._records(catalogue, entity)
        ]

    def _records(self, catalogue: Catalogue, entity: Entity) -> list[str]:
        if self.of:
            found = catalogue.subjects(self.of, entity.iri)
        else:
            found = [node.value for node in catalogue.values(entity.iri, self.has)]
        return sorted(found, key=lambda record: (_start(catalogue, record), record), reverse=True)


@cache
def properties() -> Mapping[str, Property]:
    """Return all properties by identifier, those that every entity has first."""
    found = [*_common(), *_records(), *(_own(term) for term in terms().values() if _is_of_entities(term))]
    return MappingProxyType({one.id: one for one in found})


def property_at(text: str) -> Property | None:
    """Return the property of an identifier: "nationality", "lg:nationality" or the IRI."""
    return properties().get(text.strip().removeprefix("lg:").removeprefix(LG))


def _common() -> list[Property]:
    rdfs, skos, geo = "rdfs:", "skos:", "geo:"
    texts = [
        ("label", "name", "What it is called, in each language", rdfs + "label"),
        ("altLabel", "other names", "Other names, in each language", skos + "altLabel"),
        ("class", "class", "The most exact classes that it belongs to", "rdf:type"),
        ("note", "note", "What the curators note of it", skos + "note"),
        ("latitude", "latitude", "In degrees of WGS 84, north positive", geo + "lat"),
        ("longitude", "longitude", "In degrees of WGS 84, east positive", geo + "long"),
    ]
    common = [Property(id, name, told, expand(value)) for id, name, told, value in texts]
    told = "The state that it belongs to or lies in, along all that leads to one"
    return [
        *common[:3],
        Property(STATE, "state", told, range="State"),
        *common[3:],
        Property(COORDINATES, "coordinates", "Latitude and longitude with a comma between"),
    ]


_RECORDS: Final = (
    # id, name, what it tells, of, value, range
    ("office", "office held", "Offices that a person held, the latest first", "holder", "office", "Office"),
    ("holder", "holder", "Persons who held an office, the latest first", "office", "holder", "Person"),
    ("memberIn", "member in", "Organisations that a state is in", "member", "memberIn", "Organisation"),
    ("member", "member", "States that are in an organisation", "memberIn", "member", "State"),
    ("product", "product", "What a plant makes or made", "madeAt", "product", "Hardware"),
    ("madeAt", "made at", "Where hardware is or was made", "product", "madeAt", "Facility"),
    ("controls", "controls", "Territory controlled", "controllingState", "controlledTerritory", "Place"),
    ("controlledBy", "controlled by", "Who controls it", "controlledTerritory", "controllingState", "State"),
    ("code", "code", "Codes in other systems", "codeOf", "codeText", ""),
    ("formerName", "dated name", "Names that held for a time", "", "nameText", ""),
    ("designation", "designation", "Names in systems of designation", "", "designationText", ""),
)
_HAVE: Final = {"formerName": "hasName", "designation": "hasDesignation"}
_DATED: Final = frozenset(one[0] for one in _RECORDS) - {"designation"}
_SYSTEMS: Final = {"code": "codeSystem", "designation": "designationSystem"}


def _records() -> list[Property]:
    found: list[Property] = []
    for id, name, told, of, value, range in _RECORDS:
        main = Property(
            id,
            name,
            told,
            LG + value,
            of=LG + of if of else "",
            has=LG + _HAVE[id] if id in _HAVE else "",
            range=range,
        )
        found.append(main)
        beside = f"beside each value of {id}, in the same order"
        further = [("From", "from", f"First day, {beside}"), ("Until", "until", f"Last day, {beside}")]
        further = further if id in _DATED else []
        if id in _SYSTEMS:
            further.append(("System", _SYSTEMS[id], f"The system, {beside}"))
        for end, local, told in further:
            called = f"{name}: {end.lower()}"
            found.append(
                replace(main, id=id + end, name=called, description=told, value=LG + local, range="")
            )
    return found


def _is_of_entities(term: Term) -> bool:
    if term.kind not in ("object", "datatype", "annotation") or term.name in _ELSEWHERE:
        return False
    domains = {one.removeprefix(LG) for one in term.links.get("domain", ())}
    return term.name in _OF_ALL or any(not NAMED_CLASSES.isdisjoint(above(one)) for one in domains)


def _own(term: Term) -> Property:
    ranges = [one.removeprefix(LG) for one in term.links.get("range", ()) if one.startswith(LG)]
    return Property(
        term.name,
        term.labels["en"],
        term.definition,
        term.iri,
        range=ranges[0] if ranges else "",
        identifies=term.name in _IDENTIFYING,
    )


def _start(catalogue: Catalogue, record: str) -> str:
    return next((value.value for value in catalogue.values(record, LG + "from")), "")


def _coordinates(catalogue: Catalogue, entity: Entity) -> list[Value | None]:
    latitude, longitude = (catalogue.values(entity.iri, expand(name)) for name in ("geo:lat", "geo:long"))
    if not latitude or not longitude:
        return []
    return [Literal(f"{latitude[0].value},{longitude[0].value}")]


def _deduplicated(values: Sequence[Value]) -> list[Value]:
    return list(dict.fromkeys(values))
