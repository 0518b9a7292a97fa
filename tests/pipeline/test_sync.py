"""Small changes come to the same as making everything anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings

from kb.pipeline import ingest, rebuild_facts, retract
from kb.store import Store
from tests.pipeline.corpora import Corpus, CorpusReader, corpora
from tests.pipeline.looking import content
from tests.world import empty_store


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
    with TemporaryDirectory() as folder, empty_store(Path(folder)) as store:
        _do(store, corpus)
        changed, asked = content(store), store.default_graph()
        rebuild_facts(store)
        assert content(store) == changed
        assert store.default_graph() == asked
