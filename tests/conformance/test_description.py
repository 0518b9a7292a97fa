"""The shapes of a service description let through what the vocabulary allows, and see each kind of fault."""

from __future__ import annotations

import pytest
from rdflib import Graph

from tests.conformance.description import outside_the_schema

GOOD = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
[] a sd:Service ; sd:endpoint <http://example.org/sparql> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:EmptyGraphs , <http://example.org/feature> ;
    sd:resultFormat <http://www.w3.org/ns/formats/Turtle> ;
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
    sd:availableGraphs [ a sd:GraphCollection ; sd:namedGraph [ a sd:NamedGraph ; sd:name <urn:x:g> ] ] ;
    sd:defaultDataset [ a sd:Dataset ;
        sd:defaultGraph [ a sd:Graph , void:Dataset ; void:triples 12 ] ;
        sd:namedGraph [ a sd:NamedGraph ; sd:name <urn:x:g> ; sd:graph [ a sd:Graph ] ] ] .
"""


def test_a_full_description_is_in_the_schema() -> None:
    assert outside_the_schema(Graph().parse(data=GOOD)) == ""


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("[] a sd:Service ;", "[]"),
        ("sd:endpoint <http://example.org/sparql>", 'sd:endpoint "http://example.org/sparql"'),
        ("sd:endpoint <http://example.org/sparql> ;", ""),
        ("sd:SPARQL11Query", "sd:SPARQL12Query"),
        ("sd:SPARQL11Query", "sd:EmptyGraphs"),
        ("sd:EmptyGraphs", "sd:SPARQL11Query"),
        ("sd:resultFormat <http://www.w3.org/ns/formats/Turtle>", 'sd:resultFormat "text/turtle"'),
        ("entailment/Simple>", "entailment/Simple> , <http://www.w3.org/ns/entailment/RDF>"),
        ("a sd:GraphCollection ;", ""),
        ("a sd:NamedGraph ;", ""),
        ("sd:name <urn:x:g> ;", ""),
        ("sd:name <urn:x:g> ;", 'sd:name "urn:x:g" ;'),
        ("sd:name <urn:x:g> ;", "sd:name <urn:x:g> , <urn:x:h> ;"),
        ("a sd:Dataset ;", ""),
        ("a sd:Graph , void:Dataset", "a void:Dataset"),
        ("[ a sd:Graph ]", '"a graph"'),
        ("sd:defaultDataset", "sd:dataset"),
    ],
)
def test_each_fault_is_seen(right: str, wrong: str) -> None:
    assert right in GOOD
    assert outside_the_schema(Graph().parse(data=GOOD.replace(right, wrong, 1)))
