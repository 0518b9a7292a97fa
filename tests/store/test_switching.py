"""A freshly built store takes the place of the one that is asked, under load, by leading a link to it."""

from __future__ import annotations

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import cli
from kb.errors import StoreBusy, StoreError
from kb.settings import Settings
from kb.store import Store, open_store, snapshots
from kb.store.snapshots import Layout
from kb.store.switching import switch
from tests.store.world import g, triple, values, whole

SETTINGS = Settings(readers=2)
MARKED = 200
"""How many triples each store has; all of one store have the same object."""
STATES = "SELECT DISTINCT ?o (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?o"


def built(folder: Path, mark: str, *, commits: int = 1) -> Path:
    """Build a store whose triples bear a mark; stores of as many commits have snapshots of one number."""
    with open_store(str(folder), SETTINGS) as store:
        for n in range(1, commits):
            store.commit([whole(g("facts"), triple("s0", f"{mark}-{n}"))])
        store.commit([whole(g("facts"), *(triple(f"s{n}", mark) for n in range(MARKED)))])
    return folder


@pytest.fixture
def link(tmp_path: Path) -> Path:
    built(tmp_path / "base-1", "one")
    switch(tmp_path / "base", tmp_path / "base-1")
    return tmp_path / "base"


def marks(store: Store) -> list[str]:
    return values(store, "SELECT DISTINCT ?o { ?s ?p ?o }")


def test_readers_follow_the_link_though_the_snapshots_have_one_number(link: Path, tmp_path: Path) -> None:
    built(tmp_path / "base-2", "two")
    with open_store(str(link), SETTINGS) as store:
        before = store.version()
        assert marks(store) == ["one"]
        done = switch(link, tmp_path / "base-2")
        assert marks(store) == ["two"]
        assert store.version() == done.version != before
    assert (done.before, done.after) == (tmp_path / "base-1", tmp_path / "base-2")


def test_ten_switches_under_load_show_only_whole_stores_and_no_error(link: Path, tmp_path: Path) -> None:
    names = ["one", "two", "three"]
    folders = [
        tmp_path / "base-1",
        built(tmp_path / "base-2", "two"),
        built(tmp_path / "base-3", "three", commits=3),
    ]
    versions: dict[str, str] = {}
    for name, folder in zip(names, folders, strict=True):
        with open_store(str(folder), SETTINGS) as each:
            versions[name] = each.version()
    done = threading.Event()
    seen: list[tuple[str, int, str]] = []

    def ask(store: Store) -> None:
        while not done.is_set():
            found = store.select(STATES)
            (row,) = found.rows  # a mixture would be two rows
            seen.append((str(row[0].value), int(row[1].value), found.version))  # type: ignore[union-attr]

    with open_store(str(link), SETTINGS) as store, ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask, store) for _ in range(4)]
        try:
            for turn in range(1, 11):
                switch(link, folders[turn % 3])
                reached = len(seen)
                while len(seen) < reached + 12 and not any(future.done() for future in asking):
                    done.wait(0.005)
        finally:
            done.set()
        for future in asking:
            future.result()
    assert {name for name, _, _ in seen} == set(names)
    assert {(number, versions[name] == version) for name, number, version in seen} == {(MARKED, True)}


def test_what_is_read_across_a_switch_is_not_taken_for_the_store_before(
    link: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two, layout = built(tmp_path / "base-2", "two"), Layout(link)
    face, looks = snapshots._face, []

    def switching(stat: os.stat_result) -> tuple[int, ...]:
        looks.append(stat)
        if len(looks) == 1:
            switch(link, two)  # between the look at the file and its reading
        return face(stat)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(snapshots, "_face", switching)
        across = layout.current()
    assert across == Layout(two).current()
    switch(link, tmp_path / "base-1")
    assert layout.current() == Layout(tmp_path / "base-1").current() != across


def test_the_old_folder_may_be_removed_at_once(link: Path, tmp_path: Path) -> None:
    with open_store(str(link), SETTINGS) as store:
        assert marks(store) == ["one"]
        switch(link, built(tmp_path / "base-2", "two"))
        shutil.rmtree(tmp_path / "base-1")
        assert marks(store) == ["two"]


def test_a_folder_that_is_replaced_by_another_is_not_taken_for_it(tmp_path: Path) -> None:
    built(tmp_path / "base", "one")
    built(tmp_path / "next", "two")
    with open_store(str(tmp_path / "base"), SETTINGS) as store:
        assert marks(store) == ["one"]
        os.rename(tmp_path / "base", tmp_path / "old")
        os.rename(tmp_path / "next", tmp_path / "base")
        assert marks(store) == ["two"]


def test_a_writer_stays_with_the_store_that_it_began_with(link: Path, tmp_path: Path) -> None:
    other = built(tmp_path / "base-2", "two")
    with open_store(str(link), SETTINGS) as store, store.writing() as writer:
        link.unlink()
        link.symlink_to("base-2")  # as one might by hand
        writer.commit([whole(g("meta"), triple("s", "late"))])
    with open_store(str(other), SETTINGS) as store:
        assert not store.graph(g("meta"))
    with open_store(str(tmp_path / "base-1"), SETTINGS) as store:
        assert store.graph(g("meta"))


def test_there_is_no_switch_while_either_store_is_written(link: Path, tmp_path: Path) -> None:
    other = built(tmp_path / "base-2", "two")
    for folder in (link, other):
        with (
            open_store(str(folder), SETTINGS) as store,
            store.writing(),
            pytest.raises(StoreBusy, match="writing to the store"),
        ):
            switch(link, other)
    assert os.readlink(link) == "base-1"


def test_a_folder_without_a_store_is_refused_and_the_link_stays(link: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_text("no store")
    for name in ("empty", "photos", "nowhere"):
        with pytest.raises(StoreError, match=r"holds no store|holds a"):
            switch(link, tmp_path / name)
    assert os.readlink(link) == "base-1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["base", "base-1", "empty", "photos"]


def test_a_store_of_another_kind_is_refused(link: Path, tmp_path: Path) -> None:
    other = built(tmp_path / "bench", "two")
    (other / "format").write_text("legation-workbench 1\n")
    with pytest.raises(StoreError, match="another kind"):
        switch(link, other)


def test_what_is_no_link_is_left_alone_with_what_to_do(tmp_path: Path) -> None:
    first, second = built(tmp_path / "base", "one"), built(tmp_path / "base-2", "two")
    with pytest.raises(StoreError, match="ln -s base-1"):
        switch(first, second)
    assert not first.is_symlink()


def test_a_store_elsewhere_is_led_to_by_its_whole_path(tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    folder = built(tmp_path / "stores" / "one", "one")
    switch(tmp_path / "links" / "base", folder)
    assert os.readlink(tmp_path / "links" / "base") == str(folder)


def test_the_command_switches_and_says_to_what(link: Path, tmp_path: Path) -> None:
    other = built(tmp_path / "base-2", "two")
    done = CliRunner().invoke(cli, ["switch", str(other), "--store", str(link)])
    assert done.exit_code == 0, done.output
    assert f"leads to {other} at version " in done.output
    again = CliRunner().invoke(cli, ["switch", str(tmp_path / "base-9"), "--store", str(link)])
    assert again.exit_code == 2
    assert CliRunner().invoke(cli, ["switch", str(other), "--store", "http://x.example/query"]).exit_code == 2
