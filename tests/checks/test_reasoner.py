"""HermiT finds what we curate consistent, and each planted contradiction inconsistent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.checks.logic import theory
from kb.checks.reasoner import check_logic, empty_classes, is_consistent
from kb.errors import BadReference, CheckFailed, MissingPart
from kb.namespaces import PREFIXES
from kb.reference import load, ontology_triples
from kb.terms import RDF_TYPE, graph, iri, lg
from tests.checks.worlds import CONTRADICTIONS, WORLDS, at_fault, world

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="needs Java: HermiT runs on it")


@pytest.fixture(autouse=True)
def _short_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Java start soon rather than run fast: a toy world is judged as soon as it has started."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@needs_java
def test_ontology_and_reference_data_are_consistent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JDK_JAVA_OPTIONS")
    report = check_logic(load())
    assert report.findings == ()
    assert report.ran == ("reasoner",)


@needs_java
def test_a_clean_world_is_consistent() -> None:
    assert is_consistent(theory(world(WORLDS / "clean.trig")).lines())


@needs_java
def test_a_name_that_looks_like_a_blank_node_is_a_name() -> None:
    store = world(WORLDS / "clean.trig")
    for number, name in enumerate(("person:lado-gurgenidze", "person:ann-example")):
        tenure = iri(f"tenure:t-{number}")
        office = iri("office:of-genid")
        store.add(ox.Quad(iri(name), RDF_TYPE, lg("Person")))
        store.add(ox.Quad(office, RDF_TYPE, lg("Office")))
        store.add(ox.Quad(tenure, RDF_TYPE, lg("OfficeTenure")))
        store.add(ox.Quad(tenure, lg("holder"), iri(name)))
        store.add(ox.Quad(tenure, lg("office"), office))
    assert is_consistent(theory(store).lines())


@needs_java
@pytest.mark.parametrize("path", sorted(CONTRADICTIONS.glob("*.trig")), ids=lambda path: path.stem)
def test_a_planted_contradiction_is_inconsistent(path: Path) -> None:
    assert not is_consistent(theory(world(path)).lines())


def test_there_are_planted_contradictions() -> None:
    assert len(list(CONTRADICTIONS.glob("*.trig"))) >= 4
    assert all(at_fault(path) for path in CONTRADICTIONS.glob("*.trig"))


@needs_java
def test_a_contradiction_is_narrowed_to_the_one_thing_at_fault() -> None:
    (found,) = check_logic(world(CONTRADICTIONS / "two-holders-of-a-tenure.trig")).findings
    assert found.subject == "tenure:t"
    assert "contradicts the ontology" in found.message


@needs_java
def test_a_class_that_can_have_no_member_is_found() -> None:
    store = world(WORLDS / "clean.trig")
    for parent in ("Person", "Facility"):
        store.add(ox.Quad(lg("Golem"), iri("rdfs:subClassOf"), lg(parent)))
    store.add(ox.Quad(lg("Golem"), RDF_TYPE, iri("owl:Class")))
    assert empty_classes(theory(store).lines([])) == [PREFIXES["lg"] + "Golem"]


@needs_java
def test_a_reasoner_that_takes_too_long_is_stopped_and_says_so() -> None:
    with pytest.raises(CheckFailed, match=r"no answer in 0\.01 s"):
        is_consistent(theory(world(WORLDS / "clean.trig")).lines(), seconds=0.01)


@needs_java
def test_what_the_reasoner_cannot_read_is_an_error_and_not_consistent() -> None:
    with pytest.raises(CheckFailed, match="HermiT failed"):
        is_consistent(["this is no triple ."])


def test_without_java_the_reasoner_is_a_missing_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingPart, match="needs Java"):
        is_consistent([])


def test_an_ontology_without_data_is_nothing_to_judge() -> None:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in ontology_triples() if triple.predicate != RDF_TYPE)
    with pytest.raises(BadReference, match="nothing for the reasoner to judge"):
        theory(store)


def test_where_curated_graphs_stand_apart_only_they_are_judged() -> None:
    store = ox.Store()
    ontology = graph("ontology")
    store.extend(ox.Quad(each.subject, each.predicate, each.object, ontology) for each in ontology_triples())
    store.add(ox.Quad(iri("person:bo"), RDF_TYPE, lg("Person"), graph("reference")))
    store.add(ox.Quad(iri("person:x-1"), RDF_TYPE, lg("Person")))
    assert iri("person:bo").value in theory(store).individuals
    assert iri("person:x-1").value not in theory(store).individuals


def test_two_names_are_two_things_where_one_thing_has_both() -> None:
    lines = list(theory(world(CONTRADICTIONS / "two-holders-of-a-tenure.trig")).lines())
    assert any("AllDifferent" in line and "different-person" in line for line in lines)


def test_persons_that_nothing_could_merge_are_not_compared() -> None:
    lines = list(theory(world(WORLDS / "clean.trig")).lines())
    assert not any("different-person" in line for line in lines)
