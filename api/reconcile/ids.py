"""Identifiers of entities: what stands after the identifier space ("person/li-qiang")."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kb.entities.name_index_source import NAMED
from kb.namespaces import BASE, KINDS, PREFIXES

SPACE: Final = BASE
"""The identifier space: put before an identifier, it makes the entity's IRI."""
_PATHS: Final = tuple(KINDS[prefix] for prefix in NAMED)


def id_of(iri: str) -> str:
    """Return the identifier of an entity's IRI."""
    return iri.removeprefix(SPACE)


def iri_of(text: str) -> str | None:
    """Return the IRI that an identifier stands for, None where it is none.

    An identifier is what ``id_of`` gives, the IRI itself, or the short form "person:li-qiang".
    """
    text = text.strip()
    prefix, colon, rest = text.partition(":")
    if colon and prefix in NAMED:
        text = PREFIXES[prefix] + rest
    elif not text.startswith(SPACE):
        text = SPACE + text
    if not text.removeprefix(SPACE).startswith(_PATHS):
        return None
    try:
        return NamedNode(text).value
    except ValueError:
        return None
