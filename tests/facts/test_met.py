"""Which reports meet which plans, made from claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from kb.claims import StoredClaim
from kb.facts import ArticleState, Ground, rebuild
from kb.facts.told import Told
from kb.namespaces import expand
from kb.records import ClaimType
from kb.terms import Triple, graph, iri, lg
from tests.facts.making import ADA, BASE, BELA, BORIS, BORVILLE, PORTSEA, WORKS, Text, told
from tests.world import world

NEWS = Text("news", published=date(2013, 4, 3))
LATER = Text("later", outlet="Cordia Times", published=date(2014, 6, 1))
DAY = "2013-05-02"
V = ClaimType.VISIT


@cache
def ground() -> Ground:
    return Ground.of(world().reference)


def plan(text: Text = NEWS, type: ClaimType = V, **slots: Any) -> Told:
    return told(type, text, **({"agents": ADA, "modality": "planned"} | slots))


def report(text: Text = LATER, type: ClaimType = V, **slots: Any) -> Told:
    return told(type, text, quote="it was so", **({"agents": ADA, "edtf": DAY} | slots))


def met(*claims: Told, described: tuple[Triple, ...] = ()) -> int:
    """Return how many pairs of plan and report there are; a text of its own describes places."""
    texts: dict[str, list[StoredClaim]] = {}
    heads = {each.head.id: each.head for each in claims}
    for each in claims:
        texts.setdefault(each.head.id, []).append(each.stored)
    states = [ArticleState(heads[name], tuple(stored)) for name, stored in texts.items()]
    states.append(ArticleState(Text("atlas").head, (), frozenset(described)))
    graphs = {change.graph: change.triples for change in rebuild(ground(), states)}
    found = {each for each in graphs[graph("prospective")] if each.predicate == lg("metBy")}
    assert {each.object for each in found} <= {each.subject for each in graphs[graph("facts")]}
    return len(found)


@pytest.mark.parametrize(
    ("planned", "reported", "meets"),
    [
        pytest.param({"edtf": DAY}, {}, True, id="on the day"),
        pytest.param({"edtf": "2013-05"}, {}, True, id="in the month"),
        pytest.param({"edtf": DAY}, {"edtf": "2013"}, True, id="in a year that may mean the day"),
        pytest.param({"edtf": "2013-05-03"}, {}, False, id="before the day"),
        pytest.param({"edtf": "2013-05-01"}, {}, False, id="after the day"),
        pytest.param({"edtf": "../2013-05-01"}, {}, False, id="after the last day"),
        pytest.param({"edtf": "../2013-06"}, {"edtf": "1999"}, True, id="before a last day, however long"),
        pytest.param({}, {}, True, id="at any time after the plan was published"),
        pytest.param({}, {"edtf": "2013-04-03"}, True, id="on the day of publication"),
        pytest.param({}, {"edtf": "2013-04-02"}, False, id="before it was published"),
        pytest.param({}, {"edtf": None}, False, id="without a date"),
        pytest.param({"modality": "requested"}, {}, True, id="what was asked for"),
        pytest.param({}, {"modality": "speculated"}, False, id="what is alleged"),
        pytest.param({}, {"modality": "planned"}, False, id="another plan"),
        pytest.param({"facility": WORKS}, {"facility": WORKS}, True, id="at the facility"),
        pytest.param({"facility": WORKS}, {"place": BORVILLE}, False, id="in the town of the facility"),
        pytest.param({"place": BORVILLE}, {"facility": WORKS}, True, id="at a facility in the town"),
        pytest.param({"place": "region:east-borland"}, {"facility": WORKS}, True, id="in the region"),
        pytest.param({"place": PORTSEA}, {"facility": WORKS}, False, id="in another town"),
        pytest.param({"counterpart_states": ("BOR",)}, {"facility": BASE}, True, id="in the state"),
        pytest.param({"counterpart_states": ("COR",)}, {"facility": BASE}, False, id="in another state"),
        pytest.param({"facility": WORKS}, {}, False, id="nobody says where"),
        pytest.param({}, {"agents": (ADA, BELA)}, True, id="with somebody else"),
        pytest.param({"agents": (ADA, BELA)}, {}, False, id="without one whom the plan names"),
        pytest.param({}, {"agents": BELA}, False, id="by somebody else"),
        pytest.param({"agents": "Somebody"}, {"agents": "Somebody"}, False, id="by whom nobody knows"),
    ],
)
def test_a_report_meets_a_plan_of_a_visit(
    planned: dict[str, Any], reported: dict[str, Any], meets: bool
) -> None:
    assert met(plan(**planned), report(**reported)) == meets


@pytest.mark.parametrize(
    ("planned", "reported", "meets"),
    [
        (ClaimType.VISIT, ClaimType.ARRIVAL, True),
        (ClaimType.ARRIVAL, ClaimType.VISIT, False),
        (ClaimType.MEETING, ClaimType.MEETING, True),
        (ClaimType.MEETING, ClaimType.CALL, False),
    ],
)
def test_only_an_arrival_meets_a_plan_of_another_kind(
    planned: ClaimType, reported: ClaimType, meets: bool
) -> None:
    agents = (ADA, BORIS)
    assert met(plan(type=planned, agents=agents), report(type=reported, agents=agents)) == meets


def test_a_plan_is_met_by_every_report_that_may_be_it() -> None:
    assert met(plan(), report(edtf="2013-05-02"), report(edtf="2013-05-03"), report(edtf="2013-04-01")) == 2


@pytest.mark.parametrize(("edtf", "meets"), [("2013-04-02", False), ("2013-04-04", True)])
def test_a_plan_told_by_an_undated_text_too_begins_on_the_day_of_the_dated_one(
    edtf: str, meets: bool
) -> None:
    copy = Text("copy", published=None, copy_of="news")
    assert met(plan(), plan(copy, among=(NEWS,)), report(edtf=edtf)) == meets


def test_a_plan_told_by_two_texts_begins_on_the_earlier_day() -> None:
    copy = Text("copy", published=date(2013, 4, 20), copy_of="news")
    assert met(plan(), plan(copy, among=(NEWS,)), report(edtf="2013-04-10")) == 1


def test_a_plan_in_a_text_without_a_date_is_met_at_any_time() -> None:
    assert met(plan(replace(NEWS, published=None)), report(edtf="1999")) == 1


def test_a_place_that_only_texts_know_lies_where_any_text_says() -> None:
    depot, town = "fac:x-depot", iri(expand(BORVILLE))
    lies = Triple(iri(depot), lg("locatedIn"), town)
    claims = plan(place=BORVILLE), report(facility=depot, counterpart_states=("BOR",))
    assert (met(*claims), met(*claims, described=(lies,))) == (0, 1)
