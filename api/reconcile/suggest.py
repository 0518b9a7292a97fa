"""Suggestions while a client types: entities, properties, types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from api.reconcile.answers import name_of
from api.reconcile.catalogue import Catalogue
from api.reconcile.describing import description
from api.reconcile.extension import as_shown
from api.reconcile.ids import id_of
from api.reconcile.properties import properties, property_at
from api.reconcile.types import Shown, shown, type_at, types, types_of, with_broader
from kb.entities.name_index_begin import beginning

SUGGESTED: Final = 20
"""So many are suggested at once; the cursor leads on."""
FURTHEST: Final = 500
"""So far the cursor leads."""


def entities(catalogue: Catalogue, prefix: str, kinds: Iterable[str], cursor: int, limit: int) -> list[Shown]:
    """Return entities whose names begin so, from the cursor on; an identifier gives its entity."""
    known = catalogue.at(prefix)
    if known is not None:
        found = [known]
    else:
        begun = beginning(catalogue.names, prefix, kinds=kinds, most=min(cursor + limit, FURTHEST))
        found = [one for one in (catalogue.current(entity.iri) for entity in begun) if one is not None]
    return [
        {
            "id": id_of(one.entity.iri),
            "name": name_of(catalogue, one.entity.iri),
            "description": description(catalogue, one),
            "notable": [shown(name) for name in types_of(one.entity)],
        }
        for one in found[cursor : cursor + limit]
    ]


def some_properties(prefix: str, cursor: int, limit: int) -> list[Shown]:
    """Return properties whose identifier or name begins so, then those that have it in the middle."""
    exact = property_at(prefix)
    named = [(one.id, (one.id, one.name)) for one in properties().values()]
    found = _ranked(prefix, named, exact.id if exact else "")
    return as_shown(properties()[name] for name in found[cursor : cursor + limit])


def some_types(prefix: str, cursor: int, limit: int) -> list[Shown]:
    """Return types whose identifier or name, in any language that there is, begins so or has it."""
    named = [(name, (name, *term.labels.values(), *term.nouns)) for name, term in types().items()]
    found = _ranked(prefix, named, type_at(prefix) or "")
    return [with_broader(name) for name in found[cursor : cursor + limit]]


def _ranked(prefix: str, named: Iterable[tuple[str, Sequence[str]]], exact: str) -> list[str]:
    """Return the identifiers that a prefix fits, the best first."""
    wanted = prefix.strip().casefold()
    ranks: dict[str, tuple[int, str]] = {}
    for name, texts in named:
        folded = [text.casefold() for text in texts]
        if name == exact:
            ranks[name] = (0, name)
        elif any(text.startswith(wanted) for text in folded):
            ranks[name] = (1, name)
        elif any(wanted in text for text in folded):
            ranks[name] = (2, name)
    return sorted(ranks, key=lambda name: ranks[name])
