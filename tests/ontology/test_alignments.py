"""Alignments name terms that exist on both sides, and nothing that reasons or answers ever loads them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib import Graph, URIRef
from rdflib import namespace as shipped
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from kb.checks.logic import theory
from kb.checks.shapes import shapes
from kb.namespaces import LG, PREFIXES
from kb.reference import load, triples
from kb.resources import ROOT, alignment_files, ontology_files, turtle_files

RELATIONS = (
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
    *(RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty),
)
CLOSED = {"schema-org": shipped.SDO, "prov": shipped.PROV, "org": shipped.ORG}
"""Vocabularies that rdflib ships whole."""
LISTED = {
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "web-annotation": "http://www.w3.org/ns/oa#",
    "cco": "https://www.commoncoreontologies.org/",
    "plover": "https://w3id.org/legation/ontology/alignments/plover#",
}
"""Vocabularies whose terms were looked up; tests/ontology/vocabularies says where."""
PARTS = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
VOCABULARIES = Path(__file__).parent / "vocabularies"
VERIFIED = ROOT.parent / "shared" / "qids.tsv"
NAMES = [path.stem for path in alignment_files()]


class Mapping(NamedTuple):
    term: URIRef
    relation: Node
    target: URIRef


@cache
def alignment(name: str) -> Graph:
    return Graph().parse(next(path for path in alignment_files() if path.stem == name))


@cache
def ontology() -> Graph:
    graph = Graph()
    for path in ontology_files():
        graph.parse(path)
    return graph


def mappings(graph: Graph) -> Iterator[Mapping]:
    for relation in RELATIONS:
        for term, target in graph.subject_objects(relation):
            assert isinstance(term, URIRef) and isinstance(target, URIRef)
            yield Mapping(term, relation, target)


def exists(name: str, target: str) -> bool:
    """Tell whether a partner vocabulary has a term, by the best copy that tests have at hand."""
    if name in CLOSED:
        return URIRef(target) in set(dir(CLOSED[name]))
    if name == "wikidata":
        return target.startswith(PREFIXES["wd"]) and target.removeprefix(PREFIXES["wd"])[:1] in "PQ"
    lines = (VOCABULARIES / f"{name}.txt").read_text("utf-8").splitlines()
    known = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    return target.startswith(LISTED[name]) and target.removeprefix(LISTED[name]) in known


def unknown(name: str, graph: Graph) -> list[str]:
    return [str(each.target) for each in mappings(graph) if not exists(name, each.target)]


def test_there_is_one_alignment_for_each_partner() -> None:
    assert set(NAMES) == {*CLOSED, *LISTED, "wikidata"}


@pytest.mark.parametrize("name", NAMES)
def test_an_alignment_says_where_its_partner_was_looked_up(name: str) -> None:
    graph = alignment(name)
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(header).endswith(f"/ontology/alignments/{name}")
    for told in ("title", "description", "license", "source"):
        assert graph.value(header, URIRef(PREFIXES["dct"] + told))


@pytest.mark.parametrize("name", NAMES)
def test_an_alignment_names_terms_that_we_define(name: str) -> None:
    defined = set(ontology().subjects(RDFS.isDefinedBy))
    found = list(mappings(alignment(name)))
    assert [each for each in found if each.term not in defined] == []
    assert len(found) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_an_alignment_names_terms_that_its_partner_has(name: str) -> None:
    assert unknown(name, alignment(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_misspelt_partner_term_is_noticed(name: str) -> None:
    wrong = next(mappings(alignment(name))).target + "x"
    target = URIRef(PREFIXES["wd"] + "L1" if name == "wikidata" else wrong)
    graph = Graph().add((URIRef(LG + "Visit"), SKOS.closeMatch, target))
    assert unknown(name, graph) == [str(target)]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("cco", "plover")])
def test_a_property_goes_to_a_property_and_nothing_else_does(name: str) -> None:
    properties = {
        each
        for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
        for each in ontology().subjects(RDF.type, kind)
    }
    for each in mappings(alignment(name)):
        local = re.split("[/#]", each.target)[-1]
        there = local.startswith("P") if name == "wikidata" else local[0].islower()
        assert there == (each.term in properties), each


@pytest.mark.parametrize("name", NAMES)
def test_a_comment_belongs_to_a_mapping_that_is_there(name: str) -> None:
    graph = alignment(name)
    for axiom in graph.subjects(RDF.type, OWL.Axiom):
        said = [graph.value(axiom, part) for part in PARTS]
        assert said in [list(each) for each in mappings(graph)]
        assert graph.value(axiom, RDFS.comment)


@pytest.mark.parametrize("name", ["cco", "wikidata"])
def test_a_partner_whose_names_are_numbers_says_what_they_stand_for(name: str) -> None:
    graph = alignment(name)
    assert [each for each in mappings(graph) if not graph.value(each.target, RDFS.label)] == []


@pytest.mark.shared
@pytest.mark.skipif(not VERIFIED.exists(), reason="needs ../shared: the table of verified identifiers")
def test_every_identifier_of_wikidata_is_a_verified_one() -> None:
    with VERIFIED.open(encoding="utf-8") as file:
        verified = {row[0]: row[1] for row in csv.reader(file, delimiter="\t")}
    graph = alignment("wikidata")
    for each in mappings(graph):
        label = str(graph.value(each.target, RDFS.label))
        assert verified[each.target.removeprefix(PREFIXES["wd"])] == label


@pytest.mark.parametrize(
    ("term", "category", "words"), [("Visit", "AGREE", "planned"), ("Exercise", "MOBILIZE", "one state")]
)
def test_plover_is_aligned_with_its_traps(term: str, category: str, words: str) -> None:
    graph, target = alignment("plover"), URIRef(LISTED["plover"] + category)
    assert (URIRef(LG + term), SKOS.relatedMatch, target) in graph
    comments = [
        str(graph.value(axiom, RDFS.comment))
        for axiom in graph.subjects(OWL.annotatedTarget, target)
        if (axiom, OWL.annotatedSource, URIRef(LG + term)) in graph
    ]
    assert [comment for comment in comments if words in comment]


def test_nothing_that_answers_or_judges_loads_an_alignment() -> None:
    assert not {path.stem for path in ontology_files()} & set(NAMES)
    # Our own data name Web Annotation and Wikidata on their own account.
    partners = [name for name in NAMES if name not in ("web-annotation", "wikidata")]
    targets = {str(each.target) for name in partners for each in mappings(alignment(name))}
    loaded = {str(getattr(node, "value", node)) for triple in triples() for node in triple}
    judged = "\n".join(theory(load()).lines())
    shaped = {str(node) for triple in shapes() for node in triple}
    assert targets & loaded == targets & shaped == set()
    assert [target for target in targets if f"<{target}>" in judged] == []
    asserted = {(str(s), str(p), str(o)) for name in NAMES for s, p, o in mappings(alignment(name))}
    said = {tuple(str(getattr(node, "value", node)) for node in triple) for triple in triples()}
    assert asserted & said == set()


def test_alignments_are_kept_in_canonical_form() -> None:
    assert set(alignment_files()) <= set(turtle_files())
