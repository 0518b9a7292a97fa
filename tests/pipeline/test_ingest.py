"""Articles in, facts out; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.claims import claim_node, from_triples
from kb.errors import BadArticle
from kb.pipeline import IngestReport, ingest, prepare, rebuild_facts
from kb.records import Article, Claim, ClaimType, Tier
from kb.store import Store
from kb.terms import Triple, graph, iri, lg, text
from tests.pipeline.looking import CARD, ask, content, events
from tests.world import WorldReader, articles, claims, empty_store, tiny_store, world

TOUR = ("tour-2003-agency", "tour-2003-post", "tour-2003-copy")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that has read the whole world; tests only look at it."""
    with tiny_store(tmp_path_factory.mktemp("world")) as store:
        yield store


def _take(store: Store, *docs: str, reader: WorldReader | None = None) -> IngestReport:
    return ingest(store, [articles()[doc] for doc in docs], reader or WorldReader())


def test_the_cards_question_has_exactly_the_right_rows(full: Store) -> None:
    assert ask(full, CARD) == [
        ("ada-aster", "borville-tractor-works"),
        ("ada-aster", "portsea-naval-base"),
        ("bela-aster", "portsea-naval-base"),
    ]


def test_a_tour_before_taking_office_is_a_fact_and_no_leaders(full: Store) -> None:
    query = 'SELECT ?leader WHERE { ?visit lg:time "1999" OPTIONAL { ?visit lg:visitingLeaderOf ?leader } }'
    assert ask(full, query) == [("",)]


def test_every_event_stands_in_the_graph_of_its_route(full: Store) -> None:
    assert {name: events(full, name) for name in ("facts", "prospective", "alleged", "contested")} == {
        "facts": {
            "Visit 1999", "Visit 2000", "Visit 2003-06-03", "Visit 2004", "Visit 2013-04-02",
            "Visit", "Arrival 2015-07-01", "Call 2016-02-01", "Agreement 2016-05-02", "Statement 2016-05-02",
            "Transfer 2017-03-09", "Display 2016", "Exercise 2018-06-01", "Deployment 2018-05",
            "Sanction 2018-08-31",
        },
        "prospective": {"Visit 2013-04-02", "Visit 2013-05", "Visit 2019"},
        "alleged": {"Transfer"},
        "contested": {"Meeting 2015-07-01"},
    }  # fmt: skip


def test_a_plan_is_no_fact_and_stands_in_its_dyad(full: Store) -> None:
    assert ask(full, 'SELECT ?event WHERE { ?event lg:time "2013-05" }') == []
    query = 'SELECT ?dyad WHERE { GRAPH g:prospective { ?event lg:time "2013-05" ; lg:inDyad ?dyad } }'
    assert ask(full, query) == [("AVA-BOR",)]


def test_a_plan_that_comes_true_is_among_the_plans_and_among_the_facts(full: Store) -> None:
    query = """SELECT ?time WHERE {
      GRAPH g:prospective { ?plan lg:visitor ?who ; lg:atFacility ?where ; lg:time ?time }
      FILTER NOT EXISTS { ?fact lg:visitor ?who ; lg:atFacility ?where ; lg:time ?time } }"""
    assert ask(full, query) == []


def test_a_denied_allegation_is_disputed_and_no_fact(full: Store) -> None:
    denial = claims()["shells-2014-denial"][0].id
    query = "SELECT ?claim WHERE { GRAPH g:alleged { ?event lg:disputedBy ?claim } }"
    assert ask(full, query) == [(denial,)]
    assert ask(full, "SELECT ?event WHERE { ?event lg:supplier ?state ; lg:recipient state:BOR }") == []


def test_copies_count_once(full: Store) -> None:
    query = """SELECT ?origins ?level (COUNT(?claim) AS ?claims) WHERE { ?event lg:time "2003-06-03" ;
      lg:origins ?origins ; lg:evidenceLevel ?level ; lg:supportedBy ?claim } GROUP BY ?origins ?level"""
    assert ask(full, query) == [("2", "Corroborated", "3")]


def test_other_identifiers_of_an_event_lead_to_it(full: Store) -> None:
    members = sorted(claims()[doc][0].id for doc in TOUR)
    query = f"SELECT ?other WHERE {{ GRAPH g:meta {{ ?other lg:redirectedTo ev:{members[0]} }} }}"
    assert ask(full, query) == [(each,) for each in members[1:]]


def test_an_unnamed_facility_stays_unnamed_and_lies_in_its_state(full: Store) -> None:
    query = """SELECT ?what ?label ?state WHERE { ?event lg:atFacility ?facility ; lg:time "2015-07-01" .
      ?facility lg:description ?what ; lg:inState ?state OPTIONAL { ?facility rdfs:label ?label } }"""
    assert ask(full, query) == [("railway station in Borville", "", "BOR")]


def test_an_outlet_is_known_by_its_name(full: Store) -> None:
    query = 'SELECT DISTINCT ?outlet WHERE { ?article lg:outletName "Avaria News" ; lg:outlet ?outlet }'
    assert ask(full, query) == [("avaria-news",)]


def test_the_stored_text_is_the_text_to_the_character(full: Store) -> None:
    kept = {triple.object for triple in full.graph(graph("texts"))}
    assert kept == {text(article.text) for article in articles().values()}


def test_no_claim_has_a_property_of_events(full: Store) -> None:
    properties = "lg:visitor|lg:atFacility|lg:atPlace|lg:party|lg:supplier|lg:hostState|lg:time|lg:kind"
    assert ask(full, f"SELECT ?claim WHERE {{ ?claim a lg:Claim ; {properties} ?value }}") == []


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        before, version = content(store), store.version()
        assert _take(store, *articles()) == IngestReport(unchanged=len(articles()))
        assert (content(store), store.version()) == (before, version)


def test_making_the_facts_anew_changes_nothing(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        before = content(store)
        rebuild_facts(store)
        assert content(store) == before


def test_preparing_a_current_base_changes_nothing_and_another_is_built(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        version = store.version()
        prepare(store, world())
        assert store.version() == version
        fewer = frozenset(t for t in world().reference if t.subject != iri("org:cordia-times"))
        prepare(store, replace(world(), reference=fewer, version="without the Times"))
        assert store.graph(graph("reference")) == set(fewer)


@pytest.mark.parametrize("order", [TOUR, tuple(reversed(TOUR)), (TOUR[2], TOUR[0], TOUR[1])])
def test_the_order_of_reading_does_not_matter(tmp_path: Path, order: tuple[str, ...]) -> None:
    with empty_store(tmp_path) as store, tiny_store(tmp_path / "sorted", TOUR) as other:
        _take(store, *order)
        assert content(store) == content(other)


def test_a_newer_reader_supersedes_and_keeps_the_old_claims(tmp_path: Path) -> None:
    def another_date(claim: Claim) -> Claim:
        return replace(claim, edtf="2003-06-02") if claim.type is ClaimType.VISIT else claim

    with tiny_store(tmp_path, TOUR[:1]) as store:
        (old,) = (claim for claim in claims()[TOUR[0]] if claim.type is ClaimType.VISIT)
        report = _take(store, TOUR[0], reader=WorldReader("world-2", another_date))
        assert report == IngestReport(superseded=1, claims=2)
        assert events(store, "facts") == {"Visit 2003-06-02"}
        kept = {each.id: each for each in from_triples(store.graph(iri(f"art:{old.article}")))}
        assert kept[old.id].review == "Superseded"
        assert len(kept) == 3


def test_a_claim_that_a_newer_reader_makes_too_is_not_superseded(tmp_path: Path) -> None:
    with tiny_store(tmp_path, TOUR[:1]) as store:
        _take(store, TOUR[0], reader=WorldReader("world-2"))
        kept = from_triples(store.graph(iri(f"art:{articles()[TOUR[0]].id}")))
        assert {(each.review.value, each.run) for each in kept} == {("Unreviewed", "world-2")}


def test_a_claim_for_review_is_a_fact_that_says_so(tmp_path: Path) -> None:
    doubtful = WorldReader(change=lambda claim: replace(claim, tier=Tier.REVIEW))
    with empty_store(tmp_path) as store:
        _take(store, TOUR[0], reader=doubtful)
        assert ask(store, "SELECT ?tier WHERE { ?event lg:kind lg:Visit ; lg:minTier ?tier }") == [
            ("review",)
        ]


def test_a_run_that_is_stopped_keeps_what_it_finished_and_goes_on(tmp_path: Path) -> None:
    class Stopped(WorldReader):
        def read(self, article: Article) -> list[Claim]:
            if article.doc == TOUR[2]:
                raise KeyboardInterrupt
            return super().read(article)

    with empty_store(tmp_path) as store, tiny_store(tmp_path / "whole", TOUR) as whole:
        with pytest.raises(KeyboardInterrupt):
            _take(store, *TOUR, reader=Stopped())
        assert _take(store, *TOUR) == IngestReport(added=1, unchanged=2, claims=1)
        assert content(store) == content(whole)


def test_a_claim_that_does_not_fit_its_text_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    wrong = WorldReader(change=lambda claim: replace(claim, start=claim.start + 1, end=claim.end + 1))
    with tiny_store(tmp_path, TOUR[:1]) as store:
        before = content(store)
        with pytest.raises(BadArticle, match="quotes what does not stand"):
            _take(store, TOUR[1], reader=wrong)
        assert content(store) == before


def test_a_second_text_on_an_event_joins_it(tmp_path: Path) -> None:
    with tiny_store(tmp_path, TOUR[:1]) as store:
        _take(store, TOUR[1])
        query = 'SELECT ?claim WHERE { ?event lg:time "2003-06-03" ; lg:supportedBy ?claim }'
        assert len(ask(store, query)) == 2


def test_claims_stand_in_their_articles_graph(tmp_path: Path) -> None:
    with tiny_store(tmp_path, TOUR[:1]) as store:
        for claim in claims()[TOUR[0]]:
            about = Triple(claim_node(claim.id), lg("quote"), text(claim.quote))
            assert about in store.graph(iri(f"art:{claim.article}"))
            assert about in store.default_graph()
