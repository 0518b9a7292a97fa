"""Change the curated entities by tables: what would change, what is wrong with it, and writing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.checks import Finding
from kb.entities.retire import retire
from kb.entities.table_base import Base, Statement
from kb.entities.table_change import Change, Placing, changes_of, write_files
from kb.entities.table_checks import check_drafts
from kb.entities.table_faults import Fault
from kb.entities.table_rows import Draft, read_rows
from kb.entities.table_text import Table, read_table
from kb.pipeline.curation_checks import introduced


@dataclass(frozen=True, slots=True)
class Curation:
    """What a change of the curated entities comes to."""

    base: Base
    changes: tuple[Change, ...]
    rows: int
    faults: tuple[Fault, ...]
    """Warnings stand among them."""
    findings: tuple[Finding, ...]
    """What shapes and hygiene find and did not find before; not looked for beside faults."""
    places: Mapping[str, str]
    """File and line of the row of each entity, as one text."""

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """Return the faults that are not mere warnings."""
        return tuple(fault for fault in self.faults if not fault.warning)

    def write(self) -> list[Path]:
        """Write the files and return their paths; nothing where anything is wrong or nothing changes.

        Raises StoreBusy where a file was changed meanwhile.
        """
        if self.wrong or self.findings:
            return []
        return write_files(self.base, Placing(self.base).contents(self.changes))


def curate_files(base: Base, paths: Iterable[Path]) -> Curation:
    """Return what tables in files would change. All faults of all rows are found at once."""
    tables, faults = [], []
    for path in paths:
        table, wrong = read_table(path)
        faults += wrong
        tables += [table] if table else []
    return curate_tables(base, tables, faults)


def curate_tables(base: Base, tables: Iterable[Table], faults: Iterable[Fault] = ()) -> Curation:
    """Return what tables would change; ``faults`` are those that reading them found before."""
    tables = list(tables)
    drafts, wrong = read_rows(base, tables)
    found = [*faults, *wrong, *check_drafts(base, drafts)]
    after = {subject: draft.statements for subject, draft in drafts.items()}
    return curate(base, after, drafts, found, rows=sum(len(table.rows) for table in tables))


def retire_entity(base: Base, subject: str, reason: str, on: date, replaced_by: str = "") -> Curation:
    """Return what taking an entity out of use would change; raises as kb.entities.retire does."""
    found = retire(base, subject, reason, on, replaced_by)
    faults = check_drafts(base, found.referring, found.after)
    return curate(base, found.after, found.referring, [*found.faults, *faults])


def curate(
    base: Base,
    after: Mapping[str, set[Statement]],
    drafts: Mapping[str, Draft],
    faults: Iterable[Fault],
    *,
    rows: int = 0,
) -> Curation:
    """Return what it would change to give some entities all these statements.

    ``drafts`` tell which line of a table is to blame.
    """
    changes = changes_of(base, after)
    unwritable = [
        drafts.get(subject, Draft(subject, set(), subject, 0)).fault(name, problem, repair)
        for subject, name, problem, repair in Placing(base).faults(changes)
    ]
    found = tuple(sorted({*faults, *unwritable}))
    if any(not fault.warning for fault in found):
        return Curation(base, tuple(changes), rows, found, (), {})
    findings = introduced(base, changes)
    places = {one: draft.fault("", "", "").place for one, draft in drafts.items()}
    return Curation(base, tuple(changes), rows, found, findings, places)
