"""Data extension: what the base knows of entities, in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode

from api.reconcile.answers import name_of
from api.reconcile.catalogue import Catalogue, Value
from api.reconcile.describing import description
from api.reconcile.extension_query import Column, Extension
from api.reconcile.ids import id_of
from api.reconcile.properties import Property, properties
from api.reconcile.types import Shown, shown, type_name, types
from kb.entities.name_index_records import Entity
from kb.errors import TooLarge
from kb.namespaces import LG, PREFIXES

MOST_VALUES: Final = 20_000
"""So many values one answer may hold."""
_MEMBERS: Final = 300
"""So many of the best known entities of a type tell which properties such ones have."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATES: Final = ("From", "Until", "On", "Service", "Flight")
_ENDS: Final = ("from", "until", "birth", "death")
_WHOLE: Final = frozenset({PREFIXES["xsd"] + "integer", PREFIXES["xsd"] + "nonNegativeInteger"})
_FRACTION: Final = frozenset(PREFIXES["xsd"] + name for name in ("decimal", "double", "float"))


def extend(catalogue: Catalogue, query: Extension) -> Shown:
    """Return the values of each column for each identifier; ``unknown`` lists those that are nobody's.

    A retired identifier has the values of what replaces it. Raises TooLarge where there are more values than
    one answer holds.
    """
    rows: dict[str, Shown] = {}
    unknown, count = [], 0
    for identifier in query.ids:
        found = catalogue.at(identifier)
        row: Shown = {}
        for column in query.columns:
            cells = _cells(catalogue, found.entity, column) if found is not None else []
            row[column.asked_as] = cells
            count += len(cells)
        if count > MOST_VALUES:
            raise TooLarge(
                f"the answer has more than {MOST_VALUES:,} values", place="extend", repair="Ask for fewer ids"
            )
        rows[identifier] = row
        if found is None:
            unknown.append(identifier)
    answer: Shown = {"meta": [_meta(column) for column in query.columns], "rows": rows}
    return {**answer, "unknown": unknown} if unknown else answer


def proposed(catalogue: Catalogue, type_: str) -> list[Property]:
    """Return the properties that entities of a type have, those of most of them first."""
    if type_ not in catalogue.proposals:
        catalogue.proposals[type_] = tuple(_used(catalogue, type_))
    return [properties()[name] for name in catalogue.proposals[type_]]


def _used(catalogue: Catalogue, type_: str) -> list[str]:
    members = catalogue.names.entities_where("instr(e.classes, ?)", [f" {type_} "])[:_MEMBERS]
    counts = {
        one.id: sum(any(value is not None for value in one.values(catalogue, member)) for member in members)
        for one in properties().values()
    }
    return sorted(filter(counts.get, counts), key=lambda name: -counts[name])


def _cells(catalogue: Catalogue, entity: Entity, column: Column) -> list[Shown]:
    values = column.property.values(catalogue, entity)
    if column.language:
        values = [value for value in values if _is_of(value, column.language)]
    values = values[: column.limit] if column.limit else values
    return [{} if value is None else _cell(catalogue, value, column) for value in values]


def _is_of(value: Value | None, language: str) -> bool:
    tag = value.language if isinstance(value, Literal) else None
    return not tag or tag == language or tag.startswith(language + "-")


def _cell(catalogue: Catalogue, value: Value, column: Column) -> Shown:
    if isinstance(value, NamedNode):
        return _thing(catalogue, value.value, column.content)
    text = value.value
    if value.datatype.value in _WHOLE and re.fullmatch(r"-?\d{1,15}", text):
        return {"int": int(text)}
    if value.datatype.value in _FRACTION:
        return {"float": float(text)}
    if _is_date(column.property.id) and _DAY.fullmatch(text) and _is_day(text):
        # The schema wants a time of day. A year or a month stays what it is, a text.
        return {"date": f"{text}T00:00:00"}
    return {"str": text}


def _thing(catalogue: Catalogue, iri: str, content: str) -> Shown:
    found = catalogue.current(iri)
    if found is None:  # a class, a role, an item of Wikidata
        local = iri.removeprefix(LG).removeprefix(PREFIXES["wd"])
        named = local if content == "id" or not iri.startswith(LG) else type_name(local)
        return {"str": named}
    entity = found.entity
    if content == "id":
        return {"str": id_of(entity.iri)}
    name = name_of(catalogue, entity.iri)
    if content == "literal":
        return {"str": name}
    return {"id": id_of(entity.iri), "name": name, "description": description(catalogue, found)}


def _is_date(name: str) -> bool:
    return name in _ENDS or name.endswith(_DATES)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _meta(column: Column) -> Shown:
    told: Shown = {"id": column.asked_as, "name": column.property.name}
    if column.content == "entity" and column.property.range in types():
        told["type"] = shown(column.property.range)
    return told


def as_shown(found: Iterable[Property]) -> list[Shown]:
    """Return properties as JSON has them."""
    return [{"id": one.id, "name": one.name, "description": one.description} for one in found]
