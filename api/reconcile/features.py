"""The features that explain a candidate's score, each with what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.reconcile.candidates import Candidate
from api.reconcile.types import Shown
from kb.entities.name_index_records import FormKind, How

PROPERTY: Final = "property:"
"""How the feature of a property begins that a query named; its identifier follows."""
MEANINGS: Final[Mapping[str, str]] = {
    "name": "What the name has of 100; the score is this less both points_off",
    "points_off_type": "Points taken off because it is of none of the types asked for",
    "points_off_properties": "Points taken off for properties that differ or are not known",
    "name_exact": "The name as it was asked for, whatever its case, marks and hyphens",
    "name_spacing": "The name, with spaces elsewhere",
    "name_order": "The name, its words in another order",
    "name_typo": "The name, with letters put in, left out, changed or swapped",
    "name_letters_off": "How many letters those are",
    "name_script": "The name, read from another script",
    "name_sound": "A Korean name that sounds alike in another romanisation",
    "name_initials": "The name, with initials for some of its words",
    "name_part": "Some words of the name",
    "name_made": "The form that fitted was made by a rule of romanisation, and no source attests it",
    "ambiguous": "Other things bear the same form of name",
    "type_fits": "It is of the types asked for; true where none was",
    "identified": "A property that only one thing can have agrees",
    "mentions": "How many statements of the base point at it: the better known of two alike goes first",
    "unresolved": "It was named in a text and nobody has reviewed it yet",
    "replaces_retired": "The identifier that was asked for is retired and leads to it",
    "retired": "It is retired, and nothing replaces it",
    f"{PROPERTY}…": "How well a property fits, from 0 to 100; absent where nothing is known of it",
}
"""What each feature means, in the order in which they are given."""


def features(one: Candidate) -> list[Shown]:
    """Return a candidate's features."""
    match = one.match
    how = frozenset(match.how) if match is not None else frozenset()
    told: dict[str, float | bool] = {
        "name": one.name,
        "points_off_type": one.points_off_type,
        "points_off_properties": round(one.points_off_properties, 1),
        **{f"name_{way}": way in how for way in How},
        "name_letters_off": match.edits if match is not None else 0,
        "name_made": match is not None and match.form.kind is FormKind.GENERATED,
        "ambiguous": match is not None and match.ambiguous,
        "type_fits": one.fits_type,
        "identified": one.identified,
        "mentions": one.entity.weight,
        "unresolved": one.entity.minted,
        "replaces_retired": one.current.retired is not None and not one.entity.retired,
        "retired": bool(one.entity.retired),
    }
    given: list[Shown] = [{"id": name, "value": told[name]} for name in MEANINGS if name in told]
    given += [
        {"id": PROPERTY + name, "value": round(value, 1)}
        for name, value in one.likenesses.items()
        if value is not None
    ]
    return given


def meaning(feature: str) -> str | None:
    """Return what a feature means, None for one that there is not."""
    if feature.startswith(PROPERTY) and len(feature) > len(PROPERTY):
        return MEANINGS[f"{PROPERTY}…"]
    return MEANINGS.get(feature)
