"""An answer as a table for the eye: things with their names, each row with the words or sources of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import compress
from typing import Final

from pyoxigraph import NamedNode

from api.presentation.labels import labels
from api.presentation.privacy import held_back
from kb.queries import Answer
from kb.queries.layout import Shown, records, shown_columns
from kb.queries.values import Term, plain, plain_of
from kb.store import Store

MOST: Final = 1_000
"""How many rows a page shows."""


TERMS: Final = frozenset({"class", "evidence", "kind", "lifecycle", "office_role", "stage"})
"""Columns that hold local names of terms: shown as words."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the IRI of the thing that it names."""

    text: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words that a row rests on."""

    quote: str
    claim: str
    article: str
    outlet: str
    published: str
    speaker: str
    via: str
    basis: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, in the order of the table's columns, and what it rests on."""

    cells: tuple[Cell, ...]
    words: Words | None
    """None where the row rests on a curated record."""
    source: str
    """The titles of the record's sources; empty where the row rests on words."""
    fact: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of an answer."""

    columns: tuple[Shown, ...]
    rows: tuple[Row, ...]
    held_back: int
    """How many rows are not shown before review."""
    left_out: int
    """How many rows more the forms for data have."""
    truncated: bool


def publishable(store: Store, answer: Answer) -> tuple[Answer, int]:
    """Return an answer without the rows that no public page may show yet, and how many those are."""
    if not answer.question.told:
        return answer, 0
    claims = list(map(plain_of, answer.cells_in("claim")))
    held = held_back(store, filter(None, claims))
    if not held:
        return answer, 0
    free = [claim not in held for claim in claims]
    cells, keys = tuple(compress(answer.cells, free)), tuple(compress(answer.keys, free))
    return replace(answer, cells=cells, keys=keys), free.count(False)


def table(store: Store, answer: Answer, held: int) -> Table:
    """Return a publishable answer as a table of at most MOST rows."""
    columns = shown_columns(answer.question)
    rows = records(replace(answer, cells=answer.cells[:MOST]))
    unnamed = [
        plain(row[column.name])
        for row in rows
        for column in columns
        if isinstance(row.get(column.name), NamedNode) and (column.name_column or "") not in row
    ]
    names = labels(store, unnamed)
    shown = tuple(
        Row(
            tuple(_cell(row, column, names) for column in columns),
            words_of({name: plain(term) for name, term in row.items()}) if answer.question.told else None,
            "" if answer.question.told else _text(row, "source"),
            _text(row, answer.question.fact),
        )
        for row in rows
    )
    return Table(columns, shown, held, len(answer.cells) - len(shown), answer.truncated)


def _cell(row: Mapping[str, Term], column: Shown, names: Mapping[str, str]) -> Cell:
    term = row.get(column.name)
    if term is None:
        return Cell("")
    if not isinstance(term, NamedNode):
        return Cell(spaced(plain(term)) if column.name in TERMS else plain(term))
    return Cell(_text(row, column.name_column or "") or names.get(term.value, term.value), term.value)


def spaced(word: str) -> str:
    """Return a term's local name as words: ``SingleSource`` is "single source"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word).lower()


def words_of(row: Mapping[str, str]) -> Words:
    """Return the words that a row of texts rests on; it has the columns of the same names."""
    return Words(
        quote=row["quote"],
        claim=row["claim"],
        article=row["article"],
        outlet=row["outlet"],
        published=row.get("published", ""),
        speaker=row.get("speaker", ""),
        via=row.get("via", ""),
        basis=row.get("basis", ""),
    )


def _text(row: Mapping[str, Term], name: str) -> str:
    return plain(row.get(name))
