"""The example sentences of the frames, which are tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb import resources
from kb.errors import BadReference
from kb.reading.frames import content_of, type_of
from kb.records import ClaimType


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a type's frames must match, with what must be found, or must not match."""

    type: ClaimType
    text: str
    matches: bool
    expected: Mapping[str, object]


def examples() -> tuple[Example, ...]:
    """Return the example sentences of every frame file. Raises BadReference where a file has none."""
    found = []
    for path in resources.files(resources.FRAMES, "*.yaml"):
        content = content_of(path)
        kind, given = type_of(content, path), content.get("examples")
        if not isinstance(given, dict) or not given.get("match") or not given.get("no_match"):
            raise BadReference("has no examples", place=str(path), repair="Give examples: match and no_match")
        found += [
            Example(kind, row["text"], True, {k: v for k, v in row.items() if k != "text"})
            for row in given["match"]
        ]
        found += [Example(kind, text, False, {}) for text in given["no_match"]]
    return tuple(found)
