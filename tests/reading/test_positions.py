"""Positions taken, case by case, in an invented world: by whom, on whom, and what is none."""

from __future__ import annotations

import pytest

from tests.reading.desk import names, read
from tests.reading.test_discourse import rows


@pytest.mark.parametrize("row", rows("positions.tsv"), ids=lambda row: row["why"])
def test_a_position_has_who_takes_it_and_on_whom(row: dict[str, str]) -> None:
    found = [claim for claim in read(row["text"]) if claim.type == "Statement"]
    told = {(tuple(names(claim)), tuple(sorted(ref.name for ref in claim.counterparts))) for claim in found}
    expected = {(tuple(row["agents"].split("; ")), (row["counterparts"],))} if row["agents"] else set()
    assert told == expected
