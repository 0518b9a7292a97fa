"""Tiny helpers that build RDF terms (pyoxigraph's), so that no room spells a datatype twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from kb.namespaces import BASE, LG, PREFIXES, expand

__all__ = [
    "RDFS_LABEL",
    "RDF_TYPE",
    "Triple",
    "code",
    "day",
    "decimal",
    "graph",
    "integer",
    "iri",
    "lg",
    "local",
    "state",
    "text",
    "truth",
]

_XSD = PREFIXES["xsd"]
_DATE = NamedNode(_XSD + "date")
_INTEGER = NamedNode(_XSD + "integer")
_DECIMAL = NamedNode(_XSD + "decimal")
_BOOLEAN = NamedNode(_XSD + "boolean")

RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
RDFS_LABEL = NamedNode(PREFIXES["rdfs"] + "label")


@lru_cache(maxsize=65_536)
def iri(name: str) -> NamedNode:
    """Return the node of a full IRI or of a CURIE such as ``state:PRK``.

    Raises KeyError for a CURIE whose prefix is not in the table, ValueError for a malformed IRI.
    """
    return NamedNode(name if "://" in name else expand(name))


@lru_cache(maxsize=1024)
def lg(name: str) -> NamedNode:
    """Return a term of Legation's vocabulary: ``lg("visitor")``."""
    return NamedNode(LG + name)


def graph(name: str) -> NamedNode:
    """Return the name of one of the store's graphs: ``graph("facts")``."""
    return NamedNode(PREFIXES["g"] + name)


def state(alpha3: str) -> NamedNode:
    """Return the state of an ISO 3166-1 alpha-3 code."""
    return NamedNode(f"{BASE}state/{alpha3}")


def local(node: NamedNode) -> str:
    """Return what follows the last slash or hash of an IRI: "RUS" of ``state:RUS``."""
    return node.value.replace("#", "/").rpartition("/")[2]


def code(node: NamedNode) -> str | None:
    """Return the alpha-3 code of a state's IRI, None for anything else."""
    return node.value.removeprefix(f"{BASE}state/") if node.value.startswith(f"{BASE}state/") else None


def text(value: str, lang: str | None = None) -> Literal:
    """Return a string, with a language tag (lower case, as the store keeps it) where one is given."""
    return Literal(value, language=lang.lower()) if lang else Literal(value)


def day(value: date) -> Literal:
    """Return an xsd:date."""
    return Literal(value.isoformat(), datatype=_DATE)


def integer(value: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def decimal(value: float, places: int = 6) -> Literal:
    """Return an xsd:decimal of at most so many decimal places, in the form that the store keeps."""
    number = Decimal(str(round(value, places)))
    whole = format(number, "f")
    return Literal((whole.rstrip("0").rstrip(".") if "." in whole else whole) or "0", datatype=_DECIMAL)


def truth(value: bool) -> Literal:
    """Return an xsd:boolean."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)
