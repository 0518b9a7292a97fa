"""rdflib: a service taken for a graph or a data set, read and written, with graphs that it names itself."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import RDF, RDFS, BNode, Dataset, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from tests.clients.asked import ABOUT, ADA, DESCRIBED, KNOWN, LABEL, MALFORMED, NAME, REFERENCE
from tests.clients.conftest import Bench

METHODS = ["GET", "POST", "POST_FORM"]
A, B, KNOWS = URIRef("urn:x:a"), URIRef("urn:x:b"), URIRef("urn:x:knows")
ONE, TWO = URIRef("urn:x:graph/1"), URIRef("urn:x:graph/2")


@pytest.fixture(params=METHODS)
def graph(sparql: str, request: pytest.FixtureRequest) -> Graph:
    return Graph(store=SPARQLStore(sparql, method=request.param))


def test_a_query(graph: Graph) -> None:
    assert [row[0] for row in graph.query(LABEL)] == [NAME]  # type: ignore[index]
    assert graph.query(KNOWN).askAnswer is True


def test_a_query_with_values_of_its_own(graph: Graph) -> None:
    found = graph.query(
        "SELECT ?label { ?s rdfs:label ?label }", initNs={"rdfs": RDFS}, initBindings={"s": ADA}
    )
    assert [row[0] for row in found] == [NAME]  # type: ignore[index]


@pytest.mark.parametrize("query", [ABOUT, DESCRIBED])
def test_a_query_that_makes_a_graph(graph: Graph, query: str) -> None:
    made = graph.query(query).graph
    assert made is not None
    assert (ADA, RDFS.label, NAME) in made
    assert set(made.subjects()) == {ADA}


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_each_form_of_rows(sparql: str, form: str) -> None:
    found = Graph(store=SPARQLStore(sparql, returnFormat=form)).query(LABEL)
    assert [str(row[0]) for row in found] == ["Ada Moor"]  # type: ignore[index]


def test_triples_and_how_many_there_are(graph: Graph) -> None:
    assert (ADA, RDFS.label, None) in graph
    assert (ADA, RDFS.label, Literal("Somebody else")) not in graph
    assert graph.value(ADA, RDFS.label) == NAME
    assert len(graph) == len(list(graph)) > 100


def test_triples_by_pages(sparql: str) -> None:
    graph: Any = Graph(store=SPARQLStore(sparql))
    every = sorted(graph.subjects(RDF.type))
    graph.LIMIT, found = 10, []
    for graph.OFFSET in range(0, len(every), 10):
        found += list(graph.subjects(RDF.type))
    assert sorted(found) == every


def test_a_named_graph_is_that_graph_alone(sparql: str) -> None:
    store = SPARQLStore(sparql)
    named = Graph(store=store, identifier=REFERENCE)
    assert 0 < len(named) == len(list(named)) < len(Graph(store=store))
    assert len(list(named.query("SELECT * { ?s ?p ?o }"))) == len(named)


def test_a_graph_that_is_not_held_is_empty_and_not_fetched(sparql: str, site: str) -> None:
    for name in (f"{site}person/ada-moor", "file:///etc/passwd", "urn:x:none"):
        assert len(Graph(store=SPARQLStore(sparql), identifier=URIRef(name))) == 0


@pytest.mark.parametrize("union", [False, True])
def test_a_data_set_reads_the_default_graph(sparql: str, union: bool) -> None:
    dataset = Dataset(store=SPARQLStore(sparql), default_union=union)
    assert len(dataset) == len(Graph(store=SPARQLStore(sparql)))
    assert len(dataset.get_context(REFERENCE)) == len(Graph(store=SPARQLStore(sparql), identifier=REFERENCE))
    assert [row[0] for row in dataset.query(LABEL)] == [NAME]  # type: ignore[index]


@pytest.mark.parametrize("union", [False, True])
def test_a_data_set_reads_its_named_graphs(sparql: str, union: bool) -> None:
    dataset = Dataset(store=SPARQLStore(sparql), default_union=union)
    asked = f"SELECT ?label {{ GRAPH <{REFERENCE}> {{ <{ADA}> <{RDFS.label}> ?label }} }}"
    assert [row[0] for row in dataset.query(asked)] == [NAME]  # type: ignore[index]


def test_the_names_of_graphs(sparql: str) -> None:
    names = {str(found) for found in SPARQLStore(sparql).contexts()}
    assert str(REFERENCE) in names
    holding = {str(found) for found in SPARQLStore(sparql).contexts((ADA, RDFS.label, NAME))}
    assert holding == {str(REFERENCE)}


def test_a_malformed_query_is_an_error(sparql: str) -> None:
    with pytest.raises(ValueError, match="wrong"):
        Graph(store=SPARQLStore(sparql, method="GET")).query(MALFORMED)


@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld", "nt"])
def test_a_thing_is_read_in_any_form(site: str, form: str) -> None:
    graph = Graph().parse(f"{site}person/ada-moor", format=form)
    assert (ADA, RDFS.label, NAME) in graph


@pytest.fixture
def written(bench: Bench) -> SPARQLUpdateStore:
    """A store that writes."""
    headers = {"Authorization": f"Bearer {bench.token}"}
    return SPARQLUpdateStore(bench.sparql, bench.sparql, headers=headers)


def test_triples_are_added_and_removed(written: SPARQLUpdateStore) -> None:
    graph = Graph(store=written, identifier=URIRef("urn:x-rdflib:default"))
    graph.add((A, KNOWS, B))
    graph.add((A, RDFS.label, Literal('Ада "Moor"\n', lang="ru")))
    assert len(graph) == 2
    assert graph.value(A, RDFS.label) == Literal('Ада "Moor"\n', lang="ru")
    graph.remove((A, KNOWS, None))
    assert list(graph.predicates()) == [RDFS.label]


def test_named_graphs_are_kept_apart(written: SPARQLUpdateStore) -> None:
    one, two = (Graph(store=written, identifier=name) for name in (ONE, TWO))
    one.add((A, KNOWS, B))
    two.addN([(B, KNOWS, A, two), (B, KNOWS, B, two)])
    assert (len(one), len(two), len(list(written.triples((None, None, None))))) == (1, 2, 0)
    two.update("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s = ?o) }")
    assert list(two) == [(B, KNOWS, A)]
    assert {str(name) for name in written.contexts()} == {str(ONE), str(TWO)}
    one.remove((None, None, None))
    assert (len(one), len(two)) == (0, 1)


@pytest.mark.parametrize("union", [False, True])
def test_a_data_set_is_written_and_read_back(written: SPARQLUpdateStore, union: bool) -> None:
    dataset = Dataset(store=written, default_union=union)
    one = dataset.graph(ONE)  # creates it: a second time that is an error
    one.add((A, KNOWS, B))
    dataset.add((B, KNOWS, A))
    assert len(one) == 1
    assert next(iter(dataset.query("SELECT ?s { ?s ?p ?o }")))[0] == B  # type: ignore[index]
    assert len(list(dataset.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == 1
    dataset.remove_graph(ONE)
    assert len(list(dataset.query("SELECT * { GRAPH ?g { ?s ?p ?o } }"))) == 0


def test_many_edits_are_one_change(written: SPARQLUpdateStore) -> None:
    written.autocommit, written.dirty_reads = False, True
    graph = Graph(store=written, identifier=ONE)
    for number in range(50):
        graph.add((A, KNOWS, Literal(number)))
    assert len(graph) == 0
    written.commit()
    assert len(graph) == 50


def test_a_graph_is_created_once(written: SPARQLUpdateStore) -> None:
    Dataset(store=written).graph(ONE)
    with pytest.raises(Exception, match="409"):
        Dataset(store=written).graph(ONE)


def test_a_blank_node_is_sent_only_where_the_user_says_how(written: SPARQLUpdateStore) -> None:
    with pytest.raises(Exception, match="BNode"):
        Graph(store=written, identifier=ONE).add((BNode(), KNOWS, B))


def test_nothing_is_written_without_a_token(bench: Bench) -> None:
    store = SPARQLUpdateStore(bench.sparql, bench.sparql)
    with pytest.raises(Exception, match="401"):
        Graph(store=store, identifier=ONE).add((A, KNOWS, B))
    assert len(Graph(store=store, identifier=ONE)) == 0
