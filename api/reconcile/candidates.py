"""Candidates for a reconciliation query: which entities, how sure, and why.

A candidate's score is what its name has (kb.entities.name_index_score says how), less points for a type and
for properties that do not fit:

| what | points off |
|---|---|
| none of the types asked for, where that is no condition (``type_strict`` "should") | 40 |
| a property whose values differ | 25, less where they are alike |
| a property of which the base knows nothing | 3 |

Where a property that only one thing can have (an ISO code, a Wikidata item) agrees, the name counts 80 at
least. A query without a name is answered from its properties: the name then counts 100 where such a property
agrees, else 70.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from api.reconcile.catalogue import Catalogue, Current
from api.reconcile.gathering import gathered
from api.reconcile.likeness import likeness
from api.reconcile.query import Constraint, Query
from kb.entities.name_index_records import RANK, Entity, FormKind, Match

OTHER_TYPE: Final = 40.0
"""So much that the whole name of a thing of another type stands below part of the name of one that fits."""
DIFFERS: Final = 25.0
UNKNOWN: Final = 3.0
AGREES: Final = 90.0
"""From this likeness on a property agrees; below half of it, it contradicts."""
IDENTIFIED: Final = 80.0
UNNAMED: Final = 70.0
MATCH: Final = 95.0
"""From this score on a candidate may be taken without a look."""
LEAD: Final = 5.0
"""So many points the next one must be behind."""
_SURE: Final = frozenset(
    {FormKind.LABEL, FormKind.OTHER, FormKind.DATED, FormKind.DESIGNATION, FormKind.CODE, FormKind.ID}
)
"""Forms that name one thing well. A surname, a nation's adjective or a made-up spelling may be another's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a query may mean."""

    current: Current
    name: float
    """What its name has of 100."""
    match: Match | None
    """The form of name that fitted; None where no name was asked for, or an identifier alone fitted."""
    fits_type: bool
    likenesses: Mapping[str, float | None]
    """For each property that was given, from 0 to 100; None where the base knows nothing of it."""
    identified: bool
    """Whether a property that only one thing can have agrees."""
    points_off_type: float
    points_off_properties: float
    certain: bool = False
    """Whether it may be taken without a look."""

    @property
    def entity(self) -> Entity:
        """Return the entity."""
        return self.current.entity

    @property
    def score(self) -> float:
        """Return how sure it is, from 0 to 100."""
        return round(max(0.0, self.name - self.points_off_type - self.points_off_properties), 1)

    @property
    def agrees(self) -> bool:
        """Tell whether some property agrees and none contradicts."""
        known = [one for one in self.likenesses.values() if one is not None]
        return bool(known) and max(known) >= AGREES and not self.contradicted

    @property
    def contradicted(self) -> bool:
        """Tell whether some property contradicts."""
        return any(one is not None and one < AGREES / 2 for one in self.likenesses.values())


def candidates(catalogue: Catalogue, query: Query) -> tuple[Candidate, ...]:
    """Return the candidates for a query, the surest first; the first is marked where it is certain."""
    found = [
        candidate
        for current, match in gathered(catalogue, query)
        if (candidate := _weighed(catalogue, query, current, match)) is not None
    ]
    found.sort(key=_order)
    return _marked(found)[: query.limit]


def _order(one: Candidate) -> tuple[float, int, int, str]:
    rank = RANK[one.match.form.kind] if one.match is not None else len(RANK)
    return (-one.score, rank, -one.entity.weight, one.entity.iri)


def _weighed(catalogue: Catalogue, query: Query, current: Current, match: Match | None) -> Candidate | None:
    """Return an entity with its points; None where its type is not what must be."""
    fits = [name == current.entity.kind or name in current.entity.classes for name in query.types]
    fits_type = all(fits) if query.strictness == "all" else any(fits) or not fits
    if not fits_type and query.strictness != "should":
        return None
    likenesses = {one.property.id: likeness(catalogue, current.entity, one) for one in query.constraints}
    identified = any(_identifies(one, likenesses) for one in query.constraints)
    name = match.score if match is not None else 0.0
    if not query.text:
        name = 100.0 if identified else UNNAMED
    elif identified:
        name = max(name, IDENTIFIED)
    return Candidate(
        current,
        name,
        match,
        fits_type,
        likenesses,
        identified,
        0.0 if fits_type else OTHER_TYPE,
        sum(map(_points_off, likenesses.values())),
    )


def _identifies(constraint: Constraint, likenesses: Mapping[str, float | None]) -> bool:
    return constraint.property.identifies and likenesses[constraint.property.id] == 100.0


def _points_off(like: float | None) -> float:
    return UNKNOWN if like is None else round(DIFFERS * (1 - like / 100), 1)


def _marked(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, the first marked as certain where it is."""
    if not found:
        return ()
    first, *others = found
    alone = not others or first.score - others[0].score >= LEAD
    if alone and first.score >= MATCH and _is_sure(first):
        first = replace(first, certain=True)
    return (first, *others)


def _is_sure(one: Candidate) -> bool:
    if one.contradicted or not one.fits_type or one.entity.retired:
        return False
    if one.match is None:
        return one.identified
    return not one.match.ambiguous and (one.match.form.kind in _SURE or one.agrees)
