"""Change the curated entities by tables: what would change, what is wrong with it, and writing it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Triple

from kb import reference
from kb.checks import Finding
from kb.checks.hygiene import check_hygiene
from kb.entities.retire import retire
from kb.entities.table_base import Base, Statement
from kb.entities.table_cells import normal
from kb.entities.table_change import Change, Placing, changes_of, write_files
from kb.entities.table_checks import check_drafts
from kb.entities.table_faults import Fault
from kb.entities.table_rows import Draft, read_rows
from kb.entities.table_text import Table, read_table
from kb.terms import graph, iri


@dataclass(frozen=True, slots=True)
class Curation:
    """What a change of the curated entities comes to."""

    base: Base
    changes: tuple[Change, ...]
    rows: int
    faults: tuple[Fault, ...]
    """Warnings stand among them."""
    findings: tuple[Finding, ...]
    """What the hygiene checks find and did not find before; not looked for beside faults."""
    contents: Mapping[Path, str]
    """The new text of each file that changes; empty where anything is wrong."""

    @property
    def wrong(self) -> tuple[Fault, ...]:
        """Return the faults that are not mere warnings."""
        return tuple(fault for fault in self.faults if not fault.warning)

    def write(self) -> list[Path]:
        """Write the files and return their paths; nothing where anything is wrong or nothing changes.

        Raises StoreBusy where a file was changed meanwhile.
        """
        return write_files(self.base, self.contents)


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
    placing = Placing(base)
    unwritable = [
        drafts.get(subject, Draft(subject, set(), subject, 0)).fault(name, problem, repair)
        for subject, name, problem, repair in placing.faults(changes)
    ]
    found = tuple(sorted({*faults, *unwritable}))
    if any(not fault.warning for fault in found):
        return Curation(base, tuple(changes), rows, found, (), {})
    findings = introduced(base, changes)
    contents = {} if findings else placing.contents(changes)
    return Curation(base, tuple(changes), rows, found, findings, contents)


def introduced(base: Base, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return what the hygiene checks find with some changes and not without."""
    changes = list(changes)
    if not changes:
        return ()
    now = set(base.triples())
    gone = {one for change in changes for one in _triples(change.subject, change.removed)}
    fresh = {one for change in changes for one in _triples(change.subject, change.added)}
    before = set(_findings(now))
    then = {one for one in now if _normal(one) not in gone} | fresh
    return tuple(one for one in _findings(then) if one not in before)


def _findings(triples: set[Triple]) -> tuple[Finding, ...]:
    used = reference.in_use(triples)
    data = ox.Store()
    data.extend(ox.Quad(*each) for each in (*reference.ontology_triples(), *used))
    data.extend(ox.Quad(each.subject, each.predicate, each.object, graph("reference")) for each in used)
    return check_hygiene(data).findings


def _triples(subject: str, statements: Iterable[Statement]) -> Iterator[Triple]:
    return (Triple(iri(subject), iri(name), value) for name, value in statements)


def _normal(triple: Triple) -> Triple:
    """Return a triple with its value in the form in which changes name it."""
    if isinstance(triple.object, NamedNode | Literal):
        return Triple(triple.subject, triple.predicate, normal(triple.object))
    return triple
