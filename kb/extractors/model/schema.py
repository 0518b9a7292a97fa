"""What the model may answer: a JSON Schema made from the frames, and the check that holds answers to it.

Only keywords that every strict implementation knows: closed objects, every key required, null for none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kb.reading.frames import KINDS, frames
from kb.records import ClaimType, Modality, Polarity

Json = dict[str, object]

NAMELESS: Final = frozenset({"site", "thing"})
"""Kinds of the frames that are no kind of party."""
PARTIES: Final = ("agents", "counterparts")
MAYBE_TEXT: Final[Json] = {"type": ["string", "null"]}
TEXTS: Final[Json] = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Shape:
    """What claims of one type may hold, by its frames."""

    roles: Mapping[str, frozenset[str]]
    """agents, counterparts, companions, items, spot, office -> the kinds that fill it; empty: any."""
    mutual: bool
    """Several agents do it together; nobody stands opposite them."""


@cache
def shapes() -> dict[ClaimType, Shape]:
    """Return the shape of each claim type that has frames. A type found by titles alone is an office's."""
    found: dict[ClaimType, dict[str, frozenset[str]]] = {}
    mutual: set[ClaimType] = set()
    for frame in frames():
        roles = found.setdefault(frame.type, {})
        for role, slot in frame.slots.items():
            roles[role] = roles.get(role, frozenset()) | slot.kinds
            if role == "agents" and slot.minimum > 1:
                mutual.add(frame.type)
    standing = {"agents": KINDS["person"], "office": frozenset[str]()}
    return {
        kind: Shape(roles or standing, kind in mutual and "counterparts" not in roles)
        for kind, roles in sorted(found.items())
    }


def kinds() -> list[str]:
    """Return the kinds of party that some frame admits, sorted."""
    named = (found for shape in shapes().values() for role, found in shape.roles.items() if role in PARTIES)
    return sorted(frozenset().union(*named) - NAMELESS)


@cache
def claim_schema() -> Json:
    """Return the JSON Schema of one claim."""
    party = _object(
        {"name": {"type": "string"}, "kind": {"type": "string", "enum": kinds()}, "state": MAYBE_TEXT}
    )
    roles = {role for shape in shapes().values() for role in shape.roles}
    fields: dict[str, Json] = {
        "type": {"type": "string", "enum": [kind.value for kind in shapes()]},
        "quote": {"type": "string"},
        **{role: {"type": "array", "items": party} for role in PARTIES if role in roles},
        **{role: TEXTS for role in ("companions", "items") if role in roles},
    }
    if "spot" in roles:
        fields |= {"place": MAYBE_TEXT, "facility": MAYBE_TEXT, "country": MAYBE_TEXT}
    fields |= {
        "office": MAYBE_TEXT,
        "when": MAYBE_TEXT,
        "modality": {"type": "string", "enum": [each.value for each in Modality]},
        "polarity": {"type": "string", "enum": [each.value for each in Polarity]},
        "speaker": MAYBE_TEXT,
        "via": MAYBE_TEXT,
    }
    return _object(fields)


def answer_schema() -> Json:
    """Return the JSON Schema of a whole answer."""
    return _object({"claims": {"type": "array", "items": claim_schema()}})


def _object(fields: Mapping[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": dict(fields),
        "required": list(fields),
        "additionalProperties": False,
    }


def fault(value: object, schema: Mapping[str, object], where: str = "answer") -> str | None:
    """Return what in a value does not fit a schema of the keywords used here, None where it fits."""
    types = schema["type"]
    allowed = [str(name) for name in (types if isinstance(types, list) else [types])]
    if not any(isinstance(value, _PYTHON[name]) for name in allowed):
        return f"{where} is no {' or '.join(allowed)}"
    options = schema.get("enum")
    if isinstance(options, list) and value not in options:
        return f"{where} is none of its values"
    if isinstance(value, list):
        items = schema["items"]
        assert isinstance(items, Mapping)
        return next(
            (wrong for n, one in enumerate(value) if (wrong := fault(one, items, f"{where}[{n}]"))), None
        )
    if isinstance(value, dict):
        return _fault_of_object(value, schema, where)
    return None


_PYTHON: Final[dict[str, type]] = {"string": str, "array": list, "object": dict, "null": type(None)}


def _fault_of_object(value: Mapping[object, object], schema: Mapping[str, object], where: str) -> str | None:
    fields = schema["properties"]
    assert isinstance(fields, Mapping)
    if missing := [name for name in fields if name not in value]:
        return f"{where} lacks {missing[0]!r}"
    if any(name not in fields for name in value):
        return f"{where} has a key of its own"
    return next(
        (wrong for name in fields if (wrong := fault(value[name], fields[name], f"{where}.{name}"))), None
    )
