"""Every kind of the shipped data goes out as a table and comes back without any change."""

from __future__ import annotations

from functools import cache

import pytest

from kb.entities.table_base import Base, Outlook
from kb.entities.table_homes import HOMES
from kb.entities.table_out import table_of
from kb.entities.table_text import parse_table
from kb.errors import BadInput
from kb.namespaces import KINDS
from kb.pipeline import curate_tables


@cache
def base() -> Base:
    return Base.read()


@pytest.mark.parametrize("kind", HOMES)
def test_a_kind_comes_back_unchanged(kind: str) -> None:
    text = table_of(base(), kind)
    table, faults = parse_table(text, f"{kind}.tsv")
    if not [one for one in base().statements if one.startswith(f"{kind}:")]:
        assert [fault.problem for fault in faults] == ["no row below the header"]
        return
    assert table is not None
    done = curate_tables(base(), [table], faults)
    assert (done.faults, done.changes) == ((), ())
    retired = Outlook(base()).is_retired
    assert done.rows == len(
        [one for one in base().statements if one.startswith(f"{kind}:") and not retired(one)]
    )


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
