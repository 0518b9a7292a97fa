"""Which entities a query is weighed against: found by name, by identifier, by what properties say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from pyoxigraph import NamedNode

from api.reconcile.catalogue import Catalogue, Current
from api.reconcile.likeness import as_text, meant_things
from api.reconcile.properties import STATE, Property
from api.reconcile.query import Constraint, Given, Query
from kb.entities.name_index_records import Form, FormKind, How, Match
from kb.namespaces import expand

_WIDER: Final = 40
"""So many are weighed at least where properties may bring the right one up."""
_MOST: Final = 3000
"""So many that have one property's value are counted; the best known first."""
_SURE: Final = 90.0
"""From this score on a value given in words is taken to mean a thing."""
_NAMES: Final = frozenset({"label", "altLabel", "shortForm", "formerName"})

Gathered = list[tuple[Current, Match | None]]


def gathered(catalogue: Catalogue, query: Query) -> Gathered:
    """Return the entities to weigh, each once, with the form of name that fitted."""
    found: dict[str, tuple[Current, Match | None]] = {}

    def add(iri: str, match: Match | None) -> None:
        current = catalogue.current(iri)
        if current is None:
            return
        known = found.get(current.entity.iri)
        if known is None or (match is not None and (known[1] is None or match.score > known[1].score)):
            found[current.entity.iri] = (current, match)

    asked = catalogue.at(query.text) if query.text else None
    if asked is not None:
        entity = asked.retired or asked.entity
        add(entity.iri, Match(entity, Form(query.text, "", FormKind.ID), 100.0, (How.EXACT,)))
        return list(found.values())
    for match in _by_name(catalogue, query):
        add(match.entity.iri, match)
    for iri in _by_properties(catalogue, query):
        add(iri, None)
    return list(found.values())


def _by_name(catalogue: Catalogue, query: Query) -> Iterator[Match]:
    if not query.text:
        return
    limit = max(query.limit, _WIDER) if query.constraints else query.limit
    # Of several types that must all be there, one narrows the search; the rest are seen to by the weighing.
    kinds = query.types[:1] if query.strictness == "all" else query.types
    yield from catalogue.names.find(query.text, kinds=kinds, limit=limit)
    if query.strictness == "should":
        if kinds:
            yield from catalogue.names.find(query.text, limit=limit)
        kinds = ()
    for state in _states(catalogue, query.constraints):
        yield from catalogue.names.find(query.text, kinds=kinds, state=state, limit=limit)


def _states(catalogue: Catalogue, constraints: Iterable[Constraint]) -> set[str]:
    """Return the codes of states that constraints name: among many of one name, those must not be cut off."""
    found: set[str] = set()
    for one in constraints:
        if one.property.range == "State":
            for given in one.values:
                meant = meant_things(catalogue, one.property, given)
                found |= {iri.rpartition("/")[2] for iri, score in meant.items() if score >= _SURE}
    return found


def _by_properties(catalogue: Catalogue, query: Query) -> list[str]:
    """Return who has the given values: of identifying properties, or of any where no name is given.

    Without a name, those that have most of them go first.
    """
    counted: Counter[str] = Counter()
    for one in query.constraints:
        if query.text and not one.property.identifies:
            continue
        counted.update(set(_having(catalogue, one)))
    ranked = sorted(counted, key=lambda iri: (-counted[iri], _unknownness(catalogue, iri), iri))
    return ranked[: max(query.limit, _WIDER)]


def _unknownness(catalogue: Catalogue, iri: str) -> int:
    entity = catalogue.names.entity(iri)
    return -entity.weight if entity is not None else 0


def _having(catalogue: Catalogue, constraint: Constraint) -> Iterator[str]:
    """Yield entities that have one of the values of a property, as far as a value can be looked up."""
    property_ = constraint.property
    if property_.id == STATE:
        for state in _states(catalogue, [constraint]):
            yield from (one.iri for one in catalogue.names.entities_where("e.state = ?", [state])[:_MOST])
        return
    for given in constraint.values:
        if property_.id in _NAMES:
            yield from catalogue.meanings(as_text(given), frozenset())
        for subject in _subjects(catalogue, property_, given):
            yield from _bearers(catalogue, property_, subject)


def _subjects(catalogue: Catalogue, property_: Property, given: Given) -> set[str]:
    """Return what has the value: entities, or records of them."""
    if not property_.value:
        return set()
    text = as_text(given).strip()
    found: set[str] = set()
    for iri in meant_things(catalogue, property_, given) if property_.range else ():
        found.update(catalogue.subjects(property_.value, iri))
    for prefix in ("wd:", "lg:"):
        with suppress(ValueError):
            found.update(catalogue.subjects(property_.value, NamedNode(expand(prefix) + text).value))
    if not property_.range:
        found.update(catalogue.bearing(property_.value, text))
    return found


def _bearers(catalogue: Catalogue, property_: Property, subject: str) -> Iterable[str]:
    """Return the entities that a subject of the value stands for: itself, or those whose record it is."""
    if property_.of:
        return [node.value for node in catalogue.values(subject, property_.of)]
    return catalogue.subjects(property_.has, subject) if property_.has else [subject]
