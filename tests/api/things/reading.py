"""Read what a document says, whatever its form."""

from __future__ import annotations

import re

import rdflib
from rdflib.compare import to_isomorphic
from werkzeug.test import TestResponse

_PARSERS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def graph_of(response: TestResponse) -> rdflib.Graph:
    """Return the triples of an answer, read by another library than the one that wrote them."""
    return rdflib.Graph().parse(data=response.data, format=_PARSERS[response.mimetype or ""])


def same(one: rdflib.Graph, other: rdflib.Graph) -> bool:
    return bool(to_isomorphic(one) == to_isomorphic(other))


def links(response: TestResponse) -> set[tuple[str, str, str]]:
    """Return the header Link as (relation, address, media type)."""
    text = ", ".join(response.headers.getlist("Link"))
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', text)
    return {(relation, address, media_type) for address, relation, media_type in found}
