"""The base of an earlier day is the base that never read what came later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.as_of.making import make
from kb.as_of.source import Place
from kb.errors import StoreBusy, TooLarge
from kb.pipeline import build, ingest, retract
from kb.store import Store, open_store
from tests.as_of.cutting import EVERY, cut, seen_in, seen_of
from tests.pipeline.corpora import Corpus, CorpusReader, corpora
from tests.services import oxigraph_service
from tests.world import WorldReader, articles, empty_store, tiny_store, world

DAYS = ("1990-01-01", "2003-06-05", "2013-03-31", "2018-09-01")


def docs_until(day: date) -> list[str]:
    return [name for name, text in articles().items() if text.published and text.published <= day]


@pytest.mark.parametrize("day", [date.fromisoformat(day) for day in DAYS], ids=DAYS)
def test_it_is_what_reading_only_the_texts_of_that_day_makes(tmp_path: Path, day: date) -> None:
    docs = docs_until(day)
    with tiny_store(tmp_path / "all") as store, cut(store, day) as (made, folder):
        fresh = tiny_store(tmp_path / "then", docs) if docs else empty_store(tmp_path / "then")
        with fresh:
            assert seen_in(folder) == seen_of(fresh)
        assert (made.known.texts, made.known.of, made.known.undated) == (len(docs), 17, 1)
        assert made.known.first == date(2003, 6, 4)
        assert made.version == store.version()


def test_one_day_too_many_is_noticed(tmp_path: Path) -> None:
    with (
        tiny_store(tmp_path / "all") as store,
        tiny_store(tmp_path / "then", docs_until(date(2013, 4, 2))) as fresh,
        cut(store, date(2013, 4, 3)) as (_, folder),
    ):
        assert seen_in(folder) != seen_of(fresh)


def _do(store: Store, corpus: Corpus, until: date) -> None:
    stored = set()
    for step in corpus.steps:
        article = corpus.articles[step.doc]
        if article.published is None or article.published > until:
            continue
        if step.version:
            ingest(store, [article], CorpusReader(corpus, step.version))
            stored.add(article.id)
        elif article.id in stored:
            retract(store, article.id, "withdrawn", date(2024, 7, 1))


@settings(max_examples=5, deadline=None)
@given(corpora(), st.sampled_from([date(2013, 4, 1), date(2013, 4, 2), date(2013, 4, 3)]))
def test_so_it_is_for_any_texts_read_anew_and_taken_back(corpus: Corpus, day: date) -> None:
    with TemporaryDirectory() as one, empty_store(Path(one)) as store:
        with store.writing():
            _do(store, corpus, date.max)
        with TemporaryDirectory() as other, empty_store(Path(other)) as fresh, cut(store, day) as (_, folder):
            with fresh.writing():
                _do(fresh, corpus, day)
            assert seen_in(folder) == seen_of(fresh)


def test_the_days_of_which_it_is_the_base_are_told(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        with cut(store, date(2013, 3, 15)) as (made, _):
            assert (made.since, made.before) == (date(2013, 3, 1), date(2013, 4, 3))
        with cut(store, date(1990, 1, 1)) as (made, _):
            assert (made.since, made.before) == (None, date(2003, 6, 4))
        with cut(store, date(2030, 1, 1)) as (made, _):
            assert (made.since, made.before) == (date(2018, 9, 1), None)


def test_too_many_claims_are_refused_with_the_limit_and_a_day_that_knew_fewer_is_not(tmp_path: Path) -> None:
    with tiny_store(tmp_path) as store:
        source = Place.of(store).open()
        with pytest.raises(TooLarge, match=r"from 10 at most \(LEGATION_AS_OF_CLAIMS\)"):
            make(source, date(2016, 1, 1), tmp_path / "large", 10)
        with cut(store, date(2003, 6, 5), most=10) as (made, _):
            assert made.known.texts == 2


def test_a_service_comes_to_the_same_and_one_that_is_written_to_meanwhile_is_refused(tmp_path: Path) -> None:
    docs = ("tour-2003-agency", "tour-2003-copy", "tour-2003-post")
    day = date(2003, 6, 5)
    with (
        tiny_store(tmp_path / "then", docs[::2]) as fresh,
        oxigraph_service() as address,
        open_store(f"{address}/query") as service,
    ):
        build(service, world())
        ingest(service, [articles()[doc] for doc in docs], WorldReader())
        with cut(service, day) as (made, folder):
            assert seen_in(folder) == seen_of(fresh)
            assert made.version == service.version()
        source = Place.of(service).open()
        (tmp_path / "moved").mkdir()
        retract(service, articles()[docs[0]].id, "withdrawn", date(2024, 7, 1))
        with pytest.raises(StoreBusy, match="changed while it was read"):
            make(source, day, tmp_path / "moved", EVERY)
