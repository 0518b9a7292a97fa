"""A batch of reconciliation queries as a client sends it, made into records or errors, query by query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from rapidfuzz import process

from api.reconcile.properties import Property, properties, property_at
from api.reconcile.query import CANDIDATES, Constraint, Given, Query, Reference
from api.reconcile.reading import read_json, shortened
from api.reconcile.types import type_at, types
from kb.errors import BadParameter, TooLarge

MOST_QUERIES: Final = 50
"""So many queries may stand in a batch."""
MOST_CANDIDATES: Final = 100
"""So many candidates may be asked for."""
LONGEST_TEXT: Final = 500
"""So many characters may a name or a value have."""
MOST_PROPERTIES: Final = 20
MOST_VALUES: Final = 20
MOST_TYPES: Final = 30
MOST_GIVEN: Final = 1000
"""So many values of properties may stand in a batch."""
STRICTNESSES: Final = ("any", "should", "all")
_KEYS: Final = ("query", "type", "limit", "properties", "type_strict")
_NEAR: Final = 70.0


def read_batch(text: str) -> Mapping[str, Query | BadParameter]:
    """Return the queries of a batch under their keys; in place of one that breaks a rule, its error.

    Raises TooLarge for a text that is too long or more than ``MOST_QUERIES`` queries, BadParameter for a text
    that is no JSON object, or where every query breaks a rule.
    """
    batch = read_json(text, "queries")
    if not isinstance(batch, dict):
        raise BadParameter(
            "it is no JSON object", place="queries", repair='Send {"q0": {"query": "a name"}, …}'
        )
    if len(batch) > MOST_QUERIES:
        raise TooLarge(
            f"there are {len(batch):,} queries, and {MOST_QUERIES} are answered at once",
            place="queries",
            repair=f"Send batches of {MOST_QUERIES}",
        )
    found = {key: _query_or_error(key, value) for key, value in batch.items()}
    given = sum(len(one.values) for query in found.values() for one in _constraints(query))
    if given > MOST_GIVEN:
        raise TooLarge(
            f"there are {given:,} values of properties, and {MOST_GIVEN:,} are looked at",
            place="queries",
            repair="Send smaller batches",
        )
    errors = [one for one in found.values() if isinstance(one, BadParameter)]
    if errors and len(errors) == len(found):
        raise errors[0]
    return found


def _constraints(query: Query | BadParameter) -> tuple[Constraint, ...]:
    return query.constraints if isinstance(query, Query) else ()


def _query_or_error(key: str, told: object) -> Query | BadParameter:
    try:
        return _query(told, f"queries.{key[:60]}")
    except BadParameter as error:
        return error


def _query(told: object, place: str) -> Query:
    said = as_object(told, place)
    refuse_unknown(said, _KEYS, place)
    if "query" not in said and not said.get("properties"):
        raise BadParameter("it has no query and no properties", place=place, repair="Give one of the two")
    strictness = said.get("type_strict", "any")
    if strictness not in STRICTNESSES:
        raise BadParameter(
            "it is none of the three", place=f"{place}.type_strict", repair="Give any, should or all"
        )
    return Query(
        text=_text(said.get("query", ""), f"{place}.query").strip(),
        types=_types(said.get("type", []), f"{place}.type"),
        strictness=str(strictness),
        limit=_limit(said.get("limit", CANDIDATES), f"{place}.limit"),
        constraints=_each(said.get("properties", []), MOST_PROPERTIES, f"{place}.properties", _constraint),
    )


def as_object(told: object, place: str) -> Mapping[str, object]:
    """Return what is a JSON object. Raises BadParameter for anything else."""
    if not isinstance(told, dict):
        raise BadParameter("it is no JSON object", place=place, repair="Give an object in braces")
    return told


def refuse_unknown(said: Mapping[str, object], known: Iterable[str], place: str) -> None:
    """Raise BadParameter for a key that has no meaning here: what it asks would be lost without a word."""
    for key in said:
        if key not in known:
            raise BadParameter(
                f"there is no member {shortened(key)}", place=place, repair=f"Known are {', '.join(known)}"
            )


def _text(told: object, place: str) -> str:
    if not isinstance(told, str):
        raise BadParameter("it is no text", place=place, repair="Give a text in quotes")
    if len(told) > LONGEST_TEXT:
        repair = f"Give {LONGEST_TEXT} characters at most"
        raise BadParameter(f"it has {len(told):,} characters", place=place, repair=repair)
    return told


def _types(told: object, place: str) -> tuple[str, ...]:
    # An empty type is what some clients send where none was chosen.
    several = ([told] if told.strip() else []) if isinstance(told, str) else told
    return tuple(dict.fromkeys(_each(several, MOST_TYPES, place, known_type)))


def known_type(told: object, place: str) -> str:
    """Return the local name of a type that a client gives. Raises BadParameter for an unknown one."""
    text = _text(told, place)
    found = type_at(text)
    if found is None:
        raise BadParameter(
            f"there is no type {shortened(text)}",
            place=place,
            repair=_meant(text, types()) or "Leave it out, or ask the suggest service for types",
        )
    return found


def known_property(told: object, place: str) -> Property:
    """Return the property of an identifier that a client gives. Raises BadParameter for an unknown one."""
    text = _text(told, place)
    found = property_at(text)
    if found is None:
        raise BadParameter(
            f"there is no property {shortened(text)}",
            place=place,
            repair=_meant(text, properties()) or "Ask the suggest service for properties",
        )
    return found


def _meant(text: str, known: Iterable[str]) -> str:
    near = process.extractOne(text, list(known), score_cutoff=_NEAR)
    return f"Did you mean {near[0]}?" if near else ""


def _limit(told: object, place: str) -> int:
    whole = isinstance(told, int | float) and not isinstance(told, bool) and told == int(told)
    if not whole or not 1 <= told <= MOST_CANDIDATES:  # type: ignore[operator]
        raise BadParameter(
            "it is no number of candidates",
            place=place,
            repair=f"Give a whole number from 1 to {MOST_CANDIDATES}",
        )
    return int(told)  # type: ignore[call-overload, no-any-return]


Item = TypeVar("Item")


def _each(told: object, most: int, place: str, read: Callable[[object, str], Item]) -> tuple[Item, ...]:
    if not isinstance(told, list):
        raise BadParameter("it is no list", place=place, repair="Give a list in brackets")
    if len(told) > most:
        raise BadParameter(f"it has {len(told):,} members", place=place, repair=f"Give {most} at most")
    return tuple(read(one, f"{place}[{number}]") for number, one in enumerate(told))


def _constraint(told: object, place: str) -> Constraint:
    said = as_object(told, place)
    for key in ("pid", "v"):
        if key not in said:
            raise BadParameter(f"it has no {key}", place=place, repair="Give pid and v")
    several = said["v"] if isinstance(said["v"], list) else [said["v"]]
    values = _each(several, MOST_VALUES, f"{place}.v", _value)
    return Constraint(known_property(said["pid"], f"{place}.pid"), values)


def _value(told: object, place: str) -> Given:
    if isinstance(told, bool | int | float):
        return told
    if isinstance(told, str):
        return _text(told, place)
    if isinstance(told, dict) and "id" in told:
        name = _text(told.get("name", ""), f"{place}.name")
        return Reference(_text(told["id"], f"{place}.id").strip(), name.strip())
    raise BadParameter(
        "it is no value", place=place, repair="Give a text, a number, true, false, or an object with an id"
    )
