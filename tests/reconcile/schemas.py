"""The schemas of the Reconciliation Service API 0.2, read from where they stand beside the project."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final

from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7, Schema

SUITE: Final = Path(__file__).parents[2].parent / "shared" / "suites" / "reconciliation-0.2"
_PARTS: Final = {
    "data-extension-metadata": ("manifest", "/properties/extend"),
    "preview-metadata": ("manifest", "/properties/preview"),
    "suggest-metadata": ("manifest", "/properties/suggest/definitions/service_definition"),
    "reconciliation-candidate": (
        "reconciliation-result-batch",
        "/patternProperties/%5E.*%24/properties/result/items",
    ),
}
"""Examples of what is a part of a schema."""


def available() -> bool:
    """Tell whether the suite is there."""
    return (SUITE / "schemas").is_dir()


def has_schema(name: str) -> bool:
    """Tell whether the suite has a schema for examples of that name."""
    return name in _PARTS or (SUITE / "schemas" / f"{name}.json").exists()


def is_valid(name: str, value: object) -> bool:
    """Tell whether a schema takes a value."""
    return bool(_validator(name).is_valid(value))


def faults(name: str, value: object) -> list[str]:
    """Return what a schema finds wrong with a value."""
    return [f"{error.json_path}: {error.message}"[:300] for error in _validator(name).iter_errors(value)]


@cache
def _validator(name: str) -> Draft7Validator:
    schema, part = _PARTS.get(name, (name, ""))
    identifier = _schemas()[schema]["$id"]
    return Draft7Validator({"$ref": f"{identifier}#{part}" if part else identifier}, registry=_registry())


@cache
def _registry() -> Registry[Schema]:
    # One schema is named with an empty fragment, and referred to without.
    named = [(found["$id"].rstrip("#"), DRAFT7.create_resource(found)) for found in _schemas().values()]
    return Registry().with_resources(named)


@cache
def _schemas() -> dict[str, dict[str, str]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (SUITE / "schemas").glob("*.json")}
