"""The vocabulary as pages show it, read once from the ontology's modules and alignments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from api.vocabulary.matches import Match, matches
from kb.namespaces import BASE, LG, expand, shorten
from kb.queries import questions
from kb.reference import GENID, ontology_triples
from kb.resources import QUERIES

KINDS: Final = ("class", "object", "datatype", "annotation", "individual")
"""What a term may be, in the order in which pages list them."""
_TYPES: Final = {
    "owl:Class": "class",
    "owl:ObjectProperty": "object",
    "owl:DatatypeProperty": "datatype",
    "owl:AnnotationProperty": "annotation",
}
_MODULES: Final = BASE + "ontology/"
_TERM: Final = re.compile(r"\blg:([A-Za-z]\w*)")

Texts = Mapping[str, str]
"""From a language to a text."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary; other terms and datatypes are given by their IRIs."""

    iri: str
    name: str
    """Local name: "visitor"."""
    kind: str
    """One of KINDS."""
    module: str
    labels: Texts
    definition: str
    notes: tuple[str, ...]
    nouns: tuple[str, ...]
    traits: tuple[str, ...]
    """Local names of the OWL classes that say how a property behaves: "FunctionalProperty"."""
    links: Mapping[str, tuple[str, ...]]
    """From "kind-of", "kinds", "is-a", "members", "domain", "range", "said-of" and "taken-by" to IRIs."""
    matches: tuple[Match, ...]
    questions: tuple[str, ...]
    """Names of the questions whose query names the term."""


@cache
def terms() -> Mapping[str, Term]:
    """Return every term of the vocabulary by its local name, in alphabetical order."""
    store = _ontology()
    subjects = (quad.subject for quad in store.quads_for_pattern(None, _node("rdfs:isDefinedBy"), None))
    defined = {subject.value for subject in subjects if isinstance(subject, NamedNode)}
    found = {iri.removeprefix(LG): iri for iri in defined if iri.startswith(LG)}
    asked, matched = _asked(), matches()
    return MappingProxyType(
        {
            name: _term(store, found[name], matched.get(found[name], ()), tuple(asked.get(name, ())))
            for name in sorted(found, key=lambda name: (name.casefold(), name))
        }
    )


@cache
def modules() -> Mapping[str, Texts]:
    """Return the titles of the modules that define terms, in each language, by the modules' short names."""
    store = _ontology()
    used = sorted({term.module for term in terms().values()})
    titles = {name: _texts(store, _MODULES + name, "dct:title") for name in used}
    return {
        name: {lang: text.removeprefix("Legation: ") for lang, text in each.items()}
        for name, each in titles.items()
    }


def triples_of(name: str) -> list[Triple]:
    """Return what the ontology's modules say of a term, and the nameless parts of its axioms."""
    store = _ontology()
    found: list[Triple] = []
    waiting, seen = [NamedNode(LG + name)], set[NamedNode]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for quad in store.quads_for_pattern(node, None, None, DefaultGraph()):
            found.append(quad.triple)
            part = quad.object
            if isinstance(part, NamedNode) and part.value.startswith(GENID) and part not in seen:
                waiting.append(part)
    return found


@cache
def _ontology() -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in ontology_triples())
    return store


def _node(curie: str) -> NamedNode:
    return NamedNode(expand(curie))


def _term(store: Store, iri: str, matches: tuple[Match, ...], asked: tuple[str, ...]) -> Term:
    types = _objects(store, iri, "rdf:type")
    kinds = [_TYPES[short] for short in map(shorten, types) if short in _TYPES]
    kind = kinds[0] if kinds else "individual"
    parent = "rdfs:subClassOf" if kind == "class" else "rdfs:subPropertyOf"
    links = {
        "kind-of": _objects(store, iri, parent),
        "kinds": _subjects(store, parent, iri),
        "is-a": [each for each in types if each.startswith(LG)],
        "members": _subjects(store, "rdf:type", iri) if kind == "class" else [],
        "domain": _objects(store, iri, "rdfs:domain"),
        "range": _objects(store, iri, "rdfs:range"),
        "said-of": _subjects(store, "rdfs:domain", iri),
        "taken-by": _subjects(store, "rdfs:range", iri),
    }
    return Term(
        iri=iri,
        name=iri.removeprefix(LG),
        kind=kind,
        module=_objects(store, iri, "rdfs:isDefinedBy")[0].removeprefix(_MODULES),
        labels=_texts(store, iri, "rdfs:label"),
        definition=_texts(store, iri, "skos:definition").get("en", ""),
        notes=tuple(_values(store, iri, "skos:scopeNote")),
        nouns=tuple(_values(store, iri, "lg:commonNoun")),
        traits=tuple(
            each.rpartition("#")[2]
            for each in types
            if each.endswith("Property") and shorten(each) not in _TYPES
        ),
        links={name: tuple(iris) for name, iris in links.items() if iris},
        matches=matches,
        questions=asked,
    )


def _objects(store: Store, iri: str, property_: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(iri), _node(property_), None)
    found = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
    return sorted(each for each in found if not each.startswith(GENID))


def _subjects(store: Store, property_: str, iri: str) -> list[str]:
    quads = store.quads_for_pattern(None, _node(property_), NamedNode(iri))
    found = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return sorted(each for each in found if each.startswith(LG))


def _values(store: Store, iri: str, property_: str) -> list[str]:
    quads = store.quads_for_pattern(NamedNode(iri), _node(property_), None)
    return sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))


def _texts(store: Store, iri: str, property_: str) -> Texts:
    quads = store.quads_for_pattern(NamedNode(iri), _node(property_), None)
    literals = [quad.object for quad in quads if isinstance(quad.object, Literal)]
    return {each.language or "en": each.value for each in literals}


def _asked() -> Mapping[str, list[str]]:
    """Return for each term the questions whose query names it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in questions():
        lines = (QUERIES / f"{name}.rq").read_text("utf-8").splitlines()
        query = "\n".join(line for line in lines if not line.startswith("#"))
        for term in sorted(set(_TERM.findall(query))):
            found[term].append(name)
    return found
