"""A reconciliation query: a name, types, and what else is known of the thing that is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.reconcile.properties import Property

CANDIDATES: Final = 10
"""So many candidates are given where no limit is."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that is an entity."""

    id: str
    name: str = ""


Given = str | int | float | bool | Reference
"""One value that a client gives for a property."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a client knows of a property; any of the values will do."""

    property: Property
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One reconciliation query."""

    text: str = ""
    types: tuple[str, ...] = ()
    """Local names of classes."""
    strictness: str = "any"
    limit: int = CANDIDATES
    constraints: tuple[Constraint, ...] = ()
