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
COMPOSERS = {"pipeline", "as_of", "cli"}

API_ROOMS = (
    "http",
    "querying",
    "caching",
    "monitoring",
    "problems",
    "presentation",
    "operations",
    "linked_data",
    "vocabulary",
    "things",
    "term_pages",
    "articles",
    "description",
    "writing",
    "sparql",
    "questions",
    "openapi",
    "reconcile",
    "server",
)
"""A room of api may use those before it; what stands in api itself (app, serve, home) puts all together."""


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


def api_faults(room: str, names: Iterator[str]) -> list[str]:
    """Return the imports that a module of a room of api may not make: of later rooms, of what joins them."""
    before = set(API_ROOMS[: API_ROOMS.index(room) + 1])
    return [name for name in names if name.startswith("api.") and name.split(".")[1] not in before]


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


API_MODULES = [path for path in MODULES if len(path.relative_to(ROOT).parts) > 2 and room_of(path) == "api"]


@pytest.mark.parametrize("path", API_MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_of_api_imports_only_rooms_before_its_own(path: Path) -> None:
    room = path.relative_to(ROOT).parts[1]
    assert room in API_ROOMS, f"api/{room} has no place among the rooms of api"
    wrong = api_faults(room, imported(path))
    assert not wrong, f"{path.relative_to(ROOT)} ({room}) imports {', '.join(wrong)}, which stands after it"


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("http", "api.querying.service"),
        ("writing", "api.sparql.protocol"),
        ("things", "api.term_pages"),
        ("questions", "api.app.create_app"),
    ],
)
def test_an_import_of_a_later_room_of_api_is_found(room: str, name: str) -> None:
    assert api_faults(room, iter(["kb.store", "api.http.addresses", name])) == [name]


def test_every_room_of_api_says_what_it_is_for() -> None:
    told = {
        room: ast.get_docstring(ast.parse((ROOT / "api" / room / "__init__.py").read_text("utf-8")))
        for room in API_ROOMS
    }
    assert all(told.values()), told


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20
