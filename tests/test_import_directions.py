"""Data flows one way through the rooms; this holds the imports to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.resources import ROOT

ROOMS = ("articles", "reading", "extractors", "claims", "entities", "store", "facts", "queries")
AFTER_ALL = ("checks", "exports")  # stand beside queries: they may use every room before them, not each other
ASIDE = {"evaluation": "claims"}  # a room that nothing after it uses: it may use those up to this one
SHARED = {
    "canonical",
    "claim_id",
    "edtf_bounds",
    "errors",
    "namespaces",
    "plain_cache",
    "plain_yaml",
    "records",
    "reference",
    "resources",
    "settings",
    "terms",
}
COMPOSERS = {"pipeline", "cli"}


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def faults(room: str, names: Iterator[str]) -> list[str]:
    """Return the imports that a module of a room of kb (or "api", or a shared module) may not make."""
    found = []
    for name in names:
        parts = name.split(".")
        if parts[0] == "api" and room != "api":
            found.append(name)
        if parts[0] == "flask" and room != "api":
            found.append(name)
        if parts[0] == "kb" and len(parts) > 1 and not may_import(room, parts[1]):
            found.append(name)
    return found


def may_import(room: str, target: str) -> bool:
    """Say whether a module of ``room`` may import ``kb.<target>``."""
    if room == "api" or room in COMPOSERS or target in SHARED or target == room or target == "__version__":
        return True
    if room in ROOMS:
        return target in ROOMS[: ROOMS.index(room)]
    if room in ASIDE:
        return target in ROOMS[: ROOMS.index(ASIDE[room]) + 1]
    return room in AFTER_ALL and target in ROOMS


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "api" if parts[0] == "api" else parts[1]


MODULES = sorted([*(ROOT / "kb").rglob("*.py"), *(ROOT / "api").rglob("*.py")])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_rooms_upstream_of_it(path: Path) -> None:
    room = room_of(path)
    wrong = [] if room == "__init__" else faults(room, imported(path))
    assert not wrong, f"{path.relative_to(ROOT)} ({room}) imports {', '.join(wrong)}, which stands downstream"


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("reading", "kb.facts.routing"),
        ("store", "kb.queries"),
        ("facts", "flask"),
        ("evaluation", "kb.entities"),
        ("facts", "kb.evaluation"),
        ("claims", "api.home"),
        ("errors", "kb.store"),
    ],
)
def test_an_import_against_the_stream_is_found(room: str, name: str) -> None:
    assert faults(room, iter([name])) == [name]


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20
