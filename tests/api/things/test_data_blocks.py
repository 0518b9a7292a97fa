"""JSON-LD in pages: true, in schema.org's words too, and never able to leave its element."""

from __future__ import annotations

import json

import pytest
import rdflib
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from api.linked_data.json_ld import compact, data_block
from api.things.schema_org import in_schema_org
from kb.terms import RDF_TYPE, iri, lg, text
from tests.api.html import Page, parse

SCHEMA = rdflib.Namespace("https://schema.org/")


def block_of(page: Page) -> str:
    (block,) = page.all("script", type="application/ld+json")
    return block.text


def block_at(client: FlaskClient, address: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=block_of(parse(client.get(address).data)), format="json-ld")


def test_a_page_holds_its_triples_and_what_schema_org_makes_of_them(client: FlaskClient) -> None:
    said = block_at(client, "/person/ada-moor.html")
    ada = rdflib.URIRef("https://w3id.org/legation/person/ada-moor")
    own = rdflib.Graph().parse(data=client.get("/person/ada-moor.nt").data, format="nt")
    assert set(own) <= set(said)
    assert (ada, rdflib.RDF.type, SCHEMA.Person) in said
    assert rdflib.Literal("Ada Moor", lang="en") in set(said.objects(ada, SCHEMA.name))
    assert set(block_at(client, "/article/herald"))


def test_what_is_only_nearly_the_same_in_schema_org_is_not_said(client: FlaskClient) -> None:
    said = block_at(client, "/state/XAL.html")
    assert SCHEMA.Country not in set(said.objects(None, rdflib.RDF.type))
    assert set(said.objects(None, SCHEMA.sameAs))


@pytest.mark.parametrize(
    ("ours", "theirs"), [("Palace", {"GovernmentBuilding", "Place"}), ("Visit", {"Event"}), ("State", set())]
)
def test_a_class_is_called_what_it_and_those_above_it_always_are(ours: str, theirs: set[str]) -> None:
    found = in_schema_org([Triple(iri("fac:x"), RDF_TYPE, lg(ours))])
    assert {str(triple.object)[1:-1] for triple in found} == {str(SCHEMA[name]) for name in theirs}


def test_a_hostile_name_cannot_end_the_block(client: FlaskClient) -> None:
    content = client.get("/person/x-villain.html").data
    assert b"<script>alert" not in content
    assert json.loads(block_of(parse(content)))["schema:name"] == "<script>alert(1)</script>"


@given(st.text())
def test_no_text_leaves_its_block(name: str) -> None:
    block = data_block({"name": name, name: 1})
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == {"name": name, name: 1}


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
TERMS = st.one_of(
    st.sampled_from([iri("state:XAL"), lg("Visit"), NamedNode("http://example.org/a#b"), NamedNode("urn:x")]),
    TEXTS.map(text),
    TEXTS.map(lambda value: text(value, "ko")),
    st.integers(-9, 9).map(lambda value: Literal(str(value), datatype=iri("xsd:integer"))),
)
NAMES = st.sampled_from(
    [RDF_TYPE, iri("rdfs:label"), lg("visitor"), NamedNode("http://example.org/p"), iri("dct:date")]
)
NODES = st.sampled_from([iri("ev:a"), iri("person:b"), NamedNode("https://w3id.org/legation/terms//x")])


@given(st.sets(st.builds(Triple, NODES, NAMES, TERMS), min_size=1, max_size=8))
def test_compact_json_ld_says_what_the_triples_say(triples: set[Triple]) -> None:
    written = rdflib.Graph().parse(data=json.dumps(compact(triples)), format="json-ld")
    lines = "".join(f"{triple} .\n" for triple in triples)
    assert set(written) == set(rdflib.Graph().parse(data=lines, format="nt"))


def test_no_context_has_to_be_fetched(client: FlaskClient) -> None:
    context = client.get("/event/tour.jsonld").get_json()["@context"]
    assert isinstance(context, dict)
    assert all(isinstance(value, str) for value in context.values())
