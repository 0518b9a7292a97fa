"""Every kind of the shipped data goes out as a table and comes back without any change."""

from __future__ import annotations

from functools import cache

import pytest

from kb.entities.table_base import Base, Outlook
from kb.entities.table_faults import Fault
from kb.entities.table_homes import HOMES
from kb.entities.table_out import table_of
from kb.entities.table_text import Table, parse_table
from kb.errors import BadInput
from kb.namespaces import KINDS
from kb.pipeline import Curation, curate_tables


@cache
def base() -> Base:
    return Base.read()


@cache
def tables() -> dict[str, tuple[Table | None, list[Fault]]]:
    """Return each kind as it goes out and is read again."""
    return {kind: parse_table(table_of(base(), kind), f"{kind}.tsv") for kind in HOMES}


@cache
def back() -> Curation:
    """Return what all tables would change, each with the rows of the others beside it."""
    return curate_tables(base(), [table for table, _ in tables().values() if table is not None])


def ids_of(kind: str) -> list[str]:
    return [one for one in base().statements if one.startswith(f"{kind}:")]


@pytest.mark.parametrize("kind", HOMES)
def test_a_kind_comes_back_unchanged(kind: str) -> None:
    table, faults = tables()[kind]
    if not ids_of(kind):
        assert [fault.problem for fault in faults] == ["no row below the header"]
        return
    assert table is not None
    assert not faults
    retired = Outlook(base()).is_retired
    assert len(table.rows) == len([one for one in ids_of(kind) if not retired(one)])
    assert [fault for fault in back().faults if fault.place.startswith(f"{kind}.tsv")] == []
    assert [change for change in back().changes if change.subject.startswith(f"{kind}:")] == []


def test_all_kinds_come_back_together_without_a_fault_or_a_change() -> None:
    assert (back().faults, back().changes) == ((), ())
    assert back().rows == sum(len(table.rows) for table, _ in tables().values() if table is not None)


def test_every_curated_prefix_has_a_home() -> None:
    from_texts = {"ev", "dyad", "art", "claim", "slot", "evi", "run"}
    assert set(HOMES) == set(KINDS) - from_texts


def test_columns_and_state_narrow_a_table() -> None:
    lines = table_of(base(), "office", ["rdfs:label@en", "ofState"], "PRK").splitlines()
    assert lines[0] == "id\trdfs:label@en\tofState"
    assert {line.split("\t")[2] for line in lines[1:]} == {"state:PRK"}


@pytest.mark.parametrize(
    ("kind", "columns", "state"), [("persons", [], ""), ("person", ["nmae"], ""), ("person", [], "NKO")]
)
def test_what_a_table_cannot_show_is_told(kind: str, columns: list[str], state: str) -> None:
    with pytest.raises(BadInput, match=r"no kind|no column|no state"):
        table_of(base(), kind, columns, state)
