"""A query may choose among the graphs that we hold; what it names beyond them is empty and never fetched."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode
from pyoxigraph import Store as Memory

from kb.errors import BadQuery, TooLarge
from kb.namespaces import PREFIXES
from kb.store import Store
from kb.store import seen as seen_module
from kb.store.dataset import split
from kb.store.guard import screen
from kb.store.interface import BOOKS, MAIN, Dataset
from kb.store.service import ServiceStore
from tests.store.world import art, g, triple, whole

VALUES = "SELECT ?o {} {{ ?s ?p ?o }} ORDER BY ?o"


@pytest.fixture
def graphs(store: Store) -> Store:
    store.commit(
        [
            whole(g("facts"), triple("a", "fact"), triple("b", "shared")),
            whole(art("one"), triple("b", "shared"), triple("c", "told")),
            whole(g("prospective"), triple("d", "planned")),
        ]
    )
    return store


def found(store: Store, query: str, dataset: Dataset | None = None) -> list[str]:
    content = store.query_bytes(query, "text/csv", dataset=dataset).whole().decode()
    return content.split("\r\n")[1:-1]


def from_(*graphs: NamedNode) -> str:
    return " ".join(f"FROM {graph}" for graph in graphs)


def test_without_a_choice_the_default_graph_is_asked(graphs: Store) -> None:
    assert found(graphs, VALUES.format("")) == ["fact", "shared", "told"]


def test_from_chooses_one_graph(graphs: Store) -> None:
    assert found(graphs, VALUES.format(from_(g("prospective")))) == ["planned"]


def test_from_may_name_an_article(graphs: Store) -> None:
    assert found(graphs, VALUES.format(from_(art("one")))) == ["shared", "told"]


def test_a_triple_of_two_graphs_stands_once_in_their_merge_or_they_are_not_merged(graphs: Store) -> None:
    query = VALUES.format(from_(g("facts"), art("one")))
    if isinstance(graphs, ServiceStore):
        with pytest.raises(TooLarge, match="not merged"):
            found(graphs, query)
    else:
        assert found(graphs, query) == ["fact", "shared", "told"]


@pytest.mark.parametrize("name", [MAIN.value, "urn:x-rdflib:default"])
def test_the_default_graph_has_a_name_that_from_may_use(graphs: Store, name: str) -> None:
    assert found(graphs, VALUES.format(f"FROM <{name}>")) == ["fact", "shared", "told"]
    twice = VALUES.format(f"FROM <{name}> FROM {MAIN}")
    assert found(graphs, twice) == ["fact", "shared", "told"]


@pytest.mark.parametrize("name", ["http://x.example/", "file:///etc/passwd", BOOKS.value])
def test_a_graph_that_we_do_not_hold_is_empty(graphs: Store, name: str) -> None:
    assert found(graphs, VALUES.format(f"FROM <{name}>")) == []
    assert found(graphs, f"SELECT ?o FROM NAMED <{name}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []


def test_from_named_leaves_the_default_graph_empty(graphs: Store) -> None:
    named = f"FROM NAMED {g('prospective')}"
    assert found(graphs, VALUES.format(named)) == []
    assert found(graphs, f"SELECT ?o {named} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == ["planned"]


def test_graph_ranges_over_nothing_where_only_a_default_graph_is_chosen(graphs: Store) -> None:
    assert found(graphs, f"SELECT ?o {from_(g('facts'))} {{ GRAPH ?g {{ ?s ?p ?o }} }}") == []


def test_the_protocol_stands_before_the_query(graphs: Store) -> None:
    chosen = Dataset((g("prospective").value,), ())
    assert found(graphs, VALUES.format(from_(g("facts"))), chosen) == ["planned"]


def test_names_are_read_with_the_prefixes_and_the_base_of_the_query(graphs: Store) -> None:
    base = f"BASE <{PREFIXES['g']}> "
    assert found(graphs, base + VALUES.format("FROM <facts>")) == ["fact", "shared"]
    assert found(graphs, f"PREFIX x: <{PREFIXES['g']}> " + VALUES.format("FROM x:facts")) == [
        "fact",
        "shared",
    ]
    assert found(graphs, VALUES.format("FROM# a comment\ng:facts")) == ["fact", "shared"]


def test_too_much_to_merge_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seen_module, "MERGED", 1)
    memory = Memory()
    memory.update(f"INSERT DATA {{ GRAPH {g('facts')} {{ <x:a> <x:b> 1, 2 }} }}")
    with pytest.raises(TooLarge, match="more than 1 triples"):
        seen_module.seen(memory, [g("facts").value, g("meta").value], None)


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        ("FROM nope:x", "nope: is not declared"),
        ("FROM <facts>", "relative"),
        ("FROM NAMED", "names no graph"),
    ],
)
def test_a_clause_that_names_nothing_is_told_with_its_place(clause: str, problem: str) -> None:
    query = f"SELECT * {clause} {{ ?s ?p ?o }}"
    with pytest.raises(BadQuery, match=f"line 1, column .*{problem}"):
        split(query, screen(query))


def test_what_runs_has_the_clauses_put_out_and_every_other_place_as_it_was() -> None:
    query = f"SELECT ?o\nFROM {g('facts')}\nFROM NAMED {g('meta')}\nWHERE {{ ?s ?p ?o }}"
    run, chosen = split(query, screen(query))
    assert chosen == Dataset((g("facts").value,), (g("meta").value,))
    assert len(run) == len(query)
    assert run.split() == ["SELECT", "?o", "WHERE", "{", "?s", "?p", "?o", "}"]
