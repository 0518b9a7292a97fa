"""Every curated entity has a source that exists, a link that is vouched for, and dates that make sense."""

from __future__ import annotations

import csv
import re

import pytest

from kb.edtf_bounds import bounds, is_valid
from kb.reference import load, triples
from kb.resources import ROOT
from tests.reference.facts import linked, of_kind, statements, texts

SHARED = ROOT.parent / "shared"
AT_LEAST = {
    "state": 202,
    "gov": 202,
    "terr": 202,
    "person": 150,
    "office": 100,
    "tenure": 180,
    "place": 250,
    "region": 60,
    "fac": 120,
    "hw": 140,
    "org": 140,
    "src": 60,
    "prod": 2,
}


@pytest.mark.parametrize(("kind", "count"), AT_LEAST.items())
def test_there_are_entities_of_each_kind(kind: str, count: int) -> None:
    assert len(of_kind(kind)) >= count


def test_every_entity_has_a_source_that_is_described() -> None:
    sources = of_kind("src")
    others = set(statements()) - sources
    assert [entity for entity in others if not linked(entity, "dct:source")] == []
    assert [entity for entity in others if not linked(entity, "dct:source") <= sources] == []


def test_every_source_has_a_title_and_is_used() -> None:
    assert [s for s in of_kind("src") if not texts(s, "dct:title") or not texts(s, "lg:sourceKind")] == []
    used = {source for entity in statements() for source in linked(entity, "dct:source")}
    assert of_kind("src") - used == set()


def test_nothing_points_to_an_entity_that_is_not_there() -> None:
    kinds = tuple(f"{kind}:" for kind in (*AT_LEAST, "name", "desig"))
    dangling = {
        (entity, predicate, target)
        for entity, values in statements().items()
        for predicate in values
        for target in linked(entity, predicate)
        if target.startswith(kinds) and target not in statements()
    }
    assert dangling == set()


def test_every_named_thing_has_one_english_label() -> None:
    kinds = ("state", "gov", "terr", "person", "office", "place", "region", "fac", "hw", "org")
    things = [thing for kind in kinds for thing in of_kind(kind)]
    assert [thing for thing in things if len(texts(thing, "rdfs:label", "en")) != 1] == []


@pytest.mark.parametrize(
    ("language", "letters"), [("en", "A-Za-z"), ("ru", "А-яЁё"), ("ko", "\uac00-\ud7a3")]
)
def test_every_label_holds_letters_of_its_language_and_of_no_other_script(
    language: str, letters: str
) -> None:
    labels = {label for thing in statements() for label in texts(thing, "rdfs:label", language)}
    others = {"en": "А-яЁё\uac00-\ud7a3", "ru": "\uac00-\ud7a3", "ko": "А-яЁё"}[language]
    assert labels
    assert {label for label in labels if not re.search(f"[{letters}]", label)} == set()
    assert {label for label in labels if re.search(f"[{others}]", label)} == set()


def test_no_other_name_repeats_the_label() -> None:
    repeated = [
        thing
        for thing in statements()
        if texts(thing, "rdfs:label", "en") & texts(thing, "skos:altLabel", "en")
    ]
    assert repeated == []


def test_every_date_is_edtf_and_no_span_ends_before_it_begins() -> None:
    spans = {
        thing: (texts(thing, "lg:from"), texts(thing, "lg:until"))
        for thing in statements()
        if texts(thing, "lg:from") or texts(thing, "lg:until")
    }
    assert spans
    assert [d for span in spans.values() for dates in span for d in dates if not is_valid(d)] == []
    assert [thing for thing, (start, end) in spans.items() if start and end and _backward(start, end)] == []


def _backward(start: set[str], end: set[str]) -> bool:
    first, last = bounds(min(start)).earliest, bounds(max(end)).latest
    return first is not None and last is not None and first > last


def test_a_tenure_has_one_holder_one_office_and_a_start() -> None:
    faulty = [
        tenure
        for tenure in of_kind("tenure")
        if len(linked(tenure, "lg:holder")) != 1
        or len(linked(tenure, "lg:office")) != 1
        or len(texts(tenure, "lg:from")) != 1
        or (texts(tenure, "lg:until") and texts(tenure, "lg:untilUnknown"))
    ]
    assert faulty == []


def test_every_item_is_vouched_for() -> None:
    table = SHARED / "qids.tsv"
    if not table.exists():
        pytest.skip("needs ../shared")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    vouched = {row["id"] for row in rows if row["id"] and row["confidence"] != "not found"}
    withdrawn = {"state:SUN", "state:YUG", "state:SCG", "state:DDR", "state:CSK"}  # these come from rigour
    unvouched = {
        (thing, item)
        for thing in set(statements()) - withdrawn
        for item in linked(thing, "lg:wikidata")
        if item.removeprefix("wd:") not in vouched
    }
    assert unvouched == set()


def test_items_of_withdrawn_states_are_those_of_rigour() -> None:
    assert {state: linked(state, "lg:wikidata") for state in ("state:SUN", "state:DDR")} == {
        "state:SUN": {"wd:Q15180"},
        "state:DDR": {"wd:Q16957"},
    }
    for state in ("state:SUN", "state:YUG", "state:SCG", "state:DDR", "state:CSK"):
        assert "src:rigour" in linked(state, "dct:source")


def test_the_store_that_names_are_read_from_holds_just_the_triples() -> None:
    stored = frozenset(quad.triple for quad in load())
    assert stored == frozenset(triples())
