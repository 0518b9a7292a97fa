"""How a change of curated entities is told: what changes, what is wrong, what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import click

from kb.entities.table_base import Statement
from kb.entities.table_cells import value_of
from kb.entities.table_change import Change
from kb.entities.table_out import column_of
from kb.entities.table_terms import LABEL, Ontology
from kb.errors import BadReference, CheckFailed
from kb.pipeline import Curation

FIRST: Final = 40
"""So many entities that change are shown unless all are asked for."""


def show(curation: Curation, *, write: bool, form: str, everything: bool) -> None:
    """Print what a curation comes to, and write it where that is asked and nothing is wrong.

    Raises BadReference for faults, CheckFailed for findings of the checks; nothing is then written.
    """
    wrong = bool(curation.wrong or curation.findings)
    written = curation.write() if write and not wrong else []
    click.echo(_as_json(curation, written) if form == "json" else _as_text(curation, written, everything))
    if curation.wrong:
        raise BadReference(f"{_count(len(curation.wrong), 'fault')}; nothing was written")
    if curation.findings:
        raise CheckFailed(f"{_count(len(curation.findings), 'finding')} of the checks; nothing was written")
    if curation.changes and not write:
        click.echo("legation: nothing was written; --write does it", err=True)


def _as_text(curation: Curation, written: Iterable[Path], everything: bool) -> str:
    shown = curation.changes if everything else curation.changes[:FIRST]
    lines = [line for change in shown for line in _of_change(change, curation.base.ontology)]
    hidden = len(curation.changes) - len(shown)
    if hidden:
        lines.append(f"… and {hidden} more entities (--all shows them)")
    lines += [str(fault) for fault in curation.faults]
    lines += [
        f"{curation.places.get(one.subject, one.subject)}: {one.check}: {one.message}. {one.repair}"
        for one in curation.findings
    ]
    lines += [f"{path}: written" for path in written]
    return "\n".join([*lines, _summary(curation)])


def _of_change(change: Change, ontology: Ontology) -> Iterator[str]:
    label = next((value.value for name, value in sorted(change.added, key=str) if name == LABEL), "")
    mark = f" (new: {label})" if label else " (new)"
    yield change.subject + (mark if change.new else "")
    added, removed = _by_column(change.added, ontology), _by_column(change.removed, ontology)
    for column in sorted({*added, *removed}):
        old, new = removed.get(column, []), added.get(column, [])
        if len(old) == len(new) == 1:
            yield f"  ~ {column}: {old[0]} → {new[0]}"
        else:
            yield from (f"  - {column}: {value}" for value in old)
            yield from (f"  + {column}: {value}" for value in new)


def _by_column(statements: Iterable[Statement], ontology: Ontology) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for statement in statements:
        value = value_of(statement[1], ontology.properties[statement[0]])
        found.setdefault(column_of(statement, ontology), []).append(value)
    return {column: sorted(values) for column, values in found.items()}


def counts(curation: Curation) -> dict[str, int]:
    """Return how many entities are new and changed, and how many statements come, go and change."""
    ontology = curation.base.ontology
    found = {"rows": curation.rows, "new": 0, "changed": 0, "added": 0, "removed": 0, "replaced": 0}
    for change in curation.changes:
        found["new" if change.new else "changed"] += 1
        added, removed = _by_column(change.added, ontology), _by_column(change.removed, ontology)
        for column in {*added, *removed}:
            old, new = len(removed.get(column, [])), len(added.get(column, []))
            replaced = 1 if old == new == 1 else 0
            found["replaced"] += replaced
            found["added"] += new - replaced
            found["removed"] += old - replaced
    return found


def _summary(curation: Curation) -> str:
    found = counts(curation)
    faults, warnings = (
        len(curation.wrong) + len(curation.findings),
        len(curation.faults) - len(curation.wrong),
    )
    return (
        f"{_count(found['new'], 'new entity', 'new entities')}, {found['changed']} changed; "
        f"{_count(found['added'], 'statement')} added, {found['removed']} removed, "
        f"{found['replaced']} changed; {_count(faults, 'fault')}, {_count(warnings, 'warning')}"
    )


def _as_json(curation: Curation, written: Iterable[Path]) -> str:
    ontology = curation.base.ontology
    whole: dict[str, Any] = {
        "counts": counts(curation),
        "changes": [
            {
                "id": change.subject,
                "new": change.new,
                "added": _by_column(change.added, ontology),
                "removed": _by_column(change.removed, ontology),
            }
            for change in curation.changes
        ],
        "faults": [
            {
                "file": one.file,
                "line": one.line,
                "column": one.column,
                "problem": one.problem,
                "repair": one.repair,
                "warning": one.warning,
            }
            for one in curation.faults
        ],
        "findings": [
            {
                "place": curation.places.get(one.subject, ""),
                "check": one.check,
                "subject": one.subject,
                "message": one.message,
                "repair": one.repair,
            }
            for one in curation.findings
        ],
        "written": [str(path) for path in written],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
