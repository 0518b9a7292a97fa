"""VoID and DCAT: what there is, counted; what could not be counted says so."""

from __future__ import annotations

import pytest
import rdflib
from flask.testing import FlaskClient

from api import create_app
from api.description.counts import Counts, counts
from api.querying.service import Service
from kb.errors import QueryTimeout
from kb.settings import Settings
from kb.store import Store
from tests.api.html import parse, scripts
from tests.api.things.reading import graph_of, links, same

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
BASE = rdflib.URIRef("https://w3id.org/legation/.well-known/void#base")
LG = rdflib.Namespace("https://w3id.org/legation/terms/")


@pytest.fixture
def said(asker: FlaskClient) -> rdflib.Graph:
    return graph_of(asker.get("/.well-known/void.ttl"))


def number(asker: FlaskClient, query: str) -> int:
    answer = asker.get("/sparql", query_string={"query": query}).get_json()
    return int(answer["results"]["bindings"][0]["n"]["value"])


def test_the_numbers_are_those_that_a_query_gives(asker: FlaskClient, said: rdflib.Graph) -> None:
    for name, query in {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        "entities": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c }",
    }.items():
        assert said.value(BASE, VOID[name]).toPython() == number(asker, query), name  # type: ignore[union-attr]


def test_each_class_has_its_members_and_its_properties(asker: FlaskClient, said: rdflib.Graph) -> None:
    (part,) = [
        p for p in said.objects(BASE, VOID.classPartition) if said.value(p, VOID["class"]) == LG.Person
    ]
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s a <{LG.Person}> }}"
    assert said.value(part, VOID.entities).toPython() == number(asker, query)  # type: ignore[union-attr]
    properties = {said.value(p, VOID.property) for p in said.objects(part, VOID.propertyPartition)}
    assert {rdflib.RDFS.label, rdflib.RDF.type} <= properties
    assert any(
        said.value(p, VOID.property) == rdflib.RDFS.label for p in said.objects(BASE, VOID.propertyPartition)
    )


def test_it_is_a_catalogue_of_one_data_set_and_one_service(said: rdflib.Graph) -> None:
    (catalogue,) = said.subjects(rdflib.RDF.type, DCAT.Catalog)
    assert list(said.objects(catalogue, DCAT.dataset)) == [BASE]
    (service,) = said.objects(catalogue, DCAT.service)
    assert said.value(service, DCAT.endpointURL) == rdflib.URIRef("http://localhost/sparql")
    types = {
        str(said.value(d, DCAT.mediaType)).rpartition("types/")[2]
        for d in said.objects(BASE, DCAT.distribution)
    }
    assert types == {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"}
    assert said.value(BASE, rdflib.DCTERMS.modified)
    assert said.value(BASE, VOID.uriSpace) == rdflib.Literal("https://w3id.org/legation/")


def test_every_example_and_every_way_to_get_it_leads_somewhere(
    asker: FlaskClient, said: rdflib.Graph
) -> None:
    things = list(said.objects(BASE, VOID.exampleResource))
    assert things
    for thing in things:
        assert asker.get("/" + str(thing).removeprefix("https://w3id.org/legation/")).status_code == 303
    for distribution in said.objects(BASE, DCAT.distribution):
        wanted = str(said.value(distribution, DCAT.mediaType)).rpartition("types/")[2]
        address = str(said.value(distribution, DCAT.accessURL)).removeprefix("http://localhost")
        response = asker.get(address, headers={"Accept": wanted})
        assert (response.status_code, response.mimetype) == (200, wanted)


@pytest.mark.parametrize("suffix", ["jsonld", "nt", "rdf"])
def test_every_form_says_the_same(asker: FlaskClient, said: rdflib.Graph, suffix: str) -> None:
    assert same(said, graph_of(asker.get(f"/.well-known/void.{suffix}")))


def test_it_is_negotiated_and_says_what_it_is(asker: FlaskClient) -> None:
    turtle = asker.get("/.well-known/void")
    assert (turtle.mimetype, turtle.headers["Content-Location"]) == ("text/turtle", "/.well-known/void.ttl")
    assert ("alternate", "/.well-known/void.html", "text/html") in links(turtle)
    page = asker.get("/.well-known/void", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.headers["Content-Location"] == "/.well-known/void.html"
    assert "Accept" in turtle.vary and "Accept" in page.vary
    assert asker.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406
    tag = turtle.headers["ETag"]
    assert asker.get("/.well-known/void", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_tells_the_same_to_a_reader(asker: FlaskClient) -> None:
    page = parse(asker.get("/.well-known/void.html").data)
    assert page.all("a", href="/terms/Person")
    assert not scripts(page)
    assert len(page.all("h1")) == 1
    assert "CC BY 4.0" in page.all("main")[0].words


class Slow:
    """A store that gives up on every query that counts distinct things."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def select(self, query: str, **more: object) -> object:
        self.asked += 1
        if "COUNT(DISTINCT ?s)" in query or ("?p" in query and f"<{LG.Person}>" in query):
            raise QueryTimeout("too slow")
        return self._store.select(query, **more)  # type: ignore[arg-type]


def test_what_cannot_be_counted_in_time_is_left_out_and_named(built: Store) -> None:
    slow = Slow(built)
    service = Service(slow, Settings())  # type: ignore[arg-type]
    found = counts(service, wait=30)
    assert found.done and found.triples and found.classes
    assert (found.subjects, found.entities) == (None, None)
    assert found.left_out == ("entities", "distinct subjects", "properties of lg:Person")
    assert {part.of for part in found.partitions if part.property} > {str(LG.State)}
    assert str(LG.Person) not in {part.of for part in found.partitions if part.property}
    asked = slow.asked
    assert counts(service, wait=30) == found
    assert slow.asked == asked  # once for a version


def test_who_asks_while_the_counting_goes_on_is_told_so(
    built: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.description.service.counts", lambda _service: Counts())
    client = create_app(built, Settings()).test_client()
    assert b"Counting goes on" in client.get("/.well-known/sparql-service.ttl").data


def test_it_is_told_after_the_home_page_counted_too(asker: FlaskClient) -> None:
    assert asker.get("/", headers={"Accept": "text/html"}).status_code == 200
    assert asker.get("/.well-known/void").status_code == 200
    assert asker.get("/", headers={"Accept": "text/html"}).status_code == 200
