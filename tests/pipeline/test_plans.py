"""Which plans are met, when a third text tells where the report's facility stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kb.pipeline import ingest, rebuild_facts, retract
from kb.records import Article, Claim, ClaimType
from kb.store import Store
from kb.terms import graph, lg
from tests.facts.making import ADA, BORIS, BORVILLE, PORTSEA, Text, claim
from tests.pipeline.corpora import Corpus, CorpusReader
from tests.world import empty_store

TOLD = "so it says, and nothing else"
DEPOT = "Hill Depot"


def read(name: str, **slots: Any) -> tuple[Article, Claim]:
    """Return an article that makes one claim of a visit."""
    text = Text(f"{name:0<16}", published=date(2013, 4, 3))
    article = Article(text.id, name, f"{TOLD}: {name}", text.outlet, date(2013, 4, 3), name.ljust(64, "0"))
    return article, claim(ClaimType.VISIT, text, country="BOR", **slots)


PLAN = read("aaa", agents=ADA, place=PORTSEA, edtf="2013-05", modality="planned")
REPORT = read("bbb", agents=ADA, facility=DEPOT, place=BORVILLE, edtf="2013-05-02")
ATLAS = read("ccc", agents=BORIS, facility=DEPOT, place=PORTSEA, edtf="1999")
SECOND = read("ddd", agents=BORIS, facility=DEPOT, place=PORTSEA, edtf="1998")
READER = CorpusReader(
    Corpus(
        tuple(article for article, _ in (PLAN, REPORT, ATLAS, SECOND)),
        {(article.id, "one"): (said,) for article, said in (PLAN, REPORT, ATLAS, SECOND)},
        (),
    ),
    "one",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with empty_store(tmp_path) as opened:
        yield opened


def met(store: Store) -> int:
    return sum(each.predicate == lg("metBy") for each in store.graph(graph("prospective")))


def take_back(store: Store, article: Article) -> None:
    retract(store, article.id, "withdrawn", date(2014, 1, 1))


@pytest.mark.parametrize("order", list(permutations((PLAN, REPORT, ATLAS))))
def test_a_text_that_places_the_facility_in_the_planned_town_lets_the_report_meet_the_plan(
    store: Store, order: tuple[tuple[Article, Claim], ...]
) -> None:
    counts = []
    for article, _ in order:
        ingest(store, [article], READER)
        counts.append(met(store))
    assert counts == [0, 0, 1]
    take_back(store, ATLAS[0])
    assert met(store) == 0


def test_it_stays_met_while_another_text_places_it_there(store: Store) -> None:
    ingest(store, [article for article, _ in (PLAN, REPORT, ATLAS, SECOND)], READER)
    take_back(store, ATLAS[0])
    assert met(store) == 1
    rebuild_facts(store)
    assert met(store) == 1
    take_back(store, SECOND[0])
    assert met(store) == 0
