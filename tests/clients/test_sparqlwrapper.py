"""SPARQLWrapper: every return format and method, its parameters of its own, errors, updates with a token."""

from __future__ import annotations

import csv
import io
from typing import Any
from xml.dom.minidom import Document

import pytest
from rdflib import RDFS, Graph
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
    URLENCODED,
    XML,
    SPARQLWrapper,
    SPARQLWrapper2,
)
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, QueryBadFormed, Unauthorized

from tests.clients.asked import ABOUT, ADA, DESCRIBED, KNOWN, LABEL, MALFORMED, NAME, REFERENCE
from tests.clients.conftest import Bench

WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


def wrapper(address: str, query: str, form: str, way: tuple[str, str] = WAYS[0]) -> Any:
    found = SPARQLWrapper(address)
    found.setQuery(query)
    found.setReturnFormat(form)
    found.setMethod(way[0])
    found.setRequestMethod(way[1])
    return found


def cells(found: Any, form: str) -> list[str]:
    """Return the labels of a result as SPARQLWrapper converts it."""
    if form == JSON:
        return [row["label"]["value"] for row in found["results"]["bindings"]]
    if form == XML:
        assert isinstance(found, Document)
        return [
            str(node.firstChild.nodeValue)
            for node in found.getElementsByTagName("literal")
            if node.firstChild
        ]
    head, *rows = csv.reader(io.StringIO(found.decode()), dialect="excel-tab" if form == TSV else "excel")
    assert head == ["?label" if form == TSV else "label"]
    return [row[0] for row in rows]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [JSON, XML, CSV])
def test_rows_in_every_form_and_way(sparql: str, form: str, way: tuple[str, str]) -> None:
    assert cells(wrapper(sparql, LABEL, form, way).queryAndConvert(), form) == ["Ada Moor"]


def test_rows_as_tsv_are_terms(sparql: str) -> None:
    assert wrapper(sparql, LABEL, TSV).queryAndConvert() == b'?label\n"Ada Moor"@en\n'


@pytest.mark.parametrize("way", WAYS)
def test_a_truth(sparql: str, way: tuple[str, str]) -> None:
    assert wrapper(sparql, KNOWN, JSON, way).queryAndConvert()["boolean"] is True


@pytest.mark.parametrize("query", [ABOUT, DESCRIBED])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, XML, JSONLD])
def test_a_graph_in_every_form_and_way(sparql: str, query: str, form: str, way: tuple[str, str]) -> None:
    found = wrapper(sparql, query, form, way).queryAndConvert()
    graph = Graph().parse(data=found, format=form) if isinstance(found, bytes) else found
    assert isinstance(graph, Graph)
    assert (ADA, RDFS.label, NAME) in graph
    assert set(graph.subjects()) == {ADA}


@pytest.mark.parametrize("only", [True, False])
def test_its_own_parameters_beside_the_header_say_no_more_than_the_header(sparql: str, only: bool) -> None:
    asked = wrapper(sparql, LABEL, CSV)
    asked.setOnlyConneg(only)
    assert all((f"&{name}=csv" in asked._createRequest().full_url) != only for name in ("format", "results"))
    assert asked.query().info()["content-type"].startswith("text/csv")


def test_rows_as_its_second_interface_binds_them(sparql: str) -> None:
    asked: Any = SPARQLWrapper2(sparql)
    asked.setQuery(LABEL)
    (value,) = asked.query().getValues("label")
    assert (value.value, value.lang, value.type) == ("Ada Moor", "en", "literal")


@pytest.mark.parametrize("way", WAYS)
def test_a_graph_that_is_chosen_by_the_protocol(sparql: str, way: tuple[str, str]) -> None:
    count = "SELECT (COUNT(*) AS ?label) WHERE { ?s ?p ?o }"
    asked = wrapper(sparql, count, JSON, way)
    every = int(cells(asked.queryAndConvert(), JSON)[0])
    asked.addParameter("default-graph-uri", str(REFERENCE))
    assert 0 < int(cells(asked.queryAndConvert(), JSON)[0]) < every


@pytest.mark.parametrize("way", WAYS)
def test_a_malformed_query_is_told_as_one(sparql: str, way: tuple[str, str]) -> None:
    with pytest.raises(QueryBadFormed, match="is never closed"):
        wrapper(sparql, MALFORMED, JSON, way).query()


@pytest.mark.parametrize("encoding", [URLENCODED, POSTDIRECTLY])
def test_an_update_with_a_token(bench: Bench, encoding: str) -> None:
    triple = f"<urn:x:{encoding}> <urn:x:by> 'SPARQLWrapper'"
    asked = wrapper(bench.sparql, f"INSERT DATA {{ {triple} }}", JSON, (POST, encoding))
    with pytest.raises(Unauthorized):
        asked.query()
    asked.addCustomHttpHeader("Authorization", f"Bearer {bench.token}")
    asked.query()
    assert wrapper(bench.sparql, f"ASK {{ {triple} }}", JSON).queryAndConvert()["boolean"] is True


def test_an_update_with_the_token_as_a_password(bench: Bench) -> None:
    asked = wrapper(bench.sparql, "INSERT DATA { <urn:x:password> <urn:x:by> 1 }", JSON, (POST, URLENCODED))
    asked.setCredentials("anyone", bench.token)
    asked.query()
    assert wrapper(bench.sparql, "ASK { <urn:x:password> ?p ?o }", JSON).queryAndConvert()["boolean"] is True


def test_an_update_of_a_base_is_refused(sparql: str) -> None:
    asked = wrapper(sparql, "INSERT DATA { <urn:x:a> <urn:x:b> 1 }", JSON, (POST, POSTDIRECTLY))
    with pytest.raises(Exception, match="403") as caught:
        asked.query()
    assert not isinstance(caught.value, EndPointInternalError)
