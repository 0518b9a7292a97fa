"""What a change adds to and removes from the curated entities, which files it touches, and writing them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kb import resources
from kb.canonical import canonical_triples
from kb.entities.table_base import Base, Statement, short
from kb.entities.table_cells import normal
from kb.entities.table_homes import GENERATED, GENERATED_PREFIXES, HOMES, MADE_FROM, MAKER
from kb.entities.table_terms import CLASS
from kb.errors import StoreBusy
from kb.terms import iri


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one entity."""

    subject: str
    new: bool
    added: frozenset[Statement]
    removed: frozenset[Statement]


def changes_of(base: Base, after: Mapping[str, set[Statement]]) -> list[Change]:
    """Return what differs between the base and all statements of some entities, by entity, sorted."""
    found = []
    for subject, then in sorted(after.items()):
        now = base.statements.get(subject, set())
        if now != then:
            found.append(Change(subject, not now, frozenset(then - now), frozenset(now - then)))
    return found


class Placing:
    """Puts the changed statements into the files where they belong."""

    def __init__(self, base: Base) -> None:
        if base.folder is None:
            raise ValueError("a base that was read only to be looked at")
        self._folder = base.folder
        self._files = {file.path: file for file in base.files}
        self._held: dict[str, dict[Statement, list[tuple[Path, Triple]]]] = defaultdict(dict)
        for file in base.files:
            for triple in file.triples:
                if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                    statement = short(triple.predicate), normal(triple.object)
                    held = self._held[short(triple.subject)]
                    held.setdefault(statement, []).append((file.path, triple))

    def faults(self, changes: Iterable[Change]) -> list[tuple[str, str, str, str]]:
        """Return what cannot be written: entity, predicate, what is wrong, and the repair."""
        found = []
        for change in changes:
            subject = change.subject
            if (
                change.new
                and self._folder == resources.REFERENCE
                and subject.partition(":")[0] in GENERATED_PREFIXES
            ):
                repair = f"Add a row to {MADE_FROM} and run `{MAKER}`"
                found.append(
                    (subject, CLASS, f"`{MAKER}` makes all states, and {subject} is not one", repair)
                )
            for name, value in sorted(change.removed, key=str):
                for path, _ in self._held[subject][name, value]:
                    if path.parent != self._folder:
                        problem = f"{subject} is shipped so, and your own data can only add to it"
                        found.append((subject, name, problem, "Keep the value, or retire the entity"))
                    elif self._is_made(path):
                        problem = f"{subject} stands in {path.name}, which `{MAKER}` makes"
                        repair = f"Keep the value, or change {MADE_FROM} and run the command"
                        found.append((subject, name, problem, repair))
        return found

    def contents(self, changes: Iterable[Change]) -> dict[Path, str]:
        """Return the new text of each file that changes, in canonical form."""
        triples: dict[Path, set[Triple]] = {}

        def of(path: Path) -> set[Triple]:
            if path not in triples:
                triples[path] = set(self._files[path].triples) if path in self._files else set()
            return triples[path]

        for change in changes:
            for statement in change.removed:
                for path, triple in self._held[change.subject][statement]:
                    of(path).discard(triple)
            for name, value in change.added:
                of(self._path(change.subject, name)).add(Triple(iri(change.subject), iri(name), value))
        return {path: canonical_triples(held) for path, held in sorted(triples.items())}

    def _path(self, subject: str, name: str) -> Path:
        """Return where a new statement goes: beside others of its property, of its entity, else its home."""
        held = [
            (path, statement[0])
            for statement, places in self._held.get(subject, {}).items()
            for path, _ in places
            if path.parent == self._folder and not self._is_made(path)
        ]
        beside = sorted(path for path, predicate in held if predicate == name)
        of_entity = sorted(path for path, _ in held)
        return next(iter([*beside, *of_entity]), self._folder / HOMES[subject.partition(":")[0]].file)

    def _is_made(self, path: Path) -> bool:
        return path.parent == resources.REFERENCE and path.name in GENERATED


def write_files(base: Base, contents: Mapping[Path, str]) -> list[Path]:
    """Replace files by new texts, none before all are written beside them; return their paths.

    Raises StoreBusy where a file is no longer as the base read it, OSError for a full disk; nothing is then
    replaced.
    """
    read = {file.path: file.content for file in base.files}
    beside = {path: path.with_name(f"{path.name}.new") for path in contents}
    try:
        for path, text in contents.items():
            beside[path].write_bytes(text.encode())
        for path in contents:
            if (path.read_bytes() if path.exists() else None) != read.get(path):
                problem, repair = "somebody else wrote it meanwhile", "Run the command again"
                raise StoreBusy(problem, place=str(path), repair=repair)
        for path in contents:
            os.replace(beside[path], path)
    finally:
        for path in beside.values():
            path.unlink(missing_ok=True)
    return sorted(contents)
