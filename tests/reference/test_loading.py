"""Ontology and reference data are read whole, alike each time, and refused when broken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph

from kb import reference
from kb.errors import BadReference

WITH_A_LIST = "@prefix e: <http://e/> . e:a e:b ( e:c e:d ) ; e:f [ e:g e:h ] ."


@pytest.fixture
def own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let one file of the test's own stand for ontology and reference data."""
    path = tmp_path / "own.ttl"
    path.write_text(WITH_A_LIST, encoding="utf-8")
    monkeypatch.setattr(reference, "ontology_files", lambda: [path])
    monkeypatch.setattr(reference, "reference_files", lambda: [path])
    forget()
    yield path
    forget()


def forget() -> None:
    for function in (
        reference.load,
        reference.ontology_triples,
        reference.reference_triples,
        reference.version,
    ):
        function.cache_clear()


def test_the_store_holds_ontology_and_reference_data_in_its_default_graph() -> None:
    quads = set(reference.load())
    assert {quad.triple for quad in quads} == set(reference.triples())
    assert {quad.graph_name for quad in quads} == {DefaultGraph()}


def test_ontology_and_reference_data_share_no_triple() -> None:
    assert reference.reference_triples()
    assert not reference.ontology_triples() & reference.reference_triples()


def test_no_blank_node_is_left() -> None:
    blank = [t for t in reference.triples() if BlankNode in (type(t.subject), type(t.object))]
    assert blank == []


def test_a_list_read_twice_has_the_same_nodes(own_file: Path) -> None:
    first = reference.ontology_triples()
    forget()
    assert reference.ontology_triples() == first
    assert len(first) == 7
    assert {type(t.object) for t in first}.isdisjoint({BlankNode})


def test_the_version_changes_with_a_file(own_file: Path) -> None:
    before = reference.version()
    forget()
    assert reference.version() == before
    own_file.write_text(WITH_A_LIST + "\n", encoding="utf-8")
    forget()
    assert reference.version() != before


def test_a_broken_file_is_named(own_file: Path) -> None:
    own_file.write_text("e:a e:b e:c .", encoding="utf-8")
    with pytest.raises(BadReference, match=r"own\.ttl"):
        reference.load()
