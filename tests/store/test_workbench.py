"""A workbench's folder: what it becomes, what changes it, what is refused, and what queries see."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kb.errors import (
    BadContent,
    BadQuery,
    ConditionFailed,
    ForbiddenQuery,
    NotFound,
    StateConflict,
    StoreBusy,
    StoreError,
    TooLarge,
)
from kb.resources import ROOT
from kb.store import open_store
from kb.store.interface import BOOKS
from kb.store.workbench import Condition, Part, WorkbenchStore
from tests.store.bench import QUICK, every, opened, rows, turtle
from tests.store.conftest import SETTINGS
from tests.store.world import g, triple, whole

G = NamedNode("u:g")
HOLDER = """
import sys, time
from pathlib import Path
from kb.settings import Settings
from kb.store.workbench import WorkbenchStore
with WorkbenchStore.open(Path(sys.argv[1]), Settings(), writable=True):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> WorkbenchStore:
    return WorkbenchStore.open(tmp_path_factory.mktemp("shared") / "bench", QUICK, writable=True)


@pytest.fixture
def bench(shared: WorkbenchStore) -> WorkbenchStore:
    shared.update("DROP ALL")
    return shared


def test_a_missing_folder_becomes_a_workbench_that_is_empty_and_stays_one(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "bench"
    with opened(folder) as bench:
        assert every(bench) == set()
        bench.update("INSERT DATA { <u:a> <u:b> 1 }")
    assert (folder / "format").read_text() == "legation-workbench 1\n"
    with open_store(str(folder), SETTINGS) as again:
        assert isinstance(again, WorkbenchStore)
        assert every(again) == {("None", "u:a", "u:b", "1")}


def test_a_workbench_that_is_opened_for_reading_is_not_changed(tmp_path: Path) -> None:
    with opened(tmp_path / "bench"):
        pass
    with open_store(str(tmp_path / "bench"), SETTINGS) as store:
        assert isinstance(store, WorkbenchStore)
        assert not store.writable
        with pytest.raises(StoreError, match="only read"):
            store.update("CLEAR ALL")


def test_queries_see_the_default_graph_and_every_named_one(bench: WorkbenchStore) -> None:
    bench.update("INSERT DATA { <u:a> <u:b> 1 GRAPH <u:g> { <u:a> <u:b> 2 } GRAPH <u:h> { <u:a> <u:b> 3 } }")
    assert rows(bench, "SELECT ?o { ?s ?p ?o }") == {("1",)}
    assert rows(bench, "SELECT ?g ?o { GRAPH ?g { ?s ?p ?o } }") == {("u:g", "2"), ("u:h", "3")}
    assert rows(bench, "SELECT ?o FROM <u:g> { ?s ?p ?o }") == {("2",)}


def test_an_update_of_which_a_part_fails_leaves_no_trace(bench: WorkbenchStore) -> None:
    bench.update("INSERT DATA { GRAPH <u:g> { <u:a> <u:b> 1 } }")
    version = bench.version()
    with pytest.raises(StateConflict, match="already exists"):
        bench.update(
            "INSERT DATA { <u:new> <u:b> 2 } ; DROP GRAPH <u:g> ; CREATE GRAPH <u:h> ; CREATE GRAPH <u:h>"
        )
    assert every(bench) == {("u:g", "u:a", "u:b", "1")}
    assert bench.version() == version
    bench.update("INSERT DATA { <u:later> <u:b> 3 }")
    assert every(bench) == {("u:g", "u:a", "u:b", "1"), ("None", "u:later", "u:b", "3")}


def test_the_version_changes_with_the_content(bench: WorkbenchStore) -> None:
    versions = [bench.version()]
    for number in range(3):
        assert bench.update(f"INSERT DATA {{ <u:a> <u:b> {number} }}").version == bench.version()
        versions.append(bench.version())
    assert len(set(versions)) == 4
    assert all(len(version) == 16 for version in versions)


def test_relative_names_are_resolved_against_the_base(bench: WorkbenchStore) -> None:
    bench.update("INSERT DATA { <a> <b> <c> }", base="http://example.org/x/")
    assert every(bench) == {
        ("None", "http://example.org/x/a", "http://example.org/x/b", "http://example.org/x/c")
    }


def test_what_is_no_update_is_told_with_its_place(bench: WorkbenchStore) -> None:
    with pytest.raises(BadQuery, match="not SPARQL Update") as caught:
        bench.update("INSERT DATA {\n <u:a> <u:b> <u:c> .\n <u:d> }")
    assert caught.value.place == "line 3, column 8"


def test_the_graph_that_a_base_keeps_its_books_in_is_refused(bench: WorkbenchStore) -> None:
    with pytest.raises(BadQuery, match="kept for bases"):
        bench.update(f"INSERT DATA {{ GRAPH {BOOKS} {{ <u:a> <u:b> 1 }} }}")
    assert every(bench) == set()


def test_put_replaces_a_graph_and_says_whether_it_is_new(bench: WorkbenchStore) -> None:
    bench.update("INSERT DATA { <u:a> <u:b> 1 }")
    assert bench.put(G, turtle("<a> <b> _:x"), "http://ex.org/").created
    assert not bench.put(G, turtle("<c> <d> _:x , _:y"), "http://ex.org/").created
    assert every(bench) == {
        ("None", "u:a", "u:b", "1"),
        ("u:g", "http://ex.org/c", "http://ex.org/d", "_"),
    }


def test_post_adds_and_never_joins_the_blank_nodes_of_two_documents(bench: WorkbenchStore) -> None:
    bench.post(G, turtle("_:x <u:p> 1"), "")
    bench.post(G, [*turtle("_:x <u:p> 2"), Part(b"_:x <u:p> <u:three> .", "application/n-triples")], "")
    found = rows(bench, "SELECT ?s ?o { GRAPH <u:g> { ?s ?p ?o } }")
    assert {o for _, o in found} == {"1", "2", "u:three"}
    assert len({s for s, _ in found}) == 3


def test_the_default_graph_is_put_and_emptied_alone(bench: WorkbenchStore) -> None:
    bench.put(G, turtle("<u:a> <u:b> 1"), "")
    assert not bench.put(None, turtle("<u:c> <u:d> 2"), "").created
    bench.delete(None)
    assert every(bench) == {("u:g", "u:a", "u:b", "1")}


def test_an_empty_graph_is_there_until_it_is_removed(bench: WorkbenchStore) -> None:
    assert bench.put(G, turtle(""), "").created
    assert bench.exists(G)
    bench.delete(G)
    assert not bench.exists(G)
    with pytest.raises(NotFound, match="no such graph"):
        bench.delete(G)


@pytest.mark.parametrize(
    ("media_type", "content", "told", "place"),
    [
        ("text/turtle", "<u:a> <u:b> \n <u:c> ", "Unexpected end", "line 2, column 8"),
        ("application/n-triples", "<u:a> <u:b> <rel> .", "absolute IRI", "line 1, column 13"),
        ("application/rdf+xml", "<rdf", "tag not closed", ""),
        ("application/ld+json", '{"@id": ', "end", "line 1"),
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/", "a": "b"}', "never fetched", ""),
        ("application/ld+json", '{"@id": "u:h", "@graph": [{"@id": "u:x", "u:p": "b"}]}', "amed graph", ""),
    ],
)
def test_content_that_is_no_graph_is_told_and_nothing_changes(
    bench: WorkbenchStore, media_type: str, content: str, told: str, place: str
) -> None:
    bench.put(G, turtle("<u:a> <u:b> 1"), "")
    with pytest.raises(BadContent, match=told) as caught:
        bench.put(G, [*turtle("<u:c> <u:d> 2"), Part(content.encode(), media_type)], "")
    assert caught.value.place.startswith(place)
    assert every(bench) == {("u:g", "u:a", "u:b", "1")}


def test_a_condition_that_does_not_hold_stops_the_change(bench: WorkbenchStore) -> None:
    bench.put(G, turtle("<u:a> <u:b> 1"), "")
    version = bench.version()
    for condition, told in (
        (Condition(absent=True), "there already"),
        (Condition(versions=("0" * 16,)), "has changed"),
        (Condition(other_than=(version,)), "has changed"),
    ):
        with pytest.raises(ConditionFailed, match=told):
            bench.put(G, turtle("<u:c> <u:d> 2"), "", condition)
    with pytest.raises(ConditionFailed, match="not there"):
        bench.put(NamedNode("u:none"), turtle(""), "", Condition(present=True))
    assert bench.version() == version
    bench.put(G, turtle("<u:c> <u:d> 2"), "", Condition(versions=(version,), present=True))
    assert every(bench) == {("u:g", "u:c", "u:d", "2")}


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:9/>",
        "load <http://127.0.0.1:9/> INTO GRAPH <u:g>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_nothing_elsewhere_is_fetched(bench: WorkbenchStore, update: str) -> None:
    with pytest.raises(ForbiddenQuery):
        bench.update(f"CLEAR ALL ; {update}")


def test_a_base_is_no_workbench_and_the_other_way_round(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "base"), SETTINGS) as base:
        base.commit([whole(g("facts"), triple("a", "x"))])
    with pytest.raises(StoreError, match="a base, not a workbench"):
        WorkbenchStore.open(tmp_path / "base", SETTINGS, writable=True)
    with opened(tmp_path / "bench"):
        pass
    with (
        open_store(str(tmp_path / "bench"), SETTINGS) as bench,
        pytest.raises(StoreError, match="a workbench, not a base"),
    ):
        bench.commit([whole(g("facts"), triple("a", "x"))])


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds no store"):
        WorkbenchStore.open(tmp_path, SETTINGS, writable=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "bench")], stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusy, match="is writing"):
            WorkbenchStore.open(tmp_path / "bench", SETTINGS, writable=True)
    finally:
        holder.kill()
        holder.communicate()


def test_more_than_the_limit_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    with opened(tmp_path / "bench", replace(QUICK, update_bytes=100)) as bench:
        with pytest.raises(TooLarge, match="102 bytes, the limit is 100"):
            bench.update("#" * 102)
        with pytest.raises(TooLarge):
            bench.put(G, turtle("#" * 60) * 2, "")
