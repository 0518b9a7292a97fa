"""Clients that people have already: SPARQLWrapper and rdflib, against the real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)

from tests.api.test_serve import served

ADA = rdflib.URIRef("https://w3id.org/legation/person/ada-moor")
LABEL = f"SELECT ?l WHERE {{ <{ADA}> rdfs:label ?l }}"
ABOUT = f"CONSTRUCT WHERE {{ <{ADA}> ?p ?o }}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("clients") / "store"
    with served(folder) as (_, found):
        yield f"{found}sparql"


def wrapper(address: str, query: str, form: str, method: str) -> SPARQLWrapper:
    found = SPARQLWrapper(address)
    found.setQuery(query)
    found.setReturnFormat(form)
    found.setMethod(method)
    return found


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(address: str, form: str, method: str) -> None:
    assert b"Ada Moor" in wrapper(address, LABEL, form, method).query().response.read()


def test_sparqlwrapper_posts_a_query_as_the_body(address: str) -> None:
    asked = wrapper(address, LABEL, JSON, POST)
    asked.setRequestMethod(POSTDIRECTLY)
    assert b"Ada Moor" in asked.query().response.read()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_sparqlwrapper_reads_a_graph(address: str, form: str, method: str) -> None:
    assert b"Ada Moor" in wrapper(address, ABOUT, form, method).query().response.read()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_takes_it_for_a_graph(address: str, method: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(address, method=method))
    assert [str(row[0]) for row in graph.query(LABEL)] == ["Ada Moor"]  # type: ignore[index]
    assert (ADA, rdflib.RDFS.label, None) in graph
    assert len(graph) > 100
    made = graph.query(ABOUT).graph
    assert made is not None
    assert set(made.subjects()) == {ADA}


def test_rdflib_reads_a_thing_as_turtle(address: str) -> None:
    graph = rdflib.Graph().parse(address.replace("/sparql", "/person/ada-moor"), format="turtle")
    assert (ADA, rdflib.RDFS.label, None) in graph
