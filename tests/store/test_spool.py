"""Large answers go by way of a file, within a budget; whoever left is not worked for."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kb.errors import Cancelled, StoreBusy
from kb.settings import Settings
from kb.store import Limits, Store, open_store
from kb.store.cancel import WORKING_FOR, Cancel
from kb.store.spool import INLINE, Budget, Spool, spooled
from tests.store.test_readers import CROSS
from tests.store.world import g, triple, whole

LONG = "x" * 1000
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s"
ROWS = INLINE // 1000 + 50


def filled(folder: Path, **settings: int) -> Store:
    store = open_store(str(folder), Settings(query_seconds=5, **settings))  # type: ignore[arg-type]
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
    with pytest.raises(OSError, match="after 10 of 20"):
        Spool(spooled(b"0123456789", None), 20, budget).read()
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
