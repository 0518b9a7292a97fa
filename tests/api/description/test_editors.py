"""What editors of other makers ask of an endpoint, so that they complete from it without set-up.

The patterns are those that SIB's sparql-editor and sparql-llm ask with; the variables are ours.
"""

from __future__ import annotations

import pytest
import rdflib
from flask.testing import FlaskClient

from kb.namespaces import LG, PREFIXES
from kb.queries import questions
from tests.api.things.reading import graph_of

PREFIX_QUERY = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?short ?long WHERE { [] sh:namespace ?long ; sh:prefix ?short } ORDER BY ?short
"""
EXAMPLE_QUERY = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?example ?told ?text WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?told ; sh:select|sh:ask|sh:construct|sh:describe ?text
} ORDER BY ?example
"""
SHAPE_QUERY = """
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?of ?name ?to ?datatype WHERE {
  { ?part void:class ?of ; void:propertyPartition ?inner . ?inner void:property ?name .
    OPTIONAL {
      { ?inner void:classPartition [ void:class ?to ] }
      UNION { ?inner ext:datatypePartition [ ext:datatype ?datatype ] }
    }
  } UNION {
    ?links void:subjectsTarget [ void:class ?of ] ; void:linkPredicate ?name ;
      void:objectsTarget [ void:class ?to ]
  }
}
"""


def ask(asker: FlaskClient, query: str) -> list[dict[str, str]]:
    """Ask as a browser's script does, with a parameter that means nothing here."""
    response = asker.get(
        "/sparql",
        query_string={"ac": "1", "query": query},
        headers={"Accept": "application/sparql-results+json", "Origin": "https://editor.example"},
    )
    assert response.status_code == 200, response.data
    rows = response.get_json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]


def test_the_prefixes_are_found(asker: FlaskClient) -> None:
    assert {row["short"]: row["long"] for row in ask(asker, PREFIX_QUERY)} == PREFIXES


def test_each_question_is_found_as_an_example_in_plain_words(asker: FlaskClient) -> None:
    found = {row["example"].rpartition("/")[2]: row["told"] for row in ask(asker, EXAMPLE_QUERY)}
    assert found == {name: question.question for name, question in questions().items()}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_example_runs_as_it_stands(asker: FlaskClient, method: str) -> None:
    for row in ask(asker, EXAMPLE_QUERY):
        sent = {"query_string" if method == "GET" else "data": {"query": row["text"]}}
        response = asker.open("/sparql", method=method, headers={"Accept": "text/csv"}, **sent)  # type: ignore[arg-type]
        assert response.status_code == 200, (row["example"], response.data)
        columns = response.get_data(as_text=True).partition("\r\n")[0].split(",")
        name = row["example"].rpartition("/")[2]
        assert columns == [column.name for column in questions()[name].columns]


def test_classes_have_their_properties_and_those_their_values(asker: FlaskClient) -> None:
    found = {
        (row["of"], row["name"], row.get("to") or row.get("datatype")) for row in ask(asker, SHAPE_QUERY)
    }
    assert (LG + "Visit", LG + "visitor", LG + "Person") in found or any(
        of == LG + "Visit" and name == LG + "visitor" for of, name, _ in found
    )
    assert (LG + "Person", PREFIXES["rdfs"] + "label", PREFIXES["rdf"] + "langString") in found
    assert not [of for of, name, _ in found if of == LG + "Call" and name == LG + "visitor"]


def test_the_same_stands_in_the_service_description_for_those_that_look_there(asker: FlaskClient) -> None:
    said = graph_of(asker.get("/sparql", headers={"Accept": "text/turtle"}))
    assert len(said.query(PREFIX_QUERY)) == len(PREFIXES)
    assert len(said.query(EXAMPLE_QUERY)) == len(questions())
    assert len(said.query(SHAPE_QUERY)) > 20
    targets = set(said.objects(None, rdflib.URIRef("https://schema.org/target")))
    assert targets == {rdflib.URIRef("http://localhost/sparql")}


def test_the_examples_stand_in_a_document_of_their_own(asker: FlaskClient) -> None:
    said = graph_of(asker.get("/.well-known/sparql-examples", headers={"Accept": "application/ld+json"}))
    assert len(said.query(EXAMPLE_QUERY)) == len(questions())
