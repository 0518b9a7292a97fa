"""Designations of hardware are told by their series; the rows stand in designations.tsv."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kb.errors import BadReference
from kb.reading import designations
from kb.reading.designations import all_series, class_of, find_designations
from kb.reference import ontology_triples

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("designations.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
][1:]


@pytest.mark.parametrize(("text", "found", "name", "class_name"), ROWS, ids=[row[0] for row in ROWS])
def test_a_designation_is_found_or_left_alone(text: str, found: str, name: str, class_name: str) -> None:
    matches = [(one.text, one.name, one.class_name) for one in find_designations(text)]
    assert matches == ([] if found == "-" else [(found, name, class_name)])


def test_several_designations_in_one_text_are_all_found_in_order() -> None:
    text = "fighter jets like the Su-35S and Su-57, and the MiG-31K"
    assert [one.name for one in find_designations(text)] == ["Su-35S", "Su-57", "MiG-31K"]


def test_a_whole_designation_has_a_class() -> None:
    assert class_of("Su-57") == "CombatAircraft"
    assert class_of("the Su-57") is None
    assert class_of("G-20") is None


@given(st.text(alphabet="SuMiGTFKhHwasong-‑ 0123456789/s.", max_size=60))
def test_any_text_gives_designations_that_quote_it(text: str) -> None:
    found = find_designations(text)
    assert all(one.text == text[one.start : one.end] for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_every_class_is_a_word_of_the_ontology() -> None:
    known = {
        t.subject.value.rpartition("/")[2] for t in ontology_triples() if isinstance(t.subject, NamedNode)
    }
    assert {series.class_name for series in all_series()} <= known


def test_a_series_without_numbers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "designations.yaml"
    path.write_text("- {series: Su, numbers: [], class: CombatAircraft}", "utf-8")
    monkeypatch.setattr(designations, "FILE", path)
    all_series.cache_clear()
    try:
        with pytest.raises(BadReference, match="no numbers"):
            all_series()
    finally:
        all_series.cache_clear()
