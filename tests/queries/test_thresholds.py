"""Thresholds on the fact of a question: grade of evidence, number of origins, state media."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kb.errors import BadParameter
from kb.namespaces import expand
from kb.queries import answer, questions
from kb.queries.values import plain_of
from kb.store import GraphChange, Store, open_store
from kb.terms import decimal, integer, lg, truth
from tests.queries.toy import graphs

TOLD = [name for name, question in questions().items() if question.told]
ASKED = {"visitor_state": "XAL", "host_state": "XBO"}


def add(graph: str, *said: tuple[str, str, NamedNode | Literal]) -> None:
    BASE[NamedNode(expand(graph))] |= {Triple(NamedNode(expand(s)), lg(p), o) for s, p, o in said}


BASE = graphs()
add(
    "g:facts",
    ("ev:tour", "origins", integer(2)),
    ("ev:father", "origins", integer(1)),
    ("ev:father", "stateMediaShare", decimal(1.0, 2)),
    ("ev:tour", "stateMediaShare", decimal(0.5, 2)),
)
add(
    "g:prospective",
    ("ev:plan", "origins", integer(3)),
    ("ev:plan", "evidenceLevel", lg("SingleSource")),
    ("ev:invited", "evidenceLevel", lg("AttributedOnly")),
)
add("g:reference", ("org:herald", "stateControlled", truth(True)))
add("art:herald", ("art:herald", "outlet", NamedNode(expand("org:herald"))))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder: Path = tmp_path_factory.mktemp("thresholds") / "store"
    with open_store(str(folder)) as store:
        store.commit([GraphChange(name, frozenset(triples)) for name, triples in BASE.items()])
        yield store


def facts(store: Store, name: str, **given: str) -> set[str]:
    """Return the local names of the facts that an answer's rows report."""
    found = answer(store, name, given)
    return {plain_of(cell).rpartition("/")[2] for cell in found.cells_in(found.question.fact)}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"tour", "stop", "father"}),
        ({"min_evidence": "AttributedOnly"}, {"tour", "father"}),
        ({"min_evidence": "SingleSource"}, {"tour"}),
        ({"min_evidence": "Corroborated"}, {"tour"}),
        ({"min_origins": "1"}, {"tour", "father"}),
        ({"min_origins": "2"}, {"tour"}),
        ({"min_origins": "3"}, set()),
        ({"exclude_state_media": "yes"}, {"tour", "stop"}),
        ({"exclude_state_media": "no"}, {"tour", "stop", "father"}),
        ({"min_origins": "1", "exclude_state_media": "yes", "min_evidence": "Corroborated"}, {"tour"}),
    ],
)
def test_a_threshold_keeps_the_facts_that_reach_it(
    base: Store, given: dict[str, str], expected: set[str]
) -> None:
    assert facts(base, "facilities-visited", **ASKED, **given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, {"plan", "invited"}),
        ({"min_evidence": "SingleSource"}, {"plan"}),
        ({"min_origins": "2"}, {"plan"}),
        ({"min_origins": "4"}, set()),
    ],
)
def test_a_threshold_finds_what_is_said_of_plans_in_their_own_graph(
    base: Store, given: dict[str, str], expected: set[str]
) -> None:
    assert facts(base, "planned-not-reported", **given) == expected


def test_facts_and_plans_of_one_answer_are_measured_where_each_stands(base: Store) -> None:
    both = {"state": "XAL", "other_state": "XBO", "min_origins": "2"}
    assert facts(base, "timeline-of-a-dyad", **both) == {"tour", "plan"}


def test_a_claim_is_measured_by_the_event_that_it_supports_or_disputes(base: Store) -> None:
    assert facts(base, "denials") == {"denial"}
    assert facts(base, "denials", min_evidence="Corroborated") == {"denial"}
    assert facts(base, "denials", min_origins="3") == set()
    assert facts(base, "who-said-so", facility="kestrel-works", min_origins="2") == {
        "tour",
        "tour-again",
        "denial",
    }


def test_a_claim_of_an_outlet_under_state_control_can_be_left_out(base: Store) -> None:
    every = facts(base, "who-said-so", facility="kestrel-works")
    kept = facts(base, "who-said-so", facility="kestrel-works", exclude_state_media="yes")
    assert {"tour-again", "denial"} == kept < every
    # What the text has through another outlet is that outlet's word.
    assert "plan" in facts(base, "who-said-so", person="ada-moor", exclude_state_media="yes")


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize(
    "given", [{"min_evidence": "Corroborated"}, {"min_origins": "99"}, {"exclude_state_media": "yes"}]
)
def test_every_question_about_texts_takes_the_thresholds(
    base: Store, name: str, given: dict[str, str]
) -> None:
    example = {
        parameter.name: {"state": "XAL"}.get(parameter.type, "ada-moor")
        for parameter in questions()[name].parameters
        if parameter.name in questions()[name].example()
    }
    if "event" in example:
        example["event"] = "tour"
    assert facts(base, name, **example, **given) <= facts(base, name, **example)


def test_a_question_about_records_has_no_thresholds(base: Store) -> None:
    with pytest.raises(BadParameter, match=r"'min_origins'\. It takes state, system"):
        answer(base, "state-codes", {"min_origins": "2"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("min_evidence", "corroborated"),
        ("min_evidence", "2"),
        ("min_origins", "0"),
        ("min_origins", "-1"),
        ("min_origins", "two"),
        ("exclude_state_media", "true"),
    ],
)
def test_a_malformed_threshold_is_refused(base: Store, name: str, text: str) -> None:
    with pytest.raises(BadParameter) as caught:
        answer(base, "facilities-visited", ASKED | {name: text})
    assert caught.value.place == name
