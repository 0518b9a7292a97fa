"""Small helpers that write curated entities into an rdflib graph."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.term import Node

from kb.namespaces import expand


def iri(curie: str) -> URIRef:
    """Return the IRI of a CURIE of the project's prefix table."""
    return URIRef(expand(curie))


def describe(graph: Graph, subject: str, **statements: Iterable[Node]) -> None:
    """Add statements on one subject; ``rdf_type=`` stands for ``rdf:type``, and so on with every prefix.

    Raises KeyError when a prefix is not in the table.
    """
    for name, values in statements.items():
        predicate = iri(name.replace("_", ":", 1))
        for value in values:
            graph.add((iri(subject), predicate, value))


def words(texts: Iterable[str], language: str) -> list[Node]:
    """Return language-tagged literals."""
    return [Literal(text, lang=language) for text in texts]


def integer(number: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(number, datatype=XSD.integer)


def decimal(number: float) -> Literal:
    """Return an xsd:decimal of at most five places, about a metre; no idle zeros, which the store drops."""
    return Literal(f"{number:.5f}".rstrip("0").rstrip("."), datatype=XSD.decimal)


def slug(name: str) -> str:
    """Return a readable local name: lower-case ASCII letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ʻ", "").replace("'", "")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a tab-separated table that stands beside this module."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def several(cell: str) -> list[str]:
    """Return the parts of a cell that a semicolon separates."""
    return [part for part in cell.split(";") if part]
