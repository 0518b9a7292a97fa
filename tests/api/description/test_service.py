"""The endpoint describes itself, as this service at this address."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from api import create_app
from kb.errors import BadInput
from kb.settings import Settings
from kb.store import Store
from kb.store.workbench import WorkbenchStore
from tests.api.things.reading import graph_of, same

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


@pytest.mark.parametrize("accept", TYPES)
def test_the_endpoint_without_a_query_gives_its_description(asker: FlaskClient, accept: str) -> None:
    response = asker.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (200, accept)
    assert "Accept" in response.vary
    said = graph_of(response)
    (service,) = said.subjects(rdflib.RDF.type, SD.Service)
    assert list(said.objects(service, SD.endpoint)) == [rdflib.URIRef("http://localhost/sparql")]
    assert list(said.objects(service, SD.supportedLanguage)) == [SD.SPARQL11Query]
    assert {FORMATS.SPARQL_Results_JSON, FORMATS.Turtle} <= set(said.objects(service, SD.resultFormat))
    assert not list(said.objects(service, SD.inputFormat))
    assert len(list(said.objects(service, SD.defaultEntailmentRegime))) == 1


def test_it_names_the_graphs_that_hold_something(asker: FlaskClient) -> None:
    said = graph_of(asker.get("/sparql", headers={"Accept": "text/turtle"}))
    (data_set,) = said.objects(None, SD.defaultDataset)
    names = {
        str(name) for graph in said.objects(data_set, SD.namedGraph) for name in said.objects(graph, SD.name)
    }
    assert "https://w3id.org/legation/graph/reference" in names
    assert "https://w3id.org/legation/graph/prospective" not in names  # nothing was planned
    for name in names:
        asked = asker.get("/sparql", query_string={"query": f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"})
        assert asked.get_json()["boolean"] is True


def test_it_stands_at_an_address_of_its_own_too(asker: FlaskClient) -> None:
    asker.get("/.well-known/void")  # so that the counting is done in both
    one = asker.get("/sparql", headers={"Accept": "text/turtle"})
    assert same(graph_of(one), graph_of(asker.get("/.well-known/sparql-service.nt")))
    assert asker.get("/.well-known/sparql-service", headers={"Accept": "text/html"}).status_code == 406


def test_it_names_the_address_that_was_asked_and_no_shared_cache_keeps_that(asker: FlaskClient) -> None:
    response = asker.get("/.well-known/sparql-service", headers={"Host": "kb.example:8080"})
    assert b"http://kb.example:8080/sparql" in response.data
    assert response.headers["Cache-Control"] == "private, no-cache"
    other = asker.get("/.well-known/sparql-service", headers={"Host": "other.example"})
    assert other.headers["ETag"] != response.headers["ETag"]


@pytest.mark.parametrize("host", ["a b", "x>", "<script>", '"'])
def test_a_host_that_is_none_is_refused(asker: FlaskClient, host: str) -> None:
    for address in ("/sparql", "/.well-known/void", "/.well-known/sparql-examples"):
        response = asker.get(address, headers={"Host": host, "Accept": "text/turtle"})
        assert response.status_code == 400
        assert b"<script>" not in response.data


def test_the_operators_address_stands_before_the_clients(built: Store) -> None:
    settings = Settings(public_address="https://kb.example/legation/")
    client = create_app(built, settings).test_client()
    response = client.get("/.well-known/sparql-service", headers={"Host": "evil.example"})
    assert b"https://kb.example/legation/sparql" in response.data
    assert b"evil.example" not in response.data
    assert response.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    "address", ["kb.example", "javascript:alert(1)", "https://kb.example/?x=1", "https://a b"]
)
def test_an_address_that_is_none_is_refused_at_the_start(built: Store, address: str) -> None:
    with pytest.raises(BadInput, match="LEGATION_PUBLIC_ADDRESS"):
        create_app(built, Settings(public_address=address))


def test_a_workbench_that_is_written_says_so_and_names_its_graphs(tmp_path: Path) -> None:
    with WorkbenchStore.open(tmp_path / "bench", Settings(), writable=True) as bench:
        bench.update(
            "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/a> a <http://example.org/C> } }"
        )
        bench.update(
            "INSERT DATA { <http://example.org/a> a <http://example.org/C>, <http://example.com/C> }"
        )
        client = create_app(bench, Settings()).test_client()
        said = graph_of(client.get("/sparql", headers={"Accept": "text/turtle"}))
        (service,) = said.subjects(rdflib.RDF.type, SD.Service)
        assert set(said.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
        assert FORMATS.TriG in set(said.objects(service, SD.inputFormat))
        names = {str(name) for name in said.objects(None, SD.name)}
        assert names == {"http://example.org/g"}
        classes = graph_of(client.get("/.well-known/void.ttl")).subjects(
            rdflib.URIRef("http://rdfs.org/ns/void#entities"), rdflib.Literal(1)
        )
        assert len(set(classes)) == 3  # the data set and two classes of one local name
        assert b"workbench" in client.get("/.well-known/void.html").data
