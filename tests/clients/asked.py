"""What every client asks of the toy base, and what is right."""

from __future__ import annotations

from typing import Final

from rdflib import RDFS, Literal, URIRef

ADA: Final = URIRef("https://w3id.org/legation/person/ada-moor")
REFERENCE: Final = URIRef("https://w3id.org/legation/graph/reference")
NAME: Final = Literal("Ada Moor", lang="en")

LABEL: Final = f"SELECT ?label WHERE {{ <{ADA}> <{RDFS.label}> ?label }}"
KNOWN: Final = f"ASK {{ <{ADA}> <{RDFS.label}> ?label }}"
ABOUT: Final = f"CONSTRUCT WHERE {{ <{ADA}> ?p ?o }}"
DESCRIBED: Final = f"DESCRIBE <{ADA}>"
MALFORMED: Final = "SELECT ?label WHERE {"
