"""Entities of one kind as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pyoxigraph import Literal

from kb.entities.table_base import Base, Outlook, Statement, states_of
from kb.entities.table_cells import value_of
from kb.entities.table_homes import HOMES
from kb.entities.table_terms import CLASS, LABEL, OTHER_NAME, SOURCE, Ontology, column_name
from kb.entities.table_text import join_values, write_table
from kb.errors import BadInput

_FIRST: Final = (CLASS, LABEL, OTHER_NAME)
_LAST: Final = (SOURCE, "skos:note")


def table_of(base: Base, kind: str, columns: Sequence[str] = (), state: str = "") -> str:
    """Return the entities in use of a kind (a prefix such as "person"), sorted, as a table's text.

    ``columns`` as in a header, all that any of them has where none is given; ``state`` is an alpha-3 code.
    Raises BadInput for an unknown kind, column or state, BadReference for a statement that no cell can hold.
    """
    outlook = Outlook(base)
    check_kind(kind)
    if state and not outlook.exists(f"state:{state}"):
        repair = "Give the ISO 3166-1 alpha-3 code, such as PRK"
        raise BadInput(f"no state {state!r}", place="--state", repair=repair)
    chosen = [
        one
        for one in sorted(base.statements)
        if one.startswith(f"{kind}:")
        and not outlook.is_retired(one)
        and (not state or f"state:{state}" in states_of(outlook, one))
    ]
    heads = list(columns) or _columns(base, chosen)
    for head in heads:
        if head != "id" and column_name(head.partition("@")[0]) not in base.ontology.properties:
            raise BadInput(
                f"no column {head!r}", place="--columns", repair="`legation entity table` shows them all"
            )
    heads = ["id", *(head for head in heads if head != "id")]
    return write_table(heads, ([one, *_cells(base, one, heads[1:])] for one in chosen))


def check_kind(kind: str) -> None:
    """Raise BadInput where no curated entities have this prefix."""
    if kind not in HOMES:
        raise BadInput(f"no kind {kind!r}", place="KIND", repair=f"Choose one of {', '.join(HOMES)}")


def column_of(statement: Statement, ontology: Ontology) -> str:
    """Return the column to which a statement belongs.

    Raises BadInput for a predicate that the ontology does not know.
    """
    name, value = statement
    known = ontology.properties.get(name)
    if known is None:
        raise BadInput(
            f"no property {name}", place="the reference data", repair="`legation check` tells more"
        )
    language = value.language if isinstance(value, Literal) else None
    return f"{known.short}@{language}" if language else known.short


def _columns(base: Base, subjects: Sequence[str]) -> list[str]:
    found = {column_of(one, base.ontology) for subject in subjects for one in base.statements[subject]}
    return sorted(found, key=_rank)


def _rank(column: str) -> tuple[int, int, str]:
    """Order columns: class, label and other names, English first; sources and notes at the end."""
    name, _, language = column.partition("@")
    curie = column_name(name)
    place = _FIRST.index(curie) if curie in _FIRST else 100 + _LAST.index(curie) if curie in _LAST else 50
    return place, language not in ("", "en"), column


def _cells(base: Base, subject: str, columns: Sequence[str]) -> list[str]:
    cells: dict[str, list[str]] = {}
    for statement in base.statements[subject]:
        column = column_of(statement, base.ontology)
        known = base.ontology.properties[statement[0]]
        cells.setdefault(column, []).append(value_of(statement[1], known))
    return [join_values(sorted(cells.get(column, ()))) for column in columns]
