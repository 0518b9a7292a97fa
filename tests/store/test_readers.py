"""Reader processes: consistent while a writer commits, stopped in time, replaced when they die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Triple

from kb.errors import OutOfMemory, QueryTimeout, StoreError
from kb.resources import ROOT
from kb.store import Limits, Store, open_store
from kb.store.guard import CHAIN
from kb.store.messages import Request
from kb.store.readers import Readers
from kb.store.spool import Budget
from tests.store.conftest import SETTINGS
from tests.store.world import art, g, triple, values, whole

ARTICLES, MARKERS = 10, 25
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
COUNTS = """SELECT ?article (COUNT(?s) AS ?n) (SAMPLE(?total) AS ?all) {
  ?s ?p ?article { SELECT (COUNT(*) AS ?total) { ?any ?q ?object } } } GROUP BY ?article"""


@pytest.fixture
def filled(embedded: Store) -> Store:
    embedded.commit([whole(g("facts"), *(triple(f"s{n}", f"v{n}") for n in range(300)))])
    return embedded


def test_forty_reads_during_ten_commits_each_see_one_state(embedded: Store) -> None:
    embedded.commit([whole(g("meta"), triple("a", "x"))])
    done = threading.Event()

    def write() -> None:
        with embedded.writing() as writer:
            for number in range(ARTICLES):
                writer.commit([whole(art(str(number)), *markers(number))])
                time.sleep(0.02)
        done.set()

    def read() -> list[tuple[int, int]]:
        return [(int(row[1].value), int(row[2].value)) for row in embedded.select(COUNTS)]  # type: ignore[union-attr]

    with ThreadPoolExecutor(max_workers=12) as pool:
        writing = pool.submit(write)
        states = [future.result() for future in [pool.submit(read) for _ in range(40)]]
        writing.result()
    states.append(read())
    for state in states:
        assert all(count == MARKERS for count, _ in state), "part of an article"
        assert all(total == MARKERS * len(state) for _, total in state), "two patterns saw two states"
    assert len(states[-1]) == ARTICLES
    assert done.is_set()


def markers(number: int) -> Iterator[Triple]:
    return (triple(f"m{number}-{n}", f"article {number}") for n in range(MARKERS))


def test_a_query_past_its_limit_is_stopped_within_a_second_and_the_pool_answers_on(filled: Store) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeout, match="its limit of 1 seconds") as caught:
        filled.select(CROSS, limits=Limits(1, 10, 10_000))
    assert time.monotonic() - began < 2
    assert caught.value.repair
    assert all(filled.ask("ASK { ?s ?p ?o }") for _ in range(4))


def test_slow_queries_on_all_readers_do_not_hang_the_next(filled: Store) -> None:
    def slow(_: int) -> None:
        with pytest.raises(QueryTimeout):
            filled.select(CROSS, limits=Limits(0.8, 10, 10_000))

    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(slow, range(4)))
    assert filled.ask("ASK { ?s ?p ?o }")


def test_a_query_whose_text_takes_long_to_parse_is_stopped_too(filled: Store) -> None:
    path = "<p:p>" + "/<p:p>" * CHAIN
    with pytest.raises(QueryTimeout):
        filled.ask(f"ASK {{ ?s {path} ?o }}", limits=Limits(0.5, 10, 10_000))
    assert filled.ask("ASK { ?s ?p ?o }")


def test_readers_that_were_killed_are_replaced_unnoticed(filled: Store, tmp_path: Path) -> None:
    with ThreadPoolExecutor(max_workers=4) as pool:
        assert all(pool.map(lambda _: filled.ask("ASK { ?s ?p ?o }"), range(8)))
    killed = children(of=tmp_path)
    assert len(killed) > 1, "one query has two attempts: it must not meet a dead reader in each"
    for reader in killed:
        os.kill(reader, signal.SIGKILL)
    end = time.monotonic() + 5
    while any(running(reader) for reader in killed) and time.monotonic() < end:
        time.sleep(0.01)
    assert filled.ask("ASK { ?s ?p ?o }")
    assert not killed & children(of=tmp_path)


def test_a_query_that_kills_its_readers_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(str(folder), SETTINGS) as store:
        store.commit([whole(g("facts"), *(triple(f"s{n}", "x" * 1000 + str(n)) for n in range(300)))])
    readers = Readers(folder, 1, 250_000_000, Budget(1_000_000))
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?f ?c"
    try:
        with pytest.raises(OutOfMemory, match="250,000,000 bytes of memory"):
            readers.ask(Request(hungry, "*/*", 20, 10, 10_000))
        assert readers.ask(Request("ASK { ?s ?p ?o }", "*/*", 5, 10, 10_000)).reply.error == ""
    finally:
        readers.close()


def test_a_reader_never_opens_the_live_files(filled: Store, tmp_path: Path) -> None:
    assert filled.ask("ASK { ?s ?p ?o }")
    store = str(tmp_path / "store")
    opened = {
        os.readlink(link) for pid in children(of=tmp_path) for link in Path(f"/proc/{pid}/fd").iterdir()
    }
    inside = {path for path in opened if path.startswith(store)}
    assert any(path.startswith(f"{store}/snapshots/") for path in inside)
    assert not [path for path in inside if path.startswith(f"{store}/live")]


def test_a_closed_store_leaves_no_process(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store"), SETTINGS) as store:
        store.commit([whole(g("facts"), triple("a", "x"))])
        assert values(store, "SELECT ?o { ?s ?p ?o }") == ["x"]
        before = children(of=tmp_path)
    assert before
    assert not children(of=tmp_path)
    with pytest.raises(StoreError, match="closed"):
        store.ask("ASK { }")


ORPHAN = """
import sys
from kb.settings import Settings
from kb.store import open_store
store = open_store(sys.argv[1], Settings(query_seconds=1))
print(store.ask("ASK { ?s ?p ?o }"), flush=True)
store.select(sys.argv[2])
"""


def test_a_reader_whose_owner_was_killed_ends_itself(filled: Store, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHAN, str(tmp_path / "store"), CROSS]
    owner = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"True\n"
    (reader,) = children(owner.pid, of=tmp_path)
    time.sleep(0.2)
    owner.kill()
    owner.communicate()
    end = time.monotonic() + 5
    while (
        Path(f"/proc/{reader}/cmdline").exists() and b"worker" in Path(f"/proc/{reader}/cmdline").read_bytes()
    ):
        assert time.monotonic() < end, "it runs on"
        time.sleep(0.05)


def test_a_reader_loads_neither_rdflib_nor_spacy(filled: Store, tmp_path: Path) -> None:
    assert filled.ask("ASK { ?s ?p ?o }")
    maps = "".join(Path(f"/proc/{pid}/maps").read_text() for pid in children(of=tmp_path))
    status = [Path(f"/proc/{pid}/status").read_text() for pid in children(of=tmp_path)]
    resident = [
        int(line.split()[1]) for text in status for line in text.splitlines() if line.startswith("VmRSS")
    ]
    assert resident
    assert max(resident) < 80_000  # kB
    assert "pyoxigraph" in maps
    assert not [name for name in ("spacy", "numpy", "lxml") if name in maps]


def running(pid: int) -> bool:
    """Tell whether a process has not ended yet; one whose end nobody noted has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children(owner: int | None = None, *, of: Path) -> set[int]:
    """Return the processes that read stores in a folder for a process, for this one by default.

    Other tests' stores have readers in this process too, which are none of ours.
    """
    mine = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if (
            int(fields[1]) == (owner or os.getpid())
            and b"kb.store.worker" in command
            and bytes(of) in command
        ):
            mine.add(int(status.parent.name))
    return mine
