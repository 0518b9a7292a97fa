"""Tests of the service description: it is there, it is of this service, it is in its schema."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyshacl
from rdflib import Graph, Namespace, URIRef
from rdflib.exceptions import ParserError

from tests.conformance.answers import GRAPH_FORMATS
from tests.conformance.manifest import DescriptionCase
from tests.conformance.subject import Subject
from tests.conformance.wire import Request

_SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
_SCHEMA: Final = Path(__file__).with_name("description.turtle")
_ACCEPT: Final = "text/turtle, application/rdf+xml;q=0.9"


def described(subject: Subject, case: DescriptionCase) -> str:
    """Return what is wrong with the description in the sense of a test, or nothing."""
    address = subject.addresses.query
    response = subject.send(Request("GET", urlsplit(address).path, {"Accept": _ACCEPT}))
    if response.status != 200:
        return f"status {response.status}"
    if response.media_type not in GRAPH_FORMATS:
        return f"{response.media_type or 'no media type'} is not RDF"
    try:
        graph = Graph().parse(data=response.body, format=response.media_type, publicID=address)
    except (ParserError, SyntaxError, ValueError) as error:
        return f"the description cannot be read: {error}"
    match case.iri.rpartition("#")[2]:
        case "returns-rdf":
            return "" if len(graph) else "the description is empty"
        case "has-endpoint-triple":
            found = sorted(map(str, graph.objects(None, _SD.endpoint)))
            return "" if address in found else f"sd:endpoint is {found}, not {address}"
        case "conforms-to-schema":
            return outside_the_schema(graph)
    raise AssertionError(f"{case.iri}: nothing runs such a test")


def outside_the_schema(graph: Graph) -> str:
    """Return what in a description breaks the vocabulary's own rules, or nothing."""
    schema = Graph().parse(_SCHEMA, format="turtle")
    known = {term for triple in schema for term in triple}
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term in _SD}
    if unknown := used - known:
        return f"no such words in the vocabulary: {', '.join(sorted(unknown))}"
    conforms, _, text = pyshacl.validate(graph, shacl_graph=schema)
    return "" if conforms else str(text)
