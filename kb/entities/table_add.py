"""One new entity as a table of one row."""

from __future__ import annotations

from collections.abc import Iterable

from kb.entities.curate.graph import slug
from kb.entities.table_base import Base, Outlook
from kb.entities.table_faults import Fault
from kb.entities.table_out import check_kind
from kb.entities.table_text import Row, Table, split_values
from kb.errors import BadInput

FILE = "--set"
"""Stands for the file in faults."""


def one_row(base: Base, kind: str, given: Iterable[str]) -> tuple[Table, list[Fault]]:
    """Return a table of one new entity of a kind, from texts such as ``rdfs:label@en=Ada Aster``.

    The same column twice gives two values. Without ``id``, it is made from the English label. Raises BadInput
    for an unknown kind and a text without "=".
    """
    check_kind(kind)
    cells: dict[str, str] = {}
    for one in given:
        column, equals, value = one.partition("=")
        if not equals or not column.strip():
            raise BadInput(
                f"{one!r} is not column=value", place=FILE, repair="Write --set rdfs:label@en='Ada Aster'"
            )
        cells[column.strip()] = f"{cells[column.strip()]} | {value}" if column.strip() in cells else value
    subject = cells.pop("id", "").strip() or _made_of(cells.get("rdfs:label@en", ""), kind)
    table = Table(FILE, ("id", *cells), (Row(0, {"id": subject, **cells}),))
    return table, list(_faults(base, kind, subject))


def _made_of(label: str, kind: str) -> str:
    try:
        name = slug(split_values(label)[0])
    except (ValueError, IndexError):
        name = ""
    return f"{kind}:{name}" if name else ""


def _faults(base: Base, kind: str, subject: str) -> Iterable[Fault]:
    if not subject:
        yield Fault(FILE, 0, "id", "no identifier, and no English label to make one from", f"Set id={kind}:…")
    elif not subject.startswith(f"{kind}:"):
        yield Fault(FILE, 0, "id", f"{subject} is not of the kind {kind}", f"Set id={kind}:…")
    elif Outlook(base).exists(subject) and not Outlook(base).is_retired(subject):
        yield Fault(
            FILE, 0, "id", f"{subject} exists", "Choose another id, or change it by `legation entity import`"
        )
