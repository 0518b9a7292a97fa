"""The ontology's modules: headers, the words that the rest of the project uses, and what the core may say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from kb.namespaces import LG, PREFIXES
from kb.records import ClaimType, Modality, Polarity
from kb.resources import ROOT, files, ontology_files

DCT = PREFIXES["dct"]
BEYOND_RL = (
    "Restriction",
    "unionOf",
    "oneOf",
    "complementOf",
    "someValuesFrom",
    "disjointUnionOf",
    "hasSelf",
)
"""What the core must not use: OWL 2 RL allows most of it only on the left of a subclass axiom."""


def module(path: Path) -> Graph:
    return Graph().parse(path)


def whole() -> Graph:
    """Return all modules as one graph."""
    graph = Graph()
    for path in ontology_files():
        graph.parse(path)
    return graph


def below(graph: Graph, top: str) -> set[str]:
    return {
        str(each).removeprefix(LG) for each in graph.transitive_subjects(RDFS.subPropertyOf, URIRef(LG + top))
    }


@pytest.mark.parametrize("path", ontology_files(), ids=lambda path: path.stem)
def test_a_module_has_a_dated_version_a_licence_and_a_title(path: Path) -> None:
    graph = module(path)
    (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
    version = str(graph.value(ontology, OWL.versionIRI))
    assert re.fullmatch(re.escape(str(ontology)) + r"/\d{4}-\d{2}-\d{2}", version)
    assert str(graph.value(ontology, URIRef(DCT + "license"))).startswith(
        "https://creativecommons.org/licenses/by/4.0"
    )
    assert graph.value(ontology, URIRef(DCT + "title"))
    assert str(ontology).endswith("/" + path.stem)


def test_every_import_is_a_module_that_is_there() -> None:
    graph = whole()
    assert set(graph.objects(None, OWL.imports)) <= set(graph.subjects(RDF.type, OWL.Ontology))


def test_the_description_logic_module_imports_all_others() -> None:
    graph = whole()
    dl = URIRef("https://w3id.org/legation/ontology/dl")
    assert set(graph.objects(dl, OWL.imports)) == set(graph.subjects(RDF.type, OWL.Ontology)) - {dl}


@pytest.mark.parametrize(
    "path", [path for path in ontology_files() if path.stem != "dl"], ids=lambda path: path.stem
)
def test_the_core_says_nothing_beyond_the_rl_profile(path: Path) -> None:
    graph = module(path)
    used = {node for triple in graph for node in triple}
    assert not {name for name in BEYOND_RL if OWL[name] in used}


def test_every_type_of_claim_is_a_class() -> None:
    graph = whole()
    assert [kind for kind in ClaimType if (URIRef(LG + kind.value), RDF.type, OWL.Class) not in graph] == []


def test_every_modality_and_polarity_of_the_records_is_defined() -> None:
    graph = whole()
    for kind, values in (("Modality", list(Modality)), ("Polarity", list(Polarity))):
        names = {URIRef(f"{LG}{kind.lower()}{value.value.capitalize()}") for value in values}
        assert set(graph.subjects(RDF.type, URIRef(LG + kind))) == names


def test_what_only_an_event_may_have_is_below_the_properties_that_the_leak_check_watches() -> None:
    watched = below(whole(), "eventProperty") | below(whole(), "eventValue")
    named = """
        visitor traveller party supplier sender shower stater sanctioner host recipient viewer addressee
        target companion item kind agentState counterpartState involvesState hostState atFacility atPlace
        inCountry time earliest latest lifecycle vehicle stage quantity detail visitingState visitingLeaderOf
        inDyad
    """
    assert set(named.split()) <= watched


def test_every_class_of_facility_has_a_noun_by_which_texts_name_it() -> None:
    graph = whole()
    facilities = set(graph.transitive_subjects(RDFS.subClassOf, URIRef(LG + "Facility")))
    nouns = {each for each in facilities if graph.value(each, URIRef(LG + "commonNoun"))}
    assert facilities - nouns == set()
    assert len(facilities) > 20


def used_terms() -> dict[str, str]:
    """Return every term of the vocabulary that code, queries, rules or checks use, with one such file."""
    found: dict[str, str] = {}
    paths = [
        *files(ROOT, "kb/**/*.py"),
        *files(ROOT, "api/**/*.py"),
        *files(ROOT, "queries/*.rq"),
        *files(ROOT, "ontology/**/*.rq"),
    ]
    for path in paths:
        for name in re.findall(r"""\blg:([A-Za-z]\w*)|\blg\("(\w+)"\)""", path.read_text("utf-8")):
            found["".join(name)] = str(path.relative_to(ROOT))
    return found


def test_every_term_that_the_project_uses_is_defined() -> None:
    defined: set[Node] = set(whole().subjects(RDFS.isDefinedBy, None))
    used = used_terms()
    assert {name: path for name, path in used.items() if URIRef(LG + name) not in defined} == {}
    assert len(used) > 80


def test_no_two_classes_have_one_english_label() -> None:
    graph = whole()
    labels: dict[Literal, list[Node]] = {}
    for each in graph.subjects(RDF.type, OWL.Class):
        for label in graph.objects(each, RDFS.label):
            if isinstance(label, Literal) and label.language == "en":
                labels.setdefault(label, []).append(each)
    assert {str(label): those for label, those in labels.items() if len(those) > 1} == {}
