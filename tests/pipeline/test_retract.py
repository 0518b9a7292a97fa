"""Taking an article back: its facts go, its claims stay, curated data stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.claims import from_triples
from kb.errors import NotFound
from kb.pipeline import IngestReport, ingest, retract
from kb.store import GraphDelta, Store
from kb.terms import RDF_TYPE, Triple, graph, iri, lg
from tests.pipeline.looking import ask, content, events
from tests.world import WorldReader, articles, claims, empty_store, tiny_store, world

TOUR = ("tour-2003-agency", "tour-2003-post", "tour-2003-copy")
DERIVED = ("facts", "inferred", "prospective", "alleged", "contested")


def _retract(store: Store, doc: str) -> None:
    retract(store, articles()[doc].id, "withdrawn by the outlet", date(2024, 7, 1))


def test_all_facts_that_rested_on_it_go(tmp_path: Path) -> None:
    with tiny_store(tmp_path, ["visit-2013"]) as store, empty_store(tmp_path / "nothing") as nothing:
        assert events(store, "facts") == {"Visit 2013-04-02"}
        _retract(store, "visit-2013")
        assert all(store.graph(graph(name)) == nothing.graph(graph(name)) for name in DERIVED)


def test_its_claims_stay_and_say_when_and_why(tmp_path: Path) -> None:
    with tiny_store(tmp_path, ["visit-2013"]) as store:
        (claim,) = claims()["visit-2013"]
        _retract(store, "visit-2013")
        (kept,) = from_triples(store.graph(iri(f"art:{claim.article}")))
        assert (kept.review, kept.claim.quote) == ("Retracted", claim.quote)
        query = "SELECT ?a ?on ?why WHERE { ?a lg:retractedOn ?on ; lg:retractionReason ?why }"
        said = ("2024-07-01", "withdrawn by the outlet")
        assert ask(store, query) == sorted([(claim.article, *said), (claim.id, *said)])


def test_an_event_that_others_report_stays_and_its_old_identifier_leads_to_it(tmp_path: Path) -> None:
    with tiny_store(tmp_path, TOUR[:2]) as store:
        first, second = sorted((claims()[doc][0].id, doc) for doc in TOUR[:2])
        _retract(store, first[1])
        query = 'SELECT ?event ?origins WHERE { ?event lg:time "2003-06-03" ; lg:origins ?origins }'
        assert ask(store, query) == [(second[0], "1")]
        query = "SELECT ?old ?new WHERE { GRAPH g:meta { ?old lg:redirectedTo ?new } }"
        assert ask(store, query) == [(first[0], second[0])]


def test_curated_data_that_it_repeats_stay(tmp_path: Path) -> None:
    repeated = Triple(iri("person:ada-aster"), RDF_TYPE, lg("Person"))
    assert repeated in world().reference
    with tiny_store(tmp_path, TOUR[:1]) as store:
        article = articles()[TOUR[0]].id
        store.commit([GraphDelta(iri(f"art:{article}"), add=frozenset({repeated}))])
        _retract(store, TOUR[0])
        assert repeated not in store.graph(iri(f"art:{article}"))
        assert repeated in store.default_graph()
        assert world().reference <= store.default_graph()


def test_a_tenure_that_it_attests_goes_and_the_curated_one_stays(tmp_path: Path) -> None:
    query = "SELECT ?tenure WHERE { ?tenure lg:holder person:ada-aster } ORDER BY ?tenure"
    with tiny_store(tmp_path, TOUR[:1]) as store:
        assert len(ask(store, query)) == 2
        _retract(store, TOUR[0])
        assert ask(store, query) == [("ada-aster-president-of-avaria-2000",)]


def test_a_retracted_denial_disputes_nothing_any_more(tmp_path: Path) -> None:
    query = "SELECT ?claim WHERE { GRAPH g:alleged { ?event lg:disputedBy ?claim } }"
    with tiny_store(tmp_path, ["shells-2014", "shells-2014-denial"]) as store:
        assert len(ask(store, query)) == 1
        _retract(store, "shells-2014-denial")
        assert ask(store, query) == []


def test_a_contested_meeting_is_a_fact_again_when_one_side_is_taken_back(tmp_path: Path) -> None:
    with tiny_store(tmp_path, ["talks-2015-agency", "talks-2015-times"]) as store:
        assert (events(store, "facts"), events(store, "contested")) == (set(), {"Meeting 2015-07-01"})
        _retract(store, "talks-2015-times")
        assert (events(store, "facts"), events(store, "contested")) == ({"Meeting 2015-07-01"}, set())


def test_twice_is_once(tmp_path: Path) -> None:
    with tiny_store(tmp_path, ["visit-2013"]) as store:
        _retract(store, "visit-2013")
        before = content(store)
        assert not retract(store, articles()["visit-2013"].id, "another reason", date(2025, 1, 1))
        assert content(store) == before


@pytest.mark.parametrize("version", ["world-1", "world-2"])
def test_reading_it_again_does_not_bring_it_back(tmp_path: Path, version: str) -> None:
    with tiny_store(tmp_path, ["visit-2013"]) as store:
        _retract(store, "visit-2013")
        before = content(store)
        report = ingest(store, [articles()["visit-2013"]], WorldReader(version))
        assert (report, content(store)) == (IngestReport(unchanged=1), before)


@pytest.mark.parametrize("identifier", ["0123456789abcdef", "", "a> <b", "../../x"])
def test_an_article_that_is_not_there_is_named(tmp_path: Path, identifier: str) -> None:
    with empty_store(tmp_path) as store, pytest.raises(NotFound) as caught:
        retract(store, identifier, "none", date(2024, 7, 1))
    assert repr(identifier) in caught.value.problem
