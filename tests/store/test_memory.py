"""Readers that share a copy in memory: the same answers, as killable; the files where there is no copy."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import OutOfMemory, QueryTimeout
from kb.store import GraphChange, Limits, Store
from kb.store.embedded import EmbeddedStore
from kb.store.interface import Dataset
from kb.store.memory.retries import FIRST, LONGEST, Failure
from kb.store.opened import Place
from kb.store.reader import Reader
from kb.store.switching import switch
from tests.store.conftest import SETTINGS
from tests.store.test_readers import CROSS
from tests.store.world import art, g, node, triple, values, whole

PATIENCE = 30.0
ALL = "SELECT ?s { ?s ?p ?o }"
QUERIES = (
    ALL,
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
    f"SELECT ?s {{ GRAPH <{g('facts').value}> {{ ?s ?p ?o }} }}",
    f"SELECT ?s {{ VALUES ?g {{ <{g('prospective').value}> }} GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT ?s FROM NAMED <{g('facts').value}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT ?s FROM NAMED <{g('prospective').value}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT ?s FROM <{art('one').value}> {{ ?s ?p ?o }}",
    f"SELECT ?s FROM <{g('prospective').value}> {{ ?s ?p ?o }}",
    f"SELECT ?s FROM NAMED <{art('one').value}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT ?s {{ GRAPH <{g('prospective').value}> {{ ?s ?p ?o }} }}",
    f"SELECT ?s {{ GRAPH <{g('books').value}> {{ ?s ?p ?o }} }}",
    "SELECT ?s FROM <https://example.org/nowhere> { ?s ?p ?o }",
)


def opened(folder: Path, *, copy: int = 10**9, reader: int = 10**9) -> EmbeddedStore:
    store = EmbeddedStore.open(folder, replace(SETTINGS, copy_bytes=copy, reader_bytes=reader))
    store.readers.copies.settled = 0.1
    return store


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with opened(tmp_path / "store") as store:
        store.commit(
            [
                whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300))),
                whole(g("prospective"), triple("planned", "later")),
                whole(art("one"), triple("claim", "told")),
            ]
        )
        yield store


@pytest.fixture
def copied(filled: EmbeddedStore) -> EmbeddedStore:
    return in_memory(filled)


def in_memory(store: EmbeddedStore) -> EmbeddedStore:
    """Let a store answer from memory, and wait until it does."""
    store.keep_in_memory()
    until(lambda: store.readers.copies.state().current)
    store.ask("ASK {}")
    until(lambda: set(generations(store)) == {store.readers.copies.generation})
    return store


def heavy() -> list[GraphChange]:
    """Return some megabytes to commit."""
    return [whole(g("facts"), *(triple("a", f"{n} {'x' * 1000}") for n in range(5000)))]


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


def generations(store: EmbeddedStore) -> list[int]:
    return [reader.generation for reader in store.readers.house._idle if reader is not None]


def the_reader(store: EmbeddedStore) -> Reader:
    """Return the reader that answers next."""
    until(lambda: bool(generations(store)))
    return next(reader for reader in reversed(store.readers.house._idle) if reader is not None)


@pytest.mark.parametrize("query", QUERIES)
def test_a_copy_answers_as_the_files_do(query: str, filled: EmbeddedStore) -> None:
    wide = Limits(5.0, 1000, 1_000_000)
    before = sorted(filled.select(query, limits=wide).rows, key=str)
    in_memory(filled)
    assert sorted(filled.select(query, limits=wide).rows, key=str) == before


def test_the_copy_is_what_answers_not_the_files(copied: EmbeddedStore) -> None:
    values(copied, ALL)
    maps = Path(f"/proc/{the_reader(copied).process.pid}/maps").read_text()
    assert str(copied.layout.snapshots) not in maps
    copied.graph(art("one"))  # is in the files only
    opened_files = os.listdir(f"/proc/{the_reader(copied).process.pid}/fd")
    assert any(
        str(copied.layout.snapshots) in os.readlink(f"/proc/{the_reader(copied).process.pid}/fd/{each}")
        for each in opened_files
    )


def test_what_stands_in_the_default_graph_is_held_once_and_by_name_is_read_from_the_files(
    copied: EmbeddedStore,
) -> None:
    assert copied.readers.copies.state().quads == 302
    assert values(copied, f"SELECT ?s {{ GRAPH <{g('facts').value}> {{ ?s ?p ?o }} }}")
    handles = Path(f"/proc/{the_reader(copied).process.pid}/fd")
    assert any(str(copied.layout.snapshots) in os.readlink(each) for each in handles.iterdir())


def test_a_commit_is_seen_at_once_and_copied_soon(copied: EmbeddedStore) -> None:
    assert values(copied, ALL)
    copied.commit([whole(g("facts"), triple("new", "news"))])
    assert seen(copied) == ["news", "told"]
    until(lambda: copied.readers.copies.state().current)
    assert seen(copied) == ["news", "told"]
    until(lambda: set(generations(copied)) == {2})


def test_a_query_past_its_limit_is_stopped_and_its_reader_followed(copied: EmbeddedStore) -> None:
    with pytest.raises(QueryTimeout, match="its limit of 1 seconds"):
        copied.select(CROSS, limits=Limits(1, 10, 10_000))
    assert copied.ask("ASK { ?s ?p ?o }")
    assert set(generations(copied)) == {1}


def test_how_a_reader_ended_is_known_though_another_process_forked_it(copied: EmbeddedStore) -> None:
    reader = copied.readers.copies.reader(10**9)
    assert reader is not None
    os.kill(reader.process.pid, signal.SIGXCPU)
    assert reader.fate() == -signal.SIGXCPU
    reader.stop()


def test_a_reader_may_take_only_so_much_beside_the_copy(tmp_path: Path) -> None:
    with opened(tmp_path / "store", reader=30_000_000) as store:
        store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300)))])
        in_memory(store)
        ordered = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
        with pytest.raises(OutOfMemory):
            store.select(ordered, limits=Limits(20, 10, 10_000))
        assert store.ask("ASK { ?s ?p ?o }")


def test_a_copy_that_does_not_fit_is_not_made_and_the_files_answer(tmp_path: Path) -> None:
    with opened(tmp_path / "store", copy=1_000_000) as store:
        store.commit(heavy())
        store.keep_in_memory()
        until(lambda: store.readers.copies._failed is not None)
        assert store.readers.copies.state().bytes == 0
        assert store.ask("ASK { ?s ?p ?o }")
        assert generations(store) == [0]


def test_what_does_not_fit_its_own_limit_is_tried_again_only_when_the_base_has_changed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(tmp_path / "store", copy=1_000_000) as store:
        store.readers.copies.pause = 0.01
        store.commit(heavy())
        store.keep_in_memory()
        until(lambda: store.readers.copies.state().failures == 1)
        store.commit([whole(art("one"), triple("a", "c"))])
        until(lambda: store.readers.copies.state().failures == 2)
    assert caplog.text.count("not tried again until the base changes") == 2


def test_a_copy_for_which_too_little_memory_was_free_is_made_later(
    filled: EmbeddedStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    filled.commit(heavy())
    copies = filled.readers.copies
    copies.pause = 0.1
    with monkeypatch.context() as changed:
        changed.setattr("kb.store.memory.copies._free", lambda: 2_000_000)
        filled.keep_in_memory()
        until(lambda: copies.state().failures == 1)
    until(lambda: copies.state().current)
    assert "it takes more" in caplog.text
    assert "tried again in" in caplog.text


def test_a_copy_whose_process_was_killed_is_made_later(filled: EmbeddedStore) -> None:
    copies = filled.readers.copies
    copies.pause = 0.1
    filled.keep_in_memory()
    until(lambda: bool(copies._stop._running))
    copies._stop._running[0].kill()
    until(lambda: copies.state().current)
    assert copies.state().failures == 1


@given(st.lists(st.floats(0, 10_000), min_size=1, max_size=20))
def test_each_pause_is_twice_the_last_up_to_an_hour_and_another_snapshot_does_not_wait(
    late: list[float],
) -> None:
    now, last, one, other = 0.0, None, Place(1, 1, 1), Place(2, 1, 1)
    for n, seconds in enumerate(late):
        last = Failure.following(last, one, now, first=FIRST, final=False)
        assert last.pause == min(FIRST * 2**n, LONGEST)
        assert last.holds(one, last.until - 1)
        assert not last.holds(one, last.until)
        assert not last.holds(other, now)
        now = last.until + seconds
    assert Failure.following(last, other, now, first=FIRST, final=False).pause == FIRST


def test_a_setting_of_none_makes_no_copy(tmp_path: Path) -> None:
    with opened(tmp_path / "store", copy=0) as store:
        store.keep_in_memory()
        assert store.readers.copies._thread is None


def test_a_keeper_that_died_is_followed_by_another_and_readers_go_on(copied: EmbeddedStore) -> None:
    values(copied, ALL)
    keeper = copied.readers.copies._keeper
    assert keeper is not None
    keeper.process.kill()
    assert len(values(copied, ALL)) == SETTINGS.query_rows
    until(lambda: set(generations(copied)) == {2})
    assert len(values(copied, ALL)) == SETTINGS.query_rows


def test_a_reader_that_made_much_its_own_is_followed_by_another(tmp_path: Path) -> None:
    with opened(tmp_path / "store", reader=120_000_000) as store:
        store.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300)))])
        first = the_reader(in_memory(store)).process.pid
        long = f"SELECT (STR('{'x' * 1000}') AS ?x) {{ ?a ?b ?c . ?d ?e ?f }}"

        def another() -> bool:
            store.query_bytes(long, limits=Limits(20, 30_000, 100_000_000))
            return the_reader(store).process.pid != first

        until(another)


def test_closing_ends_the_keeper_and_all_readers(copied: EmbeddedStore) -> None:
    values(copied, ALL)
    keeper = copied.readers.copies._keeper
    assert keeper is not None
    pids = [keeper.process.pid, the_reader(copied).process.pid]
    copied.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_closing_while_a_copy_is_made_leaves_no_process(filled: EmbeddedStore) -> None:
    filled.keep_in_memory()
    until(lambda: bool(filled.readers.copies._stop._running))
    pids = [process.pid for process in filled.readers.copies._stop._running]
    filled.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_a_link_that_leads_elsewhere_is_followed_past_the_copy(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with opened(tmp_path / name) as made:
            made.commit([whole(g("facts"), triple("a", name))])
    link = tmp_path / "base"
    switch(link, tmp_path / "one")
    with opened(link) as store:
        in_memory(store)
        assert seen(store) == ["one"]
        switch(link, tmp_path / "two")
        assert seen(store) == ["two"]
        until(lambda: store.readers.copies.state().current)
        assert seen(store) == ["two"]


def seen(store: Store) -> list[str]:
    return values(store, "SELECT ?o { ?s ?p ?o }")


def test_a_reader_of_a_copy_may_open_no_socket(copied: EmbeddedStore) -> None:
    copied.ask("ASK {}")
    status = Path(f"/proc/{the_reader(copied).process.pid}/status").read_text()
    assert "Seccomp:\t2" in status


def test_a_data_set_may_merge_graphs_of_the_copy(copied: EmbeddedStore) -> None:
    over = Dataset((g("main").value, g("prospective").value), ())
    answer = copied.query_bytes("SELECT ?s { ?s ?p 'later' }", dataset=over)
    assert node("planned").value in answer.whole().decode()
