"""Every term has a name in English, Russian and Korean, in that language's script, and no two share one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from kb.namespaces import LG, PREFIXES
from kb.resources import ontology_files

SCRIPTS = {"en": r"[A-Za-z]", "ru": r"[А-Яа-яЁё]", "ko": r"[\uac00-\ud7a3]"}
"""A label holds letters of its language's script and of no other's."""
LATIN_ANYWHERE = ("GeoNames", "IATA", "ICAO", "ISO", "SHA")
"""Names that Russian and Korean texts leave in Latin letters."""
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

Named = tuple[Node, str, str]
"""A term, a language, a label."""


def whole() -> Graph:
    graph = Graph()
    for path in ontology_files():
        graph.parse(path)
    return graph


def labels(graph: Graph) -> Iterator[Named]:
    for term in set(graph.subjects(RDFS.isDefinedBy)):
        for label in graph.objects(term, RDFS.label):
            assert isinstance(label, Literal)
            yield term, label.language or "", str(label)


def kind(graph: Graph, term: Node) -> str:
    """Return what a term's label must be unique among: classes, properties, or the individuals of a class."""
    types = set(graph.objects(term, RDF.type))
    if types & set(PROPERTIES):
        return "property"
    return "class" if OWL.Class in types else min(str(each) for each in types - {OWL.NamedIndividual})


def lacking(graph: Graph) -> list[tuple[str, list[str]]]:
    """Return each term that has not exactly one label in each language, with the languages that it has."""
    found: dict[Node, list[str]] = {term: [] for term in graph.subjects(RDFS.isDefinedBy)}
    for term, language, _ in labels(graph):
        found[term].append(language)
    return [(str(term), have) for term, have in found.items() if sorted(have) != sorted(SCRIPTS)]


def in_another_script(graph: Graph) -> list[Named]:
    found = []
    for term, language, text in labels(graph):
        bare = re.sub(r"\b(?:" + "|".join(LATIN_ANYWHERE) + r")\b", "", text)
        foreign = [script for other, script in SCRIPTS.items() if other != language]
        if any(re.search(script, bare) for script in foreign) or not re.search(SCRIPTS[language], text):
            found.append((term, language, text))
    return found


def shared(graph: Graph) -> dict[tuple[str, str, str], list[Node]]:
    """Return each label that several terms of one kind have in one language."""
    holders: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
    for term, language, text in labels(graph):
        holders[kind(graph, term), language, text.casefold()].append(term)
    return {label: terms for label, terms in holders.items() if len(terms) > 1}


def test_every_term_has_one_label_in_each_language() -> None:
    assert lacking(whole()) == []


def test_no_label_is_in_another_script() -> None:
    assert in_another_script(whole()) == []


def test_no_two_terms_of_one_kind_share_a_label() -> None:
    assert shared(whole()) == {}


def test_every_module_has_its_title_in_each_language() -> None:
    graph = whole()
    title = URIRef(PREFIXES["dct"] + "title")
    for module in graph.subjects(RDF.type, OWL.Ontology):
        said = [each.language for each in graph.objects(module, title) if isinstance(each, Literal)]
        assert sorted(filter(None, said)) == sorted(SCRIPTS)


def with_one_more(text: str, language: str) -> Graph:
    """Return the ontology with one more label on the property lg:visitor."""
    graph = whole()
    graph.add((URIRef(LG + "visitor"), RDFS.label, Literal(text, lang=language)))
    return graph


def test_a_missing_or_second_label_is_noticed() -> None:
    assert lacking(with_one_more("caller", "en")) != []
    graph = whole()
    graph.remove((URIRef(LG + "visitor"), RDFS.label, Literal("гость", lang="ru")))
    assert [term for term, _ in lacking(graph)] == [LG + "visitor"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("visitor", "ru"), ("гостья", "ko"), ("방문객", "en"), ("гoсть", "ru"), ("2", "ko")],
)
def test_a_label_in_another_script_is_noticed(text: str, language: str) -> None:
    assert [label for _, _, label in in_another_script(with_one_more(text, language))] == [text]


def test_a_label_that_another_property_has_is_noticed() -> None:
    ((_, language, text),) = shared(with_one_more("수도", "ko"))
    assert (language, text) == ("ko", "수도")
