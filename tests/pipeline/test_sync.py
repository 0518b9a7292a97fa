"""Small changes come to the same as making everything anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from kb.pipeline import ingest, rebuild_facts, retract
from kb.store import Store
from kb.terms import graph
from tests.pipeline.corpora import Corpus, CorpusReader, corpora
from tests.pipeline.looking import content
from tests.world import empty_store

CURATED = frozenset({graph("ontology"), graph("reference")})


def _do(store: Store, corpus: Corpus) -> None:
    stored = set()
    for step in corpus.steps:
        article = corpus.articles[step.doc]
        if step.version:
            ingest(store, [article], CorpusReader(corpus, step.version))
            stored.add(article.id)
        elif article.id in stored:
            retract(store, article.id, "withdrawn", date(2024, 7, 1))


@settings(max_examples=12, deadline=None)
@given(corpora())
def test_any_run_of_small_changes_comes_to_what_a_rebuild_makes(corpus: Corpus) -> None:
    _compare(corpus)


@settings(max_examples=8, deadline=None)
@given(corpora(plans=True))
def test_plans_are_met_in_whatever_order_plan_and_report_are_read_and_taken_back(corpus: Corpus) -> None:
    _compare(corpus)


def _compare(corpus: Corpus) -> None:
    # one batch: opening the store anew for each step takes longer than all the rest
    with TemporaryDirectory() as folder, empty_store(Path(folder)) as store, store.writing():
        _do(store, corpus)
        changed, asked = content(store, but=CURATED), store.default_graph()
        rebuild_facts(store)
        assert content(store, but=CURATED) == changed
        assert store.default_graph() == asked
