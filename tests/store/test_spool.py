"""Large answers go by way of a file, within a budget; whoever left is not worked for."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from pathlib import Path

import pytest

from kb.errors import Cancelled, QueryTimeout, StoreBusy, StoreError
from kb.settings import Settings
from kb.store import Limits, Store, open_store
from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.spool import INLINE, Budget, Spool
from tests.store.disk import full, small_disk
from tests.store.test_readers import CROSS
from tests.store.world import g, triple, whole

LONG = "x" * 1000
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
ROWS = INLINE // 1000 + 50


def filled(folder: Path, spool: str = "", spool_bytes: int = 10**9) -> Store:
    store = open_store(str(folder), Settings(query_seconds=5, spool=spool, spool_bytes=spool_bytes))
    store.commit([whole(g("facts"), *(triple(f"s{n}", f"{LONG}{n}") for n in range(ROWS)))])
    return store


def test_a_large_answer_is_in_a_file_and_whole(tmp_path: Path) -> None:
    with filled(tmp_path / "store") as store:
        answer = store.query_bytes(ALL, "text/csv")
        assert answer.spool is not None
        assert answer.whole().count(b"\r\n") == ROWS + 1


def test_a_small_answer_is_in_memory(tmp_path: Path) -> None:
    with filled(tmp_path / "store") as store:
        assert store.query_bytes("ASK {}").spool is None


def test_a_large_answer_is_cut_like_a_small_one(tmp_path: Path) -> None:
    with filled(tmp_path / "store") as store:
        answer = store.query_bytes(ALL, "text/csv", Limits(5, ROWS - 1, 64_000_000))
        assert answer.truncated
        assert answer.whole().count(b"\r\n") == ROWS


def test_a_reader_that_is_killed_while_it_writes_leaves_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    folder.mkdir()
    every = "SELECT ?a ?b ?c { ?s ?p ?a . ?t ?p ?b . ?u ?p ?c }"
    with filled(tmp_path / "store", spool=str(folder)) as store:
        with pytest.raises(QueryTimeout):
            store.query_bytes(every, "text/csv", Limits(0.7, 10**9, 10**12))
        assert not list(folder.iterdir())
        assert store.query_bytes(ALL, "text/csv").spool is not None
        assert not list(folder.iterdir())


def test_where_there_is_no_room_for_a_large_answer_the_error_says_so(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk, filled(tmp_path / "store", spool=str(disk)) as store, full(disk):
        with pytest.raises(StoreError, match="no room for the answer: No space left on device"):
            store.query_bytes(ALL, "text/csv", Limits(5, 10**6, 10**9))
        assert store.ask("ASK { ?s ?p ?o }")


def test_answers_on_their_way_are_held_to_a_budget_and_give_it_back(tmp_path: Path) -> None:
    with filled(tmp_path / "store", spool_bytes=INLINE * 2) as store:
        first = store.query_bytes(ALL, "text/csv")
        with pytest.raises(StoreBusy, match="large answers"):
            store.query_bytes(ALL, "text/csv")
        assert first.spool is not None
        first.spool.close()
        first.spool.close()
        assert store.query_bytes(ALL, "text/csv").whole()


def test_a_file_that_breaks_off_is_no_answer() -> None:
    budget = Budget(100)
    assert budget.take(20)
    with tempfile.TemporaryFile(buffering=0) as file, pytest.raises(OSError, match="after 10 of 20"):
        file.write(b"0123456789")
        Spool(os.dup(file.fileno()), 20, budget).read()
    assert budget.take(100)


def test_a_query_that_nobody_waits_for_is_stopped(tmp_path: Path) -> None:
    with filled(tmp_path / "store") as store:
        cancel = Cancel()
        WORKING_FOR.set(cancel)
        try:
            threading.Timer(0.5, cancel.say).start()
            began = time.monotonic()
            with pytest.raises(Cancelled):
                store.select(CROSS)
            assert time.monotonic() - began < 2
        finally:
            WORKING_FOR.set(None)
        assert store.ask("ASK { ?s ?p ?o }")


def test_who_left_before_the_work_began_is_not_worked_for() -> None:
    cancel, stopped = Cancel(), threading.Event()
    cancel.say()
    with cancel.stopping(stopped.set):
        assert stopped.is_set()
