"""A small card of an entity, for a frame or a flyout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from pyoxigraph import Literal

from api.reconcile.answers import name_of
from api.reconcile.catalogue import Catalogue, Current
from api.reconcile.describing import description
from api.reconcile.ids import id_of
from api.reconcile.properties import property_at
from api.reconcile.types import types
from kb.namespaces import expand

WIDTH: Final = 420
HEIGHT: Final = 180
"""Of the frame that a card fits, in pixels."""
_NAMES: Final = 6
_LANGUAGES: Final = ("ru", "ko")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a preview shows."""

    id: str
    iri: str
    name: str
    description: str
    names: tuple[Name, ...]


def card(catalogue: Catalogue, found: Current) -> Card:
    """Return the card of an entity."""
    entity = found.entity
    texts = [
        value
        for name in ("rdfs:label", "skos:altLabel")
        for value in catalogue.values(entity.iri, expand(name))
        if isinstance(value, Literal)
    ]
    # The names in other scripts first: they tell more than another English one.
    texts.sort(key=lambda text: text.language not in _LANGUAGES)
    shown = name_of(catalogue, entity.iri)
    names = [Name(text.value, text.language or "") for text in texts if text.value != shown]
    several = tuple(dict.fromkeys(names))[:_NAMES]
    return Card(id_of(entity.iri), entity.iri, shown, description(catalogue, found), several)


def flyout_of_entity(catalogue: Catalogue, found: Current) -> Markup:
    """Return a few words about an entity as HTML that a client may show: paragraphs, everything escaped."""
    shown = card(catalogue, found)
    names = Markup(" · ").join(name.text for name in shown.names)
    return _paragraphs(shown.name, shown.description, names)


def flyout_of_property(text: str) -> Markup | None:
    """Return the same about a property, None where there is none of that name."""
    found = property_at(text)
    return None if found is None else _paragraphs(found.name, found.description)


def flyout_of_type(name: str) -> Markup:
    """Return the same about a type."""
    term = types()[name]
    return _paragraphs(term.labels["en"], term.definition)


def _paragraphs(title: str, *texts: str) -> Markup:
    lines = [Markup("<p><strong>{}</strong></p>").format(title)]
    lines += [Markup("<p>{}</p>").format(text) for text in texts if text]
    return Markup("").join(lines)
