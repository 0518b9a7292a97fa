"""Load the frames: one YAML file for each claim type (kb/reading/frames), checked on loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from kb import plain_yaml, resources
from kb.errors import BadReference
from kb.reading.data import materiel
from kb.reading.roles import is_path
from kb.records import ClaimType, Modality

KINDS: Final[dict[str, frozenset[str]]] = {
    "actor": frozenset({"person", "state", "organisation", "outlet", "group"}),
    "person": frozenset({"person"}),
    "state": frozenset({"state"}),
    "organisation": frozenset({"organisation", "outlet"}),
    "group": frozenset({"group"}),
    "delegation": frozenset({"group"}),
    "facility": frozenset({"facility"}),
    "site": frozenset({"site"}),
    "place": frozenset({"site"}),
}
"""The kinds that a slot may ask for, and the kinds of party that each admits."""
SLOTS: Final = frozenset({"agents", "counterparts", "companions", "items", "spot"})
_FRAME_KEYS: Final = frozenset(
    [
        "rule",
        "verbs",
        "nouns",
        "slots",
        "modifiers",
        "objects",
        "preposition",
        "requires",
        "unless",
        "modality",
        "spoken",
        "scope",
        "detail",
        "anchor",
        "finder",
        "planned_under",
        "quiet",
    ]
)
_SLOT_KEYS: Final = frozenset(
    {"any", "all", "min", "kinds", "nouns", "as_state", "default", "partner", "whose"}
)
_CONDITIONS: Final = frozenset(
    {
        "prepositions",
        "modifiers",
        "objects",
        "any",
        "clause",
        "or_adjectives",
        "object_person",
        "objects_with",
        "matters",
        "carriers",
        "owners",
        "asks",
        "nowhere",
        "passive",
        "passively",
        "complements",
        "infinitives",
        "words",
        "objects_alone",
        "listed",
        "facing",
        "bodies",
        "two_states",
        "vowed",
        "fronted",
        "about_to",
    }
)


@dataclass(frozen=True, slots=True)
class Slot:
    """How a role is filled: paths in order, one that yields something (any) or all of them together."""

    paths: tuple[str, ...]
    together: bool
    minimum: int
    kinds: frozenset[str]
    nouns: str
    as_state: bool
    default: str
    whose: bool = False
    """True where a phrase that names nobody fills the role by the states that it is of: "on X steel"."""
    partner: bool = False
    """True where one side alone is not enough: the other of the two states of the text is added."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a claim type is told."""

    type: ClaimType
    rule: str
    verbs: frozenset[str]
    nouns: frozenset[str]
    slots: Mapping[str, Slot]
    modifiers: frozenset[str]
    objects: frozenset[str]
    preposition: frozenset[str]
    requires: Mapping[str, tuple[str, ...]]
    unless: Mapping[str, tuple[str, ...]]
    modality: Modality | None
    spoken: bool
    scope: str
    detail: str
    anchor: str
    """Where stance and time are read: at the trigger, or at what a path leads to ("traded")."""
    planned_under: frozenset[str] = frozenset()
    """Verbs that make what the noun under them tells a plan: "approved the sale"."""
    quiet: bool = False
    """True where its words are too common to be asked about elsewhere: "saw the shipyard"."""


@cache
def frames() -> tuple[Frame, ...]:
    """Return every frame, by type and in the order of its file. Raises BadReference on a malformed file."""
    return tuple(frame for path in resources.files(resources.FRAMES, "*.yaml") for frame in load(path))


def load(path: Path) -> tuple[Frame, ...]:
    """Return the frames of one file. Raises BadReference that names the file, the frame and the key."""
    content = content_of(path)
    kind, rows = type_of(content, path), content.get("frames")
    if not isinstance(rows, list) or not rows:
        raise BadReference("has no frames", place=str(path), repair="Give a list under frames:")
    return tuple(_frame(kind, row, path) for row in rows)


def content_of(path: Path) -> dict[str, object]:
    try:
        content = plain_yaml.load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise BadReference(f"is not YAML: {error}", place=str(path), repair="Mend the line") from error
    if not isinstance(content, dict):
        raise BadReference("is not a frame file", place=str(path), repair="Begin with type: and frames:")
    return content


def type_of(content: dict[str, object], path: Path) -> ClaimType:
    try:
        return ClaimType(str(content.get("type")))
    except ValueError as error:
        raise BadReference(f"type {content.get('type')!r} is no claim type", place=str(path),
                           repair=f"Use one of {', '.join(ClaimType)}") from error  # fmt: skip


def _frame(kind: ClaimType, row: object, path: Path) -> Frame:
    if not isinstance(row, dict) or not row.get("rule"):
        raise BadReference("a frame has no rule name", place=str(path), repair="Give it rule: NAME")
    place = f"{path}: {row['rule']}"
    _known(row, _FRAME_KEYS, place)
    if row.get("finder") and set(row) == {"rule", "finder"}:
        return _found_elsewhere(kind, str(row["rule"]))
    if not row.get("verbs") and not row.get("nouns"):
        raise BadReference("has no trigger", place=place, repair="Give verbs: or nouns:")
    slots = row.get("slots") or {}
    _known(slots, SLOTS, place)
    if "agents" not in slots and "counterparts" not in slots:
        raise BadReference("fills neither agents nor counterparts", place=place, repair="Give slots: agents:")
    return Frame(
        type=kind,
        rule=str(row["rule"]),
        verbs=frozenset(row.get("verbs", ())),
        nouns=frozenset(row.get("nouns", ())),
        slots={name: _slot(value, f"{place}/{name}") for name, value in slots.items()},
        modifiers=frozenset(row.get("modifiers", ())),
        objects=frozenset(row.get("objects", ())),
        preposition=frozenset(row.get("preposition", ())),
        requires=_conditions(row.get("requires"), place),
        unless=_conditions(row.get("unless"), place),
        modality=Modality(row["modality"]) if row.get("modality") else None,
        spoken=bool(row.get("spoken")),
        scope=str(row.get("scope", "arguments")),
        detail=str(row.get("detail", "")),
        anchor=str(row.get("anchor", "")),
        planned_under=frozenset(row.get("planned_under", ())),
        quiet=bool(row.get("quiet")),
    )


def _found_elsewhere(kind: ClaimType, rule: str) -> Frame:
    """Return the frame of a type that is not told by triggers: the module that the file names finds it."""
    none: frozenset[str] = frozenset()
    return Frame(kind, rule, none, none, {}, none, none, none, {}, {}, None, False, "arguments", "", "")


def _slot(value: object, place: str) -> Slot:
    if not isinstance(value, dict) or ("any" in value) == ("all" in value):
        raise BadReference(
            "needs either any: or all:", place=place, repair="Give a list of role paths under one of them"
        )
    _known(value, _SLOT_KEYS, place)
    kinds = value.get("kinds", ())
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise BadReference(f"unknown kinds {unknown}", place=place, repair=f"Use {', '.join(sorted(KINDS))}")
    nouns = str(value.get("nouns", ""))
    if nouns and nouns not in materiel():
        raise BadReference(f"no list of nouns {nouns!r}", place=place, repair="Use a list of materiel.yaml")
    paths = tuple(value.get("any") or value.get("all") or ())
    strange = [path for path in (*paths, str(value.get("default", "self"))) if not is_path(path)]
    if strange:
        raise BadReference(
            f"no role path {strange[0]!r}", place=place, repair="Use a path of kb/reading/roles.py"
        )
    admitted = frozenset().union(*(KINDS[kind] for kind in kinds)) if kinds else frozenset()
    return Slot(
        paths,
        together="all" in value,
        minimum=int(value.get("min", 0)),
        kinds=admitted,
        nouns=nouns,
        as_state=bool(value.get("as_state")),
        default=str(value.get("default", "")),
        whose=bool(value.get("whose")),
        partner=bool(value.get("partner")),
    )


def _conditions(value: object, place: str) -> dict[str, tuple[str, ...]]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadReference(
            "conditions are no mapping", place=place, repair="Write requires: {prepositions: […]}"
        )
    _known(value, _CONDITIONS, place)
    return {
        key: tuple(map(str, given)) if isinstance(given, list) else (str(given),)
        for key, given in value.items()
    }


def _known(row: dict[str, object], keys: frozenset[str], place: str) -> None:
    unknown = sorted(set(row) - keys)
    if unknown:
        raise BadReference(f"unknown keys {unknown}", place=place, repair=f"Use {', '.join(sorted(keys))}")
