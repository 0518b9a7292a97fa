"""What the rules of curation promise of the bundled data beyond what their toy worlds show."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kb.checks.hygiene import Check, checks
from kb.namespaces import PREFIXES, shorten
from kb.reference import load
from kb.resources import ROOT
from tests.checks.worlds import WORLDS, world

TABLE = ROOT.parent / "shared" / "qids.tsv"
FITTING = 0.97
"""The share of linked entities that bear a label of the verified table; the others share a word with it."""
_NAMES = (
    "rdfs:label|skos:altLabel|lg:shortForm|(lg:hasName/lg:nameText)|(lg:hasDesignation/lg:designationText)"
)
_VERIFIED = f"?e lg:wikidata ?item ; dct:source src:verified-identifiers ; {_NAMES} ?n"


def rows(sparql: str) -> list[tuple[str, ...]]:
    found = load().query(sparql, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [tuple(str(getattr(row[name], "value", "")) for name in names) for row in found]


def test_there_are_at_least_twenty_rules_about_curation() -> None:
    of_claims = {"leak-into-claims", "leak-into-facts", "leak-of-plans", "quote-misfits-span"}
    of_terms = {"definition-of-another-form", "term-without-words", "undefined-term"}
    assert len({check.name for check in checks()} - of_claims - of_terms) >= 20


_CLASSES = """SELECT DISTINCT ?kind WHERE {
  ?thing dct:source ?source ; a ?kind FILTER NOT EXISTS { ?thing owl:deprecated true } }"""


def test_every_class_of_the_reference_data_must_have_a_source() -> None:
    (unsourced,) = (check for check in checks() if check.name == "unsourced")
    for (kind,) in rows(_CLASSES):
        data = world(WORLDS / "clean.trig")
        data.add(
            ox.Quad(
                ox.NamedNode("https://w3id.org/legation/place/bare"),
                ox.NamedNode(PREFIXES["rdf"] + "type"),
                ox.NamedNode(kind),
            )
        )
        assert [found.subject for found in unsourced.run(data)] == ["place:bare"], shorten(kind)


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_message_names_the_thing_and_says_more_than_its_name(check: Check) -> None:
    for found in check.run(world(WORLDS / f"{check.name}.trig")):
        assert found.subject.lower() in found.message.lower()
        assert "{" not in found.message + found.repair
        assert len(found.repair.split()) >= 3


def test_every_item_that_is_cited_as_verified_stands_in_the_table_with_a_fitting_label() -> None:
    if not TABLE.exists():
        pytest.skip("needs ../shared")
    labels = labels_of_items(TABLE)
    names: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity, item, name in rows(f"SELECT ?e ?item ?n WHERE {{ {_VERIFIED} }}"):
        names[shorten(entity) or entity, item.rpartition("/")[2]].add(plain(name))
    assert {pair for pair in names if pair[1] not in labels} == set()
    unlike = {pair for pair, own in names.items() if not own & labels[pair[1]]}
    assert {pair for pair in unlike if not words(names[pair]) & words(labels[pair[1]])} == set()
    assert len(unlike) <= (1 - FITTING) * len(names)


def labels_of_items(table: Path) -> dict[str, set[str]]:
    """Return the plain labels of each item, with and without what stands in brackets."""
    found: dict[str, set[str]] = defaultdict(set)
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["id"] and row["confidence"] != "not found":
                found[row["id"]] |= {plain(row["label"]), plain(re.sub(r"\(.*?\)", "", row["label"]))}
    return found


def plain(text: str) -> str:
    """Return lower-case words without accents and signs, joined by one blank."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare))


def words(texts: set[str]) -> set[str]:
    """Return the words of four letters or more."""
    return {word for text in texts for word in text.split() if len(word) > 3}
