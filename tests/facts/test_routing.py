"""The contract: which graph each kind of claim's event goes to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kb.claims import Review
from kb.facts.background import Background
from kb.facts.routing import Group, Route, groups
from kb.facts.told import Told
from kb.namespaces import expand
from kb.records import ClaimType, Tier
from tests.facts.making import (
    ADA,
    BASE,
    BELA,
    BORIS,
    BORVILLE,
    ONE,
    OTHER,
    PORTSEA,
    WORKS,
    Text,
    told,
)

TOUR: dict[str, Any] = {"agents": ADA, "facility": WORKS, "country": "BOR", "edtf": "2003-06-03"}
TALKS: dict[str, Any] = {"agents": (ADA, BORIS), "edtf": "2015-07-01", "country": "BOR"}
LATER = Text("later", published=date(2019, 6, 1))
LAND = Background(
    within={
        expand(inner): {expand(outer)}
        for inner, outer in [
            (WORKS, BORVILLE),
            ("fac:station", BORVILLE),
            (BASE, PORTSEA),
            (BORVILLE, "region:east"),
            (PORTSEA, "region:south"),
            ("place:harbour", "region:south"),
            ("region:east", "terr:BOR"),
            ("region:south", "terr:BOR"),
            ("terr:BOR", "state:BOR"),
            ("place:avaton", "terr:AVA"),
            ("terr:AVA", "state:AVA"),
        ]
    }
)


def _routes(*claims: Told) -> list[Route]:
    return [group.route for group in groups(claims, LAND, {})]


def _only(*claims: Told) -> Group:
    (group,) = groups(claims, LAND, {})
    return group


@pytest.mark.parametrize(
    ("modality", "route"),
    [
        ("reported", Route.FACTS),
        ("planned", Route.PROSPECTIVE),
        ("requested", Route.PROSPECTIVE),
        ("speculated", Route.ALLEGED),
    ],
)
def test_modality_decides_the_graph(modality: str, route: Route) -> None:
    assert _routes(told(ClaimType.VISIT, **TOUR, modality=modality)) == [route]


def test_a_plan_and_its_report_are_two_events() -> None:
    plan, report = told(ClaimType.VISIT, **TOUR, modality="planned"), told(ClaimType.VISIT, OTHER, **TOUR)
    assert _routes(plan, report) == [Route.FACTS, Route.PROSPECTIVE]


def test_a_claim_for_review_is_a_fact() -> None:
    assert _routes(told(ClaimType.VISIT, **TOUR, tier=Tier.REVIEW)) == [Route.FACTS]


def test_what_the_gate_rejected_makes_no_event() -> None:
    assert _routes(told(ClaimType.VISIT, **TOUR, tier=Tier.REJECTED)) == []


@pytest.mark.parametrize("review", [Review.REJECTED, Review.RETRACTED, Review.SUPERSEDED])
def test_what_no_longer_counts_makes_no_event(review: Review) -> None:
    assert _routes(told(ClaimType.VISIT, **TOUR, review=review)) == []


def test_an_event_remembers_its_claims_that_no_longer_count() -> None:
    gone, stays = told(ClaimType.VISIT, **TOUR, review=Review.RETRACTED), told(ClaimType.VISIT, OTHER, **TOUR)
    group = _only(gone, stays)
    assert (group.members, group.former) == ((stays,), (gone.stored.id,))


def test_a_denial_alone_makes_no_event() -> None:
    assert _routes(told(ClaimType.VISIT, **TOUR, polarity="negated")) == []


@pytest.mark.parametrize("edtf", [None, "2003-06-03", "2003"])
def test_a_denial_disputes_the_fact(edtf: str | None) -> None:
    report = told(ClaimType.VISIT, **TOUR)
    denial = told(ClaimType.VISIT, OTHER, **{**TOUR, "edtf": edtf}, polarity="negated")
    group = _only(report, denial)
    assert (group.route, group.disputed_by) == (Route.FACTS, (denial,))


def test_a_denial_for_another_time_disputes_nothing() -> None:
    denial = told(ClaimType.VISIT, OTHER, **{**TOUR, "edtf": "2004"}, polarity="negated")
    assert _only(told(ClaimType.VISIT, **TOUR), denial).disputed_by == ()


def test_a_plan_made_known_after_the_denial_is_another_plan() -> None:
    plan = told(ClaimType.VISIT, LATER, **{**TOUR, "edtf": None}, modality="planned")
    denial = told(ClaimType.VISIT, ONE, **{**TOUR, "edtf": None}, modality="planned", polarity="negated")
    assert _only(plan, denial).disputed_by == ()


def test_a_plan_without_a_date_is_not_called_off_for_a_day_before_it_was_made_known() -> None:
    plan = told(ClaimType.VISIT, ONE, **{**TOUR, "edtf": None}, modality="planned")
    for day, disputed in (("2012-05-09", False), ("2013-05-09", True)):
        denial = told(ClaimType.VISIT, OTHER, **{**TOUR, "edtf": day}, modality="planned", polarity="negated")
        assert bool(_only(plan, denial).disputed_by) is disputed


def test_a_denial_of_what_was_before_disputes_nothing_that_happened_since() -> None:
    report = told(ClaimType.VISIT, LATER, **{**TOUR, "edtf": "2019-05-30"})
    denial = told(ClaimType.VISIT, ONE, **{**TOUR, "edtf": None}, polarity="negated")
    assert _only(report, denial).disputed_by == ()


def test_what_will_not_happen_disputes_the_plan_and_not_the_fact() -> None:
    plan, report = told(ClaimType.VISIT, **TOUR, modality="planned"), told(ClaimType.VISIT, **TOUR)
    denial = told(ClaimType.VISIT, OTHER, **TOUR, modality="planned", polarity="negated")
    fact, prospect = groups([plan, report, denial], LAND, {})
    assert (fact.disputed_by, prospect.disputed_by) == ((), (denial,))


def test_two_towns_for_one_meeting_are_contested_and_both_kept() -> None:
    one, other = (
        told(ClaimType.MEETING, text, **TALKS, place=place)
        for text, place in ((ONE, BORVILLE), (OTHER, PORTSEA))
    )
    assert _routes(one, other) == [Route.CONTESTED, Route.CONTESTED]


def test_a_report_without_a_place_stays_a_fact_beside_a_contested_place() -> None:
    talks: dict[str, Any] = {"agents": (ADA, BORIS), "edtf": "2015-07-01"}
    third = told(ClaimType.MEETING, ONE, quote="met", **talks)
    one, other = (
        told(ClaimType.MEETING, text, **talks, place=place)
        for text, place in ((ONE, BORVILLE), (OTHER, PORTSEA))
    )
    found = groups([one, other, third], LAND, {})
    assert [group.members for group in found if group.route is Route.FACTS] == [(third,)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"facility": WORKS}, {"place": BORVILLE}, id="a plant and its town"),
        pytest.param({"facility": WORKS}, {"facility": "fac:station"}, id="two facilities of one town"),
        pytest.param({"place": BORVILLE}, {}, id="a town and its state"),
        pytest.param({"place": BORVILLE}, {"place": "place:nobody-knows"}, id="a place that nobody knows"),
    ],
)
def test_places_that_go_together_are_not_contested(one: dict[str, Any], other: dict[str, Any]) -> None:
    claims = [told(ClaimType.MEETING, text, **TALKS, **slots) for text, slots in ((ONE, one), (OTHER, other))]
    assert _routes(*claims) == [Route.FACTS]


def test_one_text_that_tells_of_two_stops_contests_neither() -> None:
    claims = [told(ClaimType.MEETING, ONE, **TALKS, place=place) for place in (BORVILLE, PORTSEA)]
    assert _routes(*claims) == [Route.FACTS]


def test_meetings_of_two_days_are_not_contested() -> None:
    one = told(ClaimType.MEETING, ONE, **TALKS, place=BORVILLE)
    other = told(ClaimType.MEETING, OTHER, **{**TALKS, "edtf": "2015-07-02"}, place=PORTSEA)
    assert _routes(one, other) == [Route.FACTS, Route.FACTS]


def test_states_that_exclude_each_other_are_contested_even_where_the_town_is_unknown() -> None:
    one = told(ClaimType.MEETING, ONE, **TALKS, place="place:nobody-knows")
    other = told(ClaimType.MEETING, OTHER, **{**TALKS, "country": "AVA"}, place="place:avaton")
    assert _routes(one, other) == [Route.CONTESTED, Route.CONTESTED]


def test_a_visitors_stops_in_one_region_are_not_contested_but_those_far_apart_are() -> None:
    day: dict[str, Any] = {"agents": BELA, "edtf": "2015-07-01", "country": "BOR"}
    near = told(ClaimType.VISIT, OTHER, **day, facility=BASE, place="place:harbour")
    here = told(ClaimType.VISIT, ONE, **day, facility="fac:pier", place="place:harbour")
    far = told(ClaimType.VISIT, ONE, **day, facility=WORKS)
    assert _routes(near, here) == [Route.FACTS, Route.FACTS]
    assert _routes(near, far) == [Route.CONTESTED, Route.CONTESTED]
