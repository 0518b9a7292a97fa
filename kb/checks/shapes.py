"""Do records have what they must have? Asked of pySHACL, with the shapes of ontology/shapes."""

from __future__ import annotations

from functools import cache
from typing import Final

import pyoxigraph as ox
from pyshacl import validate
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kb.checks.report import Finding, Report
from kb.errors import BadReference
from kb.namespaces import shorten
from kb.resources import ONTOLOGY, files

NAME: Final = "shapes"


@cache
def shapes() -> Graph:
    """Return all shapes as one graph.

    Raises BadReference where there is none.
    """
    graph = Graph()
    for path in files(ONTOLOGY / "shapes", "*.ttl"):
        graph.parse(path, format="turtle")
    if not set(graph.subjects(RDF.type, SH.NodeShape)):
        raise BadReference(
            "no shape", place=str(ONTOLOGY / "shapes"), repair="Restore the folder from the repository"
        )
    return graph


def check_shapes(data: ox.Store, using: Graph | None = None) -> Report:
    """Return where the default graph of a store breaks a shape.

    Subclasses count by what the store itself says of classes. Raises BadReference where no node of the data
    is a target of any shape.
    """
    used = shapes() if using is None else using
    graph = default_graph(data)
    if not _has_target(graph, used):
        raise BadReference(
            "no thing in the data is of a class that has a shape",
            place="the store",
            repair="Load ontology and reference data: `legation build`",
        )
    _, results, _ = validate(graph, shacl_graph=used, advanced=False, inplace=True)
    assert isinstance(results, Graph)
    findings = {_finding(results, node) for node in results.subjects(RDF.type, SH.ValidationResult)}
    return Report(tuple(sorted(findings, key=lambda each: (each.subject, each.message))), (NAME,))


def default_graph(data: ox.Store) -> Graph:
    """Return the default graph of a store as rdflib's."""
    graph = Graph(bind_namespaces="none")
    for quad in data.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        graph.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
    return graph


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | Literal:
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        name = URIRef(term.datatype.value)
        return Literal(term.value, datatype=None if name == XSD.string else name, normalize=False)
    return URIRef(term.value if isinstance(term, ox.NamedNode) else str(term))


def _has_target(graph: Graph, used: Graph) -> bool:
    return any((None, RDF.type, target) in graph for target in used.objects(None, SH.targetClass))


def _finding(results: Graph, node: Node) -> Finding:
    focus = str(results.value(node, SH.focusNode))
    path = str(results.value(node, SH.resultPath) or "")
    value = results.value(node, SH.value)
    said = str(results.value(node, SH.resultMessage) or "it breaks a shape")
    found = f" (found: {_short(str(value))})" if value is not None and str(value) != focus else ""
    return Finding(
        NAME, _short(focus), f"{_short(path)}: {said}{found}" if path else said, "Correct the statement"
    )


def _short(iri: str) -> str:
    return shorten(iri) or iri
