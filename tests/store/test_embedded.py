"""The folder of an embedded store: one writer, snapshots, and what is found after every kind of accident."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.errors import StoreBusy, StoreError
from kb.resources import ROOT
from kb.store import Store, open_store
from kb.store.interface import is_asked
from tests.store.conftest import SETTINGS
from tests.store.disk import full, small_disk
from tests.store.world import art, g, node, triple, union, values, whole

ALL = "SELECT ?o { ?s ?p ?o }"
WRITER = """
import sys
from kb.store import GraphChange, open_store
from tests.store.world import art, triple
store = open_store(sys.argv[1])
with store.writing() as writer:
    for number in range(10_000):
        content = {triple(f"s{number}-{n}", str(number)) for n in range(40)}
        writer.commit([GraphChange(art(str(number)), frozenset(content))])
        print(number, flush=True)
"""
HOLDER = """
import sys, time
from kb.store import open_store
with open_store(sys.argv[1]).writing():
    print("held", flush=True)
    time.sleep(60)
"""


def run_python(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, cwd=ROOT)


def test_a_folder_becomes_a_store_at_its_first_commit(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "new" / "store"), SETTINGS) as store:
        assert not (tmp_path / "new").exists()
        store.commit([whole(g("facts"), triple("a", "x"))])
        assert values(store, ALL) == ["x"]
    with open_store(str(tmp_path / "new" / "store"), SETTINGS) as again:
        assert values(again, ALL) == ["x"]


def test_a_store_where_nothing_was_built_says_so(tmp_path: Path) -> None:
    with (
        open_store(str(tmp_path / "none"), SETTINGS) as store,
        pytest.raises(StoreError, match="legation build"),
    ):
        store.select(ALL)


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds no store") as caught:
        open_store(str(tmp_path), SETTINGS)
    assert caught.value.place == str(tmp_path)


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(StoreError, match="not a folder"):
        open_store(str(tmp_path / "file"), SETTINGS)


def test_a_path_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be read: .*name too long"):
        open_store(str(tmp_path / ("a" * 300)), SETTINGS)


def test_a_folder_that_another_writer_is_about_to_make_a_store_is_none_yet(tmp_path: Path) -> None:
    for name in ("lock", "format.new"):
        (tmp_path / name).touch()
    with open_store(str(tmp_path), SETTINGS) as store, pytest.raises(StoreError, match="nothing has been"):
        store.graph(g("facts"))


def test_a_pointer_that_cannot_be_read_is_told_with_its_cure(embedded: Store, tmp_path: Path) -> None:
    embedded.commit([whole(g("facts"), triple("a", "x"))])
    (embedded.layout.folder / "current").write_text("nonsense")  # type: ignore[attr-defined]
    with pytest.raises(StoreError, match="'current' cannot be read"):
        values(embedded, ALL)


def test_a_store_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "format").write_text("legation-store 2\n")
    with pytest.raises(StoreError, match="Upgrade Legation"):
        open_store(str(tmp_path), SETTINGS)


def test_another_format_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "format").write_text("something else\n")
    with pytest.raises(StoreError, match="holds no store"):
        open_store(str(tmp_path), SETTINGS)


def test_a_second_writer_is_refused_while_readers_go_on(embedded: Store, tmp_path: Path) -> None:
    embedded.commit([whole(g("facts"), triple("a", "x"))])
    holder = run_python(HOLDER, str(tmp_path / "store"))
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy, match=f"process {holder.pid} is writing") as caught:
            embedded.commit([whole(g("facts"), triple("a", "y"))])
        assert str(tmp_path / "store") in caught.value.place
        assert caught.value.repair
        assert values(embedded, ALL) == ["x"]
    finally:
        holder.kill()
        holder.communicate()
    embedded.commit([whole(g("facts"), triple("a", "y"))])
    assert values(embedded, ALL) == ["y"]


def test_another_process_s_commit_is_seen_by_the_next_query(embedded: Store, tmp_path: Path) -> None:
    embedded.commit([whole(g("facts"), triple("a", "x"))])
    assert values(embedded, ALL) == ["x"]
    with open_store(str(tmp_path / "store"), SETTINGS) as other:
        other.commit([whole(g("facts"), triple("a", "y"))])
    assert values(embedded, ALL) == ["y"]


def test_old_snapshots_are_pruned_and_one_in_use_is_kept(embedded: Store, tmp_path: Path) -> None:
    snapshots = tmp_path / "store" / "snapshots"
    embedded.commit([whole(g("facts"), triple("a", "0"))])
    assert values(embedded, ALL) == ["0"]  # a reader now holds this one
    (held,) = (path.name for path in snapshots.iterdir() if path.name == newest(snapshots))
    for number in range(1, 9):
        embedded.commit([whole(g("facts"), triple("a", str(number)))])
    names = {path.name for path in snapshots.iterdir()}
    assert held in names
    assert len(names) <= 5
    assert values(embedded, ALL) == ["8"]  # the reader has moved on
    for number in range(9, 12):
        embedded.commit([whole(g("facts"), triple("a", str(number)))])
    assert held not in {path.name for path in snapshots.iterdir()}


def newest(snapshots: Path) -> str:
    return max((path.name for path in snapshots.iterdir()), key=int)


def test_a_writer_killed_in_mid_commit_leaves_whole_commits(embedded: Store, tmp_path: Path) -> None:
    for pause in (0.05, 0.18, 0.31):
        writer = run_python(WRITER, str(tmp_path / "store"))
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        printed, _ = writer.communicate()
        reported = len(printed.splitlines())
        check_prefix(embedded, reported)
        embedded.commit([whole(g("meta"), triple("after", str(pause)))])  # recovers, and goes on
        check_prefix(embedded, reported)


def check_prefix(store: Store, reported: int) -> None:
    """Hold that the store has articles 0…n whole, those reported among them, and no part of another."""
    articles = [name for name in store.graph_names() if is_asked(name)]
    contents = [store.graph(name) for name in articles]
    assert {name.value for name in articles} == {art(str(number)).value for number in range(len(articles))}
    assert all(len(content) == 40 for content in contents)
    assert store.default_graph() == union(contents)
    assert len(articles) >= reported


ACCIDENTS = ["live ahead", "live gone", "live spoiled", "current gone", "current spoiled", "unfinished"]


@pytest.mark.parametrize("spoil", ACCIDENTS)
def test_a_damaged_folder_is_mended_at_the_next_writing(tmp_path: Path, spoil: str) -> None:
    folder = tmp_path / "store"
    with open_store(str(folder), SETTINGS) as store:
        store.commit([whole(g("facts"), triple("a", "x"))])
        version = store.version()
    damage(folder, spoil)
    with open_store(str(folder), SETTINGS) as store:
        store.commit([whole(g("meta"), triple("b", "y"))])
        assert store.default_graph() == {triple("a", "x")}
        store.commit([whole(g("meta"))])
        assert store.version() == version
        assert not (folder / "live.old").exists()


def damage(folder: Path, spoil: str) -> None:
    from pyoxigraph import DefaultGraph, Quad
    from pyoxigraph import Store as Oxigraph

    if spoil == "live ahead":
        live = Oxigraph(str(folder / "live"))
        live.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
        live.add(Quad(node("half"), node("a"), node("commit"), DefaultGraph()))
    elif spoil == "live gone":
        (folder / "live").rename(folder / "live.old")
    elif spoil == "live spoiled":
        (folder / "live" / "CURRENT").write_text("nonsense")
    elif spoil == "current gone":
        (folder / "current").unlink()
    elif spoil == "current spoiled":
        (folder / "current").write_text("nonsense")
    else:
        (folder / "snapshots" / "unfinished").mkdir()
        (folder / "snapshots" / "unfinished" / "half.sst").write_text("half")


def test_a_full_disk_is_told_and_the_store_is_as_it_was(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        fill_and_recover(disk)


def fill_and_recover(disk: Path) -> None:
    with open_store(str(disk / "store"), SETTINGS) as store:
        store.commit([whole(g("facts"), triple("a", "x"))])
        version = store.version()
        with store.writing() as writer:
            with full(disk), pytest.raises(StoreError, match=r"Make room|space"):
                writer.commit(
                    [whole(art("big"), *(triple(f"s{n}", "x" * 1000 + str(n)) for n in range(3000)))]
                )
            assert store.version() == version
            assert store.default_graph() == {triple("a", "x")}
            writer.commit([whole(art("small"), triple("b", "y"))])
        assert store.default_graph() == {triple("a", "x"), triple("b", "y")}
        assert store.graph(art("big")) == set()


LIMITED = """
import resource, signal, sys
from kb.errors import StoreError
from kb.store import GraphChange, open_store
from tests.store.world import art, triple
store = open_store(sys.argv[1])
with store.writing() as writer:
    writer.commit([GraphChange(art("first"), frozenset({triple("a", "x")}))])
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    content = frozenset(triple(f"s{n}", "x" * 1000 + str(n)) for n in range(3000))
    try:
        writer.commit([GraphChange(art("big"), content)])
    except StoreError as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    writer.commit([GraphChange(art("later"), frozenset({triple("b", "y")}))])
"""


def test_a_write_that_the_system_refuses_is_told_and_the_store_is_as_it_was(tmp_path: Path) -> None:
    child = run_python(LIMITED, str(tmp_path / "store"))
    printed, _ = child.communicate(timeout=60)
    assert child.returncode == 0
    assert b"nothing of the commit was kept" in printed
    with open_store(str(tmp_path / "store"), SETTINGS) as store:
        assert store.default_graph() == {triple("a", "x"), triple("b", "y")}


def test_a_folder_that_cannot_be_written_is_read_and_a_commit_refused(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(str(folder), SETTINGS) as store:
        store.commit([whole(g("facts"), triple("a", "x"))])
    make_read_only(folder)
    try:
        with open_store(str(folder), SETTINGS) as store:
            assert values(store, ALL) == ["x"]
            with pytest.raises(StoreError, match="may write"):
                store.commit([whole(g("facts"), triple("a", "y"))])
    finally:
        make_writable(folder)


def make_read_only(folder: Path) -> None:
    if os.geteuid() == 0:  # root may write anywhere but on a read-only mount
        subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        return
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)


def make_writable(folder: Path) -> None:
    if os.geteuid() == 0:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        return
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
