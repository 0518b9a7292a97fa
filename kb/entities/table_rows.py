"""The rows of tables as what they would say of entities, with the faults of single cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import Literal

from kb.entities.table_base import Base, Outlook, Statement
from kb.entities.table_cells import Term, WrongValue, term_of
from kb.entities.table_faults import Fault, Nearest
from kb.entities.table_homes import HOMES
from kb.entities.table_terms import RETIRING, Property, column_name
from kb.entities.table_text import Row, Table, split_values

_PART: Final = r"(?:[a-z0-9]+|[A-Z0-9]{2,})"
_ID: Final = re.compile(rf"([a-z]+):({_PART}(?:[-.]{_PART})*)", re.ASCII)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: a property, and the language of its texts."""

    head: str
    property: Property
    language: str

    def holds(self, statement: Statement) -> bool:
        """Tell whether a statement is one of those that this column's cells give in full."""
        name, value = statement
        language = value.language if isinstance(value, Literal) else None
        return name == self.property.curie and (language or "") == self.language


@dataclass(slots=True)
class Draft:
    """What tables would say of one entity."""

    subject: str
    statements: set[Statement]
    """All statements of the entity, as they would be."""
    file: str
    line: int
    cells: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    """For each predicate that a column gives: file, line and header of its (first) cell."""
    broken: set[str] = field(default_factory=set)
    """Predicates of which a cell is at fault, so that nothing can be said about what is missing."""

    def fault(self, predicate: str, problem: str, repair: str, *, warning: bool = False) -> Fault:
        """Return a fault at the cell of a predicate, at the row's line where no column gives it."""
        file, line, column = self.cells.get(predicate, (self.file, self.line, ""))
        return Fault(file, line, column, problem, repair, warning)


def read_rows(base: Base, tables: Iterable[Table]) -> tuple[dict[str, Draft], list[Fault]]:
    """Return what tables would say, by entity, and what is wrong in single headers, identifiers and cells."""
    reader = _Reader(base)
    for table in tables:
        reader.read(table)
    return reader.drafts, reader.faults


class _Reader:
    def __init__(self, base: Base) -> None:
        self.drafts: dict[str, Draft] = {}
        self.faults: list[Fault] = []
        self._base = base
        self._now = Outlook(base)
        known = base.ontology.properties.values()
        self._near_column = Nearest(one.short for one in known if not one.of_events)
        self._given: dict[tuple[str, str], tuple[str, int]] = {}

    def read(self, table: Table) -> None:
        columns = [found for head in table.columns if head != "id" and (found := self._column(table, head))]
        if not columns and len(table.columns) == 1:
            self.faults.append(
                Fault(table.file, 1, "", "no column beside id", "Add columns such as rdfs:label@en")
            )
        seen: dict[str, int] = {}
        for row in table.rows:
            subject = row.cells["id"].strip(" ")
            wrong = self._of_id(subject, seen)
            if wrong:
                self.faults.append(Fault(table.file, row.line, "id", *wrong))
            else:
                seen[subject] = row.line
                self._add(table, row, subject, columns)

    def _column(self, table: Table, head: str) -> Column | None:
        name, at, language = head.partition("@")
        curie = column_name(name)
        found = self._base.ontology.properties.get(curie)
        fault = None
        if found is None:
            fault = f"no property {curie}", self._near_column.hint(name, "ontology/ holds all properties")
        elif curie in RETIRING:
            fault = f"{curie} is not stated by tables", "Remove the column; `legation entity retire` retires"
        elif found.of_events:
            fault = f"{curie} is said of events, which only texts state", "Remove the column"
        elif found.tagged and not at:
            fault = f"{curie} needs a language", f"Write {name}@en, or another language"
        elif at and not found.tagged:
            fault = f"{curie} has no language", f"Write {name}"
        elif at and not _LANGUAGE.fullmatch(language):
            fault = f"{language!r} is not a language tag", "Write it like en, ko or ko-latn"
        if fault:
            self.faults.append(Fault(table.file, 1, head, *fault))
        return None if fault or found is None else Column(head, found, language.lower())

    def _of_id(self, subject: str, seen: dict[str, int]) -> tuple[str, str] | None:
        if not subject:
            return "no identifier", "Give a new entity a readable one, such as person:li-qiang"
        match = _ID.fullmatch(subject)
        if not match:
            return (
                f"{subject!r} is not an identifier",
                "Write prefix, colon, lower-case words joined by hyphens",
            )
        if match[1] not in HOMES:
            return f"curated entities have no prefix {match[1]!r}", f"Choose one of {', '.join(HOMES)}"
        if subject in seen:
            return f"{subject} stands in line {seen[subject]} too", "Give an entity one line"
        if self._now.is_retired(subject):
            reason = " ".join(self._now.texts(subject, "lg:retirementReason"))
            later = self._now.links(subject, "dct:isReplacedBy")
            repair = (
                f"Use {later[0]}"
                if later
                else "Choose another identifier: one that was retired is never reused"
            )
            return f"{subject} was retired ({reason})", repair
        return None

    def _add(self, table: Table, row: Row, subject: str, columns: Iterable[Column]) -> None:
        draft = self.drafts.get(subject)
        if draft is None:
            draft = Draft(subject, set(self._now.statements(subject)), table.file, row.line)
            self.drafts[subject] = draft
        for column in columns:
            place = table.file, row.line, column.head
            before = self._given.setdefault((subject, column.head), place[:2])
            if before != place[:2]:
                problem = f"{subject} has this column in {before[0]}:{before[1]} too"
                self.faults.append(Fault(*place, problem, "Give a value in one table"))
                continue
            terms = self._terms(row.cells[column.head], column, place)
            draft.cells.setdefault(column.property.curie, place)
            if terms is None:
                draft.broken.add(column.property.curie)
            else:
                kept = {one for one in draft.statements if not column.holds(one)}
                draft.statements = kept | {(column.property.curie, term) for term in terms}

    def _terms(self, cell: str, column: Column, place: tuple[str, int, str]) -> list[Term] | None:
        """Return a cell's terms, None where anything is wrong with it."""
        try:
            values = split_values(cell)
        except ValueError as error:
            self.faults.append(Fault(*place, *error.args))
            return None
        terms, before = [], len(self.faults)
        for value in values:
            try:
                terms.append(term_of(value, column.property, column.language))
            except WrongValue as error:
                self.faults.append(Fault(*place, error.problem, error.repair))
        if column.property.single and len(values) > 1:
            problem = f"{len(values)} values, and an entity has one"
            self.faults.append(Fault(*place, problem, "Keep the right one"))
        return terms if len(self.faults) == before else None
