"""All checks together, over the bundled data or over a store."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.checks import Report, load_for_checks, run_checks
from kb.checks.hygiene import checks
from kb.errors import BadReference, MissingPart
from kb.reference import ontology_triples, reference_triples
from kb.settings import Settings
from kb.store import GraphChange, open_store
from kb.terms import Triple, graph, iri, lg, text
from tests.checks.worlds import WORLDS, world


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return what all checks but the reasoner find in ontology and reference data."""
    nowhere = tmp_path_factory.mktemp("checks") / "none"
    return run_checks(load_for_checks(Settings(store=str(nowhere))), with_reasoner=False)


def test_ontology_and_reference_data_conform_to_the_shapes(bundled: Report) -> None:
    assert "shapes" in bundled.ran
    assert [found for found in bundled.findings if found.check == "shapes"] == []


def test_ontology_and_reference_data_are_clean(bundled: Report) -> None:
    assert {check.name for check in checks()} <= set(bundled.ran)
    assert [found for found in bundled.findings if found.check != "shapes"] == []


def test_bundled_data_pass_all_checks_but_the_reasoner(bundled: Report) -> None:
    assert bundled.findings == ()
    assert bundled.ran == ("shapes", *(check.name for check in checks()))


def test_findings_of_all_checks_stand_in_one_report() -> None:
    store = world(WORLDS / "clean.trig")
    store.add(ox.Quad(iri("person:bo"), iri("owl:sameAs"), iri("person:cy")))
    store.add(ox.Quad(iri("person:bo"), lg("gender"), text("unknown")))
    found = {(each.check, each.subject) for each in run_checks(store, with_reasoner=False).findings}
    assert found == {("same-as", "person:bo"), ("shapes", "person:bo")}


def test_a_reasoner_that_is_asked_for_and_cannot_run_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingPart):
        run_checks(world(WORLDS / "clean.trig"), with_reasoner=True)


def test_without_java_the_report_says_that_the_reasoner_did_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    report = run_checks(world(WORLDS / "clean.trig"))
    assert "reasoner" not in report.ran
    assert report.findings == ()


def test_an_empty_store_is_an_error() -> None:
    with pytest.raises(BadReference):
        run_checks(ox.Store(), with_reasoner=False)


def test_where_there_is_no_store_the_bundled_data_are_loaded(tmp_path: Path) -> None:
    data = load_for_checks(Settings(store=str(tmp_path / "none")))
    everything = len(ontology_triples() | reference_triples())
    assert len(list(data.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == everything
    assert len(list(data.quads_for_pattern(None, None, None, graph("reference")))) == len(reference_triples())


def test_a_store_is_copied_with_its_graphs_and_without_its_texts(tmp_path: Path) -> None:
    said = frozenset({Triple(iri("person:bo"), iri("owl:sameAs"), iri("person:cy"))})
    plan = frozenset({Triple(iri("ev:e"), lg("kind"), lg("Visit"))})
    stored = frozenset({Triple(iri("art:a"), lg("storedText"), text("Bo came."))})
    settings = Settings(store=str(tmp_path / "store"))
    with open_store(settings.store, settings) as store:
        store.commit(
            [
                GraphChange(graph("facts"), said),
                GraphChange(graph("prospective"), plan),
                GraphChange(graph("texts"), stored),
            ]
        )
    data = load_for_checks(settings)
    assert {quad.triple for quad in data.quads_for_pattern(None, None, None, ox.DefaultGraph())} == said
    assert {quad.triple for quad in data.quads_for_pattern(None, None, None, graph("prospective"))} == plan
    assert not data.contains_named_graph(graph("texts"))


def test_reports_add_up() -> None:
    assert Report((), ("a",)).joined(Report((), ("b",))) == Report((), ("a", "b"))
