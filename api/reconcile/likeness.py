"""How well the values that a client gives for a property fit those that an entity has: from 0 to 100."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.reconcile.catalogue import Catalogue, Value
from api.reconcile.properties import COORDINATES, Property
from api.reconcile.query import Constraint, Given, Reference
from kb.entities.name_index_keys import folded
from kb.entities.name_index_records import Entity
from kb.entities.name_index_score import nearness
from kb.namespaces import BASE, LG, PREFIXES

NEAR_KM: Final = 2.0
FAR_KM: Final = 50.0
"""Points nearer than the first fit wholly, those further off than the second not at all."""
_EARTH_KM: Final = 6371.0
_DATE: Final = re.compile(r"-?\d{4}(-\d\d(-\d\d)?)?")
_POINT: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
_YES: Final = frozenset({"true", "yes", "1"})
_NO: Final = frozenset({"false", "no", "0"})


def likeness(catalogue: Catalogue, entity: Entity, constraint: Constraint) -> float | None:
    """Return how well the best of the given values fits the best of the entity's, None where it has none."""
    had = [value for value in constraint.property.values(catalogue, entity) if value is not None]
    if not had or not constraint.values:
        return None
    return max(_best(catalogue, constraint.property, given, had) for given in constraint.values)


def _best(catalogue: Catalogue, property_: Property, given: Given, had: Sequence[Value]) -> float:
    things = [value.value for value in had if isinstance(value, NamedNode)]
    texts = [value.value for value in had if isinstance(value, Literal)]
    found = [_text_likeness(property_, as_text(given), text) for text in texts]
    if things:
        meant = meant_things(catalogue, property_, given)
        found += [max(meant.get(iri, 0.0), _by_identifier(given, iri)) for iri in things]
    return max(found)


def meant_things(catalogue: Catalogue, property_: Property, given: Given) -> dict[str, float]:
    """Return the entities that a given value may mean, by IRI, with scores from 0 to 100."""
    if isinstance(given, Reference):
        known = catalogue.at(given.id)
        if known is not None:
            return {known.entity.iri: 100.0}
    kinds = frozenset({property_.range} if property_.range else ())
    text = as_text(given)
    known = catalogue.at(text)
    if known is not None:
        return {known.entity.iri: 100.0}
    return catalogue.meanings(text, kinds)


def as_text(given: Given) -> str:
    """Return a given value as a text: of an entity its name, else its identifier."""
    if isinstance(given, Reference):
        return given.name or given.id
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, float) and given.is_integer():
        return str(int(given))
    return str(given)


def _by_identifier(given: Given, iri: str) -> float:
    """Compare with what is no entity of ours: a class, a role, an item of Wikidata."""
    asked = given.id if isinstance(given, Reference) else as_text(given).strip()
    names = {iri, iri.removeprefix(LG), iri.removeprefix(PREFIXES["wd"]), iri.removeprefix(BASE)}
    return 100.0 if asked.removeprefix("lg:") in names else 0.0


def _text_likeness(property_: Property, asked: str, had: str) -> float:
    if property_.id == COORDINATES:
        return _nearby(asked, had)
    if asked.strip() == had:
        return 100.0
    if _DATE.fullmatch(had):
        # A year that is given fits each of its days, and a day the year that we know.
        day = asked.strip()[:10]
        return 100.0 if _DATE.fullmatch(day) and (had.startswith(day) or day.startswith(had)) else 0.0
    if had in ("true", "false"):
        return 100.0 if asked.strip().casefold() in (_YES if had == "true" else _NO) else 0.0
    number, other = _number(asked), _number(had)
    if number is not None and other is not None:
        return 100.0 if math.isclose(number, other, rel_tol=1e-3) else 0.0
    if property_.identifies:
        return 100.0 if asked.strip().casefold() == had.casefold() else 0.0
    near = nearness(folded(asked), folded(had)) if folded(asked) and folded(had) else None
    return near.score if near is not None else 0.0


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _nearby(asked: str, had: str) -> float:
    one, other = _POINT.fullmatch(asked), _POINT.fullmatch(had)
    if one is None or other is None:
        return 0.0
    (south, west), (north, east) = ((math.radians(float(part)) for part in x.groups()) for x in (one, other))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    distance = 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, max(0.0, chord))))
    return 100.0 * min(1.0, max(0.0, (FAR_KM - distance) / (FAR_KM - NEAR_KM)))
