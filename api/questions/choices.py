"""What a question's form offers for each parameter: states, persons, facilities and so on of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal

from api.querying.rows import texts
from api.querying.service import the_service
from kb.namespaces import PREFIXES
from kb.queries import Question
from kb.queries.parameters import Parameter, ParameterType
from kb.store import Store

_MOST: Final = 400
"""A longer list helps nobody: the field is then left free."""

_STATES: Final = """
SELECT DISTINCT ?code ?label WHERE {
  ?state a lg:State ; lg:iso3 ?code ; rdfs:label ?label FILTER(LANG(?label) IN ("en", ""))
} ORDER BY ?label
"""
_THINGS: Final = f"""
SELECT DISTINCT ?thing ?label WHERE {{
  # From the names, of which there are fewer than slots.
  ?thing rdfs:label ?label FILTER(STRSTARTS(STR(?thing), ?namespace) && LANG(?label) IN ("en", ""))
  FILTER EXISTS {{ ?slot lg:slotEntity ?thing }}
}} ORDER BY ?label LIMIT {_MOST}
"""


_CURATED: Final = f"""
SELECT DISTINCT ?thing ?label WHERE {{
  ?source a lg:Source . ?thing dct:source ?source FILTER(STRSTARTS(STR(?thing), ?namespace))
  ?thing rdfs:label ?label FILTER(LANG(?label) IN ("en", ""))
}} ORDER BY ?label LIMIT {_MOST}
"""
_OFFERED: Final = {"person": _THINGS, "fac": _THINGS, "org": _CURATED, "hw": _CURATED}
"""Persons and facilities that some text names; of the rest, what is curated."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a form offers."""

    value: str
    label: str


def choices(question: Question) -> Mapping[str, tuple[Choice, ...]]:
    """Return what a form offers for each parameter of a question, by its name; nothing where it is free."""
    return {parameter.name: _choices(parameter) for parameter in question.takes}


def _choices(parameter: Parameter) -> tuple[Choice, ...]:
    if parameter.allowed:
        return tuple(Choice(text, text) for text in parameter.allowed)
    if parameter.type is ParameterType.STATE:
        return states()
    if parameter.kind in _OFFERED:
        return the_service().remembered(
            ("things", parameter.kind), lambda store: _things(store, parameter.kind)
        )
    return ()


def states() -> tuple[Choice, ...]:
    """Return the states of the base by code, in the order of their names."""
    return the_service().remembered("states", _states)


def _states(store: Store) -> tuple[Choice, ...]:
    return tuple(Choice(row["code"], row["label"]) for row in texts(store, _STATES))


def _things(store: Store, kind: str) -> tuple[Choice, ...]:
    """Return the things of a kind that a form offers."""
    namespace = PREFIXES[kind]
    found = texts(store, _OFFERED[kind], namespace=Literal(namespace))
    return tuple(Choice(row["thing"].removeprefix(namespace), row["label"]) for row in found)
