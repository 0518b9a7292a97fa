"""The types of entities: classes of the ontology, by their local names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from api.vocabulary.terms import Term, terms
from kb.entities.name_index_records import Entity
from kb.namespaces import LG

DEFAULTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "Person",
        "state": "State",
        "fac": "Facility",
        "hw": "Hardware",
        "org": "Organisation",
        "office": "Office",
        "place": "Settlement",
        "region": "Region",
        "treaty": "Treaty",
        "summit": "SummitSeries",
        "gov": "Government",
        "terr": "Territory",
    }
)
"""From each kind of thing that is looked up by name to the class of all its members."""
_FURTHER: Final = ("Outlet",)
"""What many look for that is no kind of its own."""
NAMED_CLASSES: Final = frozenset({*DEFAULTS.values(), "Place", "Site", "Actor", "Item"})
"""Classes whose members are entities."""

Shown = dict[str, object]
"""A type or another small thing as JSON has it: id, name, maybe description, broader."""


@cache
def types() -> Mapping[str, Term]:
    """Return the classes that entities may belong to, by local name."""
    classes = {name: term for name, term in terms().items() if term.kind == "class"}
    return MappingProxyType(
        {name: term for name, term in classes.items() if not NAMED_CLASSES.isdisjoint(above(name))}
    )


def type_at(text: str) -> str | None:
    """Return the local name of a type: of "Airport", "lg:Airport" or the IRI. None where there is none."""
    name = text.strip().removeprefix("lg:").removeprefix(LG)
    return name if name in types() else None


@cache
def above(name: str) -> tuple[str, ...]:
    """Return a class and all that stand above it, the nearest first."""
    found = [name]
    for one in found:
        term = terms().get(one)
        over = term.links.get("kind-of", ()) if term is not None else ()
        found.extend(
            local for iri in over if iri.startswith(LG) and (local := iri.removeprefix(LG)) not in found
        )
    return tuple(found)


def default_types() -> list[Shown]:
    """Return the types that are sensible to choose from."""
    return [shown(name) for name in (*DEFAULTS.values(), *_FURTHER)]


def shown(name: str) -> Shown:
    """Return a type with its English name."""
    return {"id": name, "name": type_name(name)}


@cache
def type_name(name: str) -> str:
    """Return the English name of a type."""
    term = terms().get(name)
    return term.labels["en"] if term is not None else name


def with_broader(name: str) -> Shown:
    """Return a type with what stands above it, each with what stands above that."""
    term = types()[name]
    over = [iri.removeprefix(LG) for iri in term.links.get("kind-of", ()) if iri.startswith(LG)]
    broader = [with_broader(one) for one in over if one in types()]
    told: Shown = {**shown(name), "description": term.definition}
    return {**told, "broader": broader} if broader else told


def types_of(entity: Entity) -> Sequence[str]:
    """Return an entity's classes, the most exact first, up to the one of all members of its kind."""
    top = DEFAULTS[entity.kind]
    found = [one for name in entity.classes for one in above(name) if top in above(one)]
    return list(dict.fromkeys(found)) or [top]


def exact_type(entity: Entity) -> str:
    """Return the class that tells most of an entity."""
    return types_of(entity)[0]
