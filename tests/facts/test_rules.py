"""What each rule derives, and what it must not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kb.errors import BadReference
from kb.facts.derive import Scope, read_rule, rules
from kb.facts.ground import Ground
from kb.namespaces import sparql_prologue
from kb.terms import Triple, iri, lg
from tests.world import world

EVENT = iri("ev:one")


@cache
def ground() -> Ground:
    return Ground.of(world().reference)


def _triples(turtle: str) -> set[Triple]:
    document = sparql_prologue() + turtle
    return {quad.triple for quad in parse(document.encode(), format=RdfFormat.TURTLE)}


def _derived(said: str) -> set[Triple]:
    """Return what follows of ev:one when this is said of it."""
    return ground().about_events(_triples(f"ev:one {said} ."), [EVENT])


def _visit(visitor: str, earliest: str, latest: str) -> str:
    return (
        f'a lg:Visit ; lg:kind lg:Visit ; lg:visitor person:{visitor} ; lg:earliest "{earliest}"^^xsd:date ; '
        f'lg:latest "{latest}"^^xsd:date'
    )


def _led(said: str) -> bool:
    return Triple(EVENT, lg("visitingLeaderOf"), iri("state:AVA")) in _derived(said)


def _served(said: str) -> bool:
    return Triple(EVENT, lg("visitingState"), iri("state:AVA")) in _derived(said)


@pytest.mark.parametrize(
    ("visitor", "earliest", "latest", "leads", "serves"),
    [
        pytest.param("ada-aster", "2003-06-03", "2003-06-03", True, True, id="a day in office"),
        pytest.param("ada-aster", "2002-01-01", "2002-12-31", True, True, id="a year all in office"),
        pytest.param("ada-aster", "2000-01-01", "2000-12-31", False, False, id="the year of taking office"),
        pytest.param("ada-aster", "2000-05-10", "2000-05-10", True, True, id="the day of taking office"),
        pytest.param("ada-aster", "2012-05-01", "2012-05-01", True, True, id="the last day in office"),
        pytest.param("ada-aster", "2012-05-02", "2012-05-02", False, False, id="the day after"),
        pytest.param("bela-aster", "1999-01-01", "1999-12-31", False, False, id="before office"),
        pytest.param("bela-aster", "2013-04-02", "2013-04-02", True, True, id="in an office without end"),
        pytest.param("carla-cole", "2013-04-02", "2013-04-02", False, True, id="a minister leads no state"),
        pytest.param(
            "carla-cole", "2010-06-01", "2010-06-01", False, False, id="in the year that an office began"
        ),
        pytest.param("dora-dunn", "2013-04-02", "2013-04-02", False, False, id="no office at all"),
    ],
)
def test_whose_visit_it_was(visitor: str, earliest: str, latest: str, leads: bool, serves: bool) -> None:
    said = _visit(visitor, earliest, latest)
    assert (_led(said), _served(said)) == (leads, serves)


def test_a_visit_without_a_date_is_nobodys() -> None:
    assert not _derived("a lg:Visit ; lg:kind lg:Visit ; lg:visitor person:bela-aster")


@pytest.mark.parametrize(("day", "follows"), [("2013-04-02", True), ("2013-04-03", False)])
def test_an_office_that_a_text_attests_counts_for_that_day(day: str, follows: bool) -> None:
    said = _visit("dora-dunn", "2013-04-02", "2013-04-02")
    attested = (
        "tenure:x-1 a lg:OfficeTenure ; lg:holder person:dora-dunn ; lg:office office:mayor-of-borville ; "
        f'lg:attestedOn "{day}"^^xsd:date'
    )
    derived = ground().about_events(_triples(f"ev:one {said} . {attested} ."), [EVENT])
    assert (Triple(EVENT, lg("visitingState"), iri("state:BOR")) in derived) is follows


def test_a_facility_gives_the_town_the_country_and_the_host() -> None:
    derived = _derived("a lg:Arrival ; lg:kind lg:Arrival ; lg:atFacility fac:portsea-naval-base")
    states = "lg:inCountry state:BOR ; lg:hostState state:BOR ; lg:involvesState state:BOR"
    assert derived == _triples(f"ev:one lg:atPlace place:portsea ; {states} .")


def test_what_a_text_says_of_the_country_goes_before_reference_data() -> None:
    derived = _derived("a lg:Visit ; lg:kind lg:Visit ; lg:atPlace place:portsea ; lg:inCountry state:COR")
    assert Triple(EVENT, lg("inCountry"), iri("state:BOR")) not in derived
    assert Triple(EVENT, lg("hostState"), iri("state:COR")) in derived


def test_a_named_counterpart_goes_before_the_place() -> None:
    said = "a lg:Visit ; lg:kind lg:Visit ; lg:atPlace place:portsea ; lg:counterpartState state:COR"
    assert Triple(EVENT, lg("hostState"), iri("state:BOR")) not in _derived(said)


def test_a_meeting_on_a_third_states_soil_does_not_involve_it() -> None:
    derived = _derived("a lg:Meeting ; lg:kind lg:Meeting ; lg:atPlace place:portsea")
    assert derived == _triples("ev:one lg:inCountry state:BOR .")


def test_an_event_of_three_states_stands_in_three_dyads() -> None:
    derived = _derived("a lg:Call ; lg:kind lg:Call ; lg:involvesState state:AVA , state:BOR , state:COR")
    dyads = {triple.object for triple in derived if triple.predicate == lg("inDyad")}
    assert dyads == {iri("dyad:AVA-BOR"), iri("dyad:AVA-COR"), iri("dyad:BOR-COR")}
    about = _triples(
        'dyad:AVA-BOR a lg:Dyad ; rdfs:label "Avaria–Borland"@en ; lg:dyadMember state:AVA , state:BOR .'
    )
    assert about <= derived


def test_an_event_of_one_state_stands_in_no_dyad() -> None:
    assert not _derived("a lg:Exercise ; lg:kind lg:Exercise ; lg:involvesState state:AVA")


def test_places_lie_in_the_state_of_their_territory_through_all_steps() -> None:
    wanted = _triples(
        "fac:borville-tractor-works lg:inState state:BOR . region:east-borland lg:inState state:BOR ."
    )
    assert wanted <= ground().inferred


def test_who_ever_led_is_known_and_a_minister_is_not_among_them() -> None:
    ever = {str(triple.subject) for triple in ground().inferred if triple.predicate == lg("everLeaderOf")}
    assert ever == {
        str(iri(f"person:{name}")) for name in ("ada-aster", "bela-aster", "boris-brand", "dario-dane")
    }


def test_a_place_that_a_text_describes_lies_where_it_says() -> None:
    derived = ground().about_places(_triples("fac:x-1 a lg:Facility ; lg:locatedIn place:portsea ."))
    assert derived == _triples("fac:x-1 lg:inState state:BOR .")


def test_other_events_are_left_alone() -> None:
    said = _triples(
        "ev:one lg:involvesState state:AVA , state:BOR . ev:two lg:involvesState state:AVA , state:BOR ."
    )
    subjects = {triple.subject for triple in ground().about_events(said, [EVENT])}
    assert subjects == {EVENT, iri("dyad:AVA-BOR")}


def test_the_ground_is_left_as_it_was() -> None:
    before = len(ground().memory)
    _derived("a lg:Call ; lg:kind lg:Call ; lg:involvesState state:AVA , state:BOR")
    assert len(ground().memory) == before


def test_every_scope_has_a_rule_and_every_rule_says_what_it_derives() -> None:
    assert {rule.scope for rule in rules()} == set(Scope)
    assert all(rule.derives.startswith("lg:") and rule.about for rule in rules())


@pytest.mark.parametrize(
    "content",
    [
        "INSERT { ?a lg:b ?c } WHERE { ?a lg:b ?c }\n",
        "#+ derives: lg:b\n#+ scope: event\n#+ about: text\nCONSTRUCT { ?a lg:b ?c } WHERE { ?a lg:b ?c }\n",
        "#+ derives: lg:b\n#+ scope: night\n#+ about: text\nINSERT { ?a lg:b ?c } WHERE { ?a lg:b ?c }\n",
    ],
    ids=["no header", "no INSERT", "unknown scope"],
)
def test_a_file_that_is_no_rule_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "wrong.rq"
    path.write_text(content, "utf-8")
    with pytest.raises(BadReference, match=r"wrong\.rq"):
        read_rule(path)
