"""A crowd of slow queries does not hold up the quick ones; who is known to be quick goes first."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.errors import QueryTimeout
from kb.settings import Settings
from kb.store import Limits, Store, open_store
from kb.store.guard import screen
from kb.store.lanes import SHAPES, History, signature
from kb.store.turnstile import Turnstile
from tests.store.test_readers import CROSS, children
from tests.store.world import g, triple, whole

SMALL = "SELECT ?o { <https://example.org/s1> ?p ?o }"
SLOW = Limits(2.0, 10, 10_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store"), Settings(query_seconds=5, readers=2)) as opened:
        opened.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300)))])
        yield opened


def slow(store: Store, query: str = CROSS) -> float:
    began = time.monotonic()
    with pytest.raises(QueryTimeout):
        store.query_bytes(query, limits=SLOW, stranger=True)
    return time.monotonic() - began


def quick(store: Store) -> float:
    began = time.monotonic()
    assert b"v1" in store.query_bytes(SMALL, stranger=True).content
    return time.monotonic() - began


def test_quick_queries_are_answered_while_a_crowd_of_slow_ones_runs_or_waits(store: Store) -> None:
    for _ in range(4):
        quick(store)
    with ThreadPoolExecutor(max_workers=12) as pool:
        crowd = [pool.submit(slow, store) for _ in range(12)]
        time.sleep(0.4)
        taken = [quick(store) for _ in range(20)]
        assert sorted(taken)[18] < 0.3
        for query in crowd:
            assert query.result() < SLOW.seconds + 1


def test_a_slow_query_stands_back_and_its_reader_does_not_keep_that(store: Store, tmp_path: Path) -> None:
    def niceness() -> list[int]:
        return sorted(os.getpriority(os.PRIO_PROCESS, pid) for pid in children(of=tmp_path))

    quick(store)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    with ThreadPoolExecutor() as pool:
        running = pool.submit(slow, store)
        time.sleep(1.6)
        assert niceness()[-1] == own + 10
        running.result()
    assert {quick(store) < 5 for _ in range(3)} == {True}
    assert niceness()[-1] == own


def test_a_query_that_was_sent_back_is_answered_in_the_end(store: Store) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) } #"
    answers: list[bytes] = []

    def ask(number: int) -> None:
        limits = Limits(60.0, 10, 10_000)
        answers.append(store.query_bytes(f"{heavy}{number}", limits=limits, stranger=True).content)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


def test_names_and_values_do_not_make_another_shape_and_words_do() -> None:
    def of(query: str) -> int:
        return signature(screen(query))

    assert of('SELECT ?o { <x:a> ?p "v" } LIMIT 1') == of('SELECT ?o { <x:b> ?p "w" } LIMIT 20')
    assert of("SELECT ?o { <x:a> ?p ?o }") != of("SELECT ?o { <x:a> ?p ?o . ?o ?q ?r }")


def test_the_history_follows_what_it_sees_and_forgets_the_oldest() -> None:
    history = History()
    assert history.seconds(1) is None
    history.add(1, 1.0)
    history.add(1, 0.0)
    assert history.seconds(1) == 0.5
    for shape in range(2, SHAPES + 3):
        history.add(shape, 0.1)
    assert history.seconds(1) is None


def soon() -> float:
    return time.monotonic() + 0.05


def test_a_kept_place_is_for_the_known_only() -> None:
    turnstile = Turnstile(2, kept=1)
    assert turnstile.enter(soon())
    assert not turnstile.enter(soon())
    assert turnstile.enter(soon(), known=True)
    assert not turnstile.enter(soon(), known=True)


def test_the_known_are_let_in_before_who_came_first() -> None:
    turnstile, order = Turnstile(1), []
    assert turnstile.enter(soon(), known=True)

    def wait(name: str, known: bool) -> None:
        assert turnstile.enter(time.monotonic() + 5, known=known)
        order.append(name)
        turnstile.leave(known=known)

    threads = []
    for name, known in (("first", False), ("second", False), ("known", True)):
        threads.append(threading.Thread(target=wait, args=(name, known)))
        threads[-1].start()
        while turnstile.waiting < len(threads):
            time.sleep(0.001)
    turnstile.leave(known=True)
    for thread in threads:
        thread.join()
    assert order == ["known", "first", "second"]


def test_who_gave_up_takes_no_place() -> None:
    turnstile = Turnstile(1)
    assert turnstile.enter(soon())
    assert not turnstile.enter(soon())
    assert not turnstile.enter_at_once()
    turnstile.leave()
    assert turnstile.waiting == 0
    assert turnstile.enter_at_once()
    assert not turnstile.enter(soon())


def test_a_query_that_only_waits_for_the_processor_is_not_slow(store: Store, tmp_path: Path) -> None:
    for _ in range(3):
        quick(store)
    before = children(of=tmp_path)
    for reader in before:
        os.kill(reader, signal.SIGSTOP)
        threading.Timer(0.6, os.kill, (reader, signal.SIGCONT)).start()
    assert quick(store) > 0.5
    assert children(of=tmp_path) == before
