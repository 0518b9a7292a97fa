"""What a base tells of itself in its own graph: prefixes, example queries, and which classes have which
properties. Editors of other makers ask for these in SPARQL and complete from them (docs/linked-data.md).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from typing import Final

from pyoxigraph import Literal, NamedNode

from kb.facts.roles import ROLES
from kb.namespaces import BASE, LG, PREFIXES
from kb.pipeline.partitions import VOID, as_void, declared, links, partitions_of
from kb.queries import questions
from kb.reference import GENID
from kb.store.binding import bind, declare
from kb.terms import RDF_TYPE, Triple, iri, text

PREFIX_LIST: Final = f"{BASE}.well-known/prefixes"
"""What ``sh:prefixes`` of each example names."""
REFERENCE: Final = f"{BASE}.well-known/void#reference"
TEXTS: Final = f"{BASE}.well-known/void#texts"
SCHEMA_ORG: Final = "https://schema.org/"

_ANY_URI: Final = iri("xsd:anyURI")
_DATASETS: Final = {
    REFERENCE: "The curated reference data: states, persons, places, offices, hardware",
    TEXTS: "What texts say: claims and the events that they tell of (classes and properties, not counted)",
}
_TOLD: Final = ("Claim", "Slot", "Article", "Run", "Source")
_ATTESTED: Final = ("supportedBy", "disputedBy", "evidenceLevel", "origins")
_FORM: Final = "1"
"""Goes up when this file writes other triples from the same data."""


def describe(ontology: Iterable[Triple], reference: Iterable[Triple]) -> frozenset[Triple]:
    """Return what graph g:description holds."""
    known = frozenset(ontology)
    told = declared(known, _properties_of_texts(known))
    return frozenset(
        (
            *prefixes(),
            *examples(),
            *(each for dataset, title in _DATASETS.items() for each in _dataset(dataset, title)),
            *as_void(REFERENCE, partitions_of(reference)),
            *as_void(TEXTS, told),
        )
    )


def version() -> str:
    """Return 16 hex digits over what the description is made from, beside ontology and reference data."""
    made_from = [_FORM, repr(sorted(PREFIXES.items()))]
    made_from += [f"{name}\n{each.question}\n{each.sparql}" for name, each in questions().items()]
    return hashlib.sha256("\0".join(made_from).encode()).hexdigest()[:16]


def prefixes() -> Iterator[Triple]:
    """Yield the declarations of all prefixes of the project, as SHACL has them."""
    for prefix, namespace in PREFIXES.items():
        node = NamedNode(f"{GENID}prefix-{prefix}")
        yield Triple(NamedNode(PREFIX_LIST), iri("sh:declare"), node)
        yield Triple(node, iri("sh:prefix"), Literal(prefix))
        yield Triple(node, iri("sh:namespace"), Literal(namespace, datatype=_ANY_URI))


def examples(target: str = "") -> Iterator[Triple]:
    """Yield each shipped question as an example query, with the parameters of its example bound.

    ``target`` is the address of the endpoint that answers them, where it is known.
    """
    for name, question in questions().items():
        node = NamedNode(f"{BASE}questions/{name}")
        yield Triple(node, RDF_TYPE, iri("sh:SPARQLExecutable"))
        yield Triple(node, RDF_TYPE, iri("sh:SPARQLSelectExecutable"))
        yield Triple(node, iri("rdfs:comment"), text(question.question, "en"))
        yield Triple(node, iri("sh:prefixes"), NamedNode(PREFIX_LIST))
        yield Triple(node, iri("sh:select"), Literal(_example(name)))
        if target:
            yield Triple(node, NamedNode(SCHEMA_ORG + "target"), NamedNode(target))


def _example(name: str) -> str:
    question = questions()[name]
    return declare(bind(question.sparql, question.bind(question.example())))


def _dataset(dataset: str, title: str) -> Iterator[Triple]:
    yield Triple(NamedNode(dataset), RDF_TYPE, NamedNode(VOID + "Dataset"))
    yield Triple(NamedNode(dataset), iri("dct:title"), text(title, "en"))


def _properties_of_texts(ontology: frozenset[Triple]) -> Mapping[str, list[str]]:
    """Return the properties of records of texts and of each kind of event, as the ontology has them."""
    found: dict[str, list[str]] = {LG + name: [] for name in _TOLD}
    for name, kind in links(ontology, "rdfs:domain"):
        if kind in found:
            found[kind].append(name)
    roles = {event: {LG + name for name in astuple(each) if name} for event, each in ROLES.items()}
    taken = set[str]().union(*roles.values())
    shared = _below(ontology, {LG + "eventProperty", LG + "eventValue"}) - taken
    shared |= {LG + name for name in _ATTESTED}
    for event, own in roles.items():
        found[LG + event.value] = sorted(shared | own)
    return {kind: sorted(names) for kind, names in found.items()}


def _below(ontology: frozenset[Triple], tops: set[str]) -> set[str]:
    """Return the properties that stand below some others, however far."""
    children: dict[str, set[str]] = defaultdict(set)
    for below, above in links(ontology, "rdfs:subPropertyOf"):
        children[above].add(below)
    found, waiting = set[str](), sorted(tops)
    while waiting:
        for name in sorted(children[waiting.pop()] - found):
            found.add(name)
            waiting.append(name)
    return found
