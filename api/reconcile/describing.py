"""One line about an entity, that tells it from others of its name."""

from __future__ import annotations

from typing import Final

from api.reconcile.catalogue import Catalogue, Current
from api.reconcile.ids import id_of
from api.reconcile.types import exact_type, type_name
from kb.entities.name_index_records import Entity
from kb.namespaces import LG
from kb.terms import state as state_node

_OFFICES: Final = 2
"""So many offices are named of a person."""
_SAYS_STATE: Final = frozenset({"state", "office", "gov", "terr"})
"""Kinds whose names say it already."""


def description(catalogue: Catalogue, current: Current) -> str:
    """Return the class, the state, and for a person the last offices; what a retired identifier led from."""
    entity = current.entity
    parts = [_what(catalogue, entity)]
    if entity.kind == "person":
        parts += _offices(catalogue, entity)
    if entity.kind == "hw":
        makers = catalogue.values(entity.iri, LG + "maker")
        parts += [f"made by {catalogue.label(maker.value)}" for maker in makers[:1]]
    if entity.minted:
        parts.append("named in a text, not yet reviewed")
    if entity.retired:
        parts.append(f"retired on {entity.retired}, nothing replaces it")
    elif current.retired is not None:
        old = current.retired
        why = f": {old.reason}" if old.reason else ""
        parts.append(f"replaces {id_of(old.iri)}, retired on {old.retired}{why}")
    return "; ".join(parts)


def _what(catalogue: Catalogue, entity: Entity) -> str:
    kind = type_name(exact_type(entity))
    if not entity.state or entity.kind in _SAYS_STATE:
        return kind
    return f"{kind}, {catalogue.label(state_node(entity.state).value)}"


def _offices(catalogue: Catalogue, entity: Entity) -> list[str]:
    """Return a person's last offices with their years: "President of Alpinia (2012–2018)"."""
    found = []
    for tenure in catalogue.subjects(LG + "holder", entity.iri):
        start, end, office = (
            next((value.value for value in catalogue.values(tenure, LG + name)), "")
            for name in ("from", "until", "office")
        )
        if office:
            found.append((not end, start, end, office))
    found.sort(reverse=True)
    return [f"{catalogue.label(office)}{_years(start, end)}" for _, start, end, office in found[:_OFFICES]]


def _years(start: str, end: str) -> str:
    first, last = start[:4], end[:4]
    if not first and not last:
        return ""
    return f" ({first})" if first == last else f" ({first}–{last})"
