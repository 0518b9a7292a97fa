"""Results of queries, read from the forms that the W3C defines, into one record that can be compared.

The readers are written against the recommendations and are strict: what is not in its form is an error. They
share no code with what writes results in a service.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from tests.conformance.terms import Term, same_cell

_SRX: Final = "{http://www.w3.org/2005/sparql-results#}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
TURTLE: Final = "text/turtle"

GRAPH_FORMATS: Final = {
    TURTLE: RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/trig": RdfFormat.TRIG,
}


class Unreadable(Exception):
    """A body that is not in the form that it is said to be in."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A result of SELECT: each row has one cell for each variable, None where it is unbound.

    In CSV no cell tells its type: each is a plain literal, a blank node, or None.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Quads:
    """A graph, or a whole data set."""

    quads: frozenset[Quad]


Answer = bool | Rows | Quads


def read(body: bytes, media_type: str, base: str) -> Answer:
    """Return the result that a body holds.

    Raises Unreadable when it is not in that form.
    """
    try:
        match media_type:
            case "application/sparql-results+json":
                return _json(body)
            case "application/sparql-results+xml":
                return _xml(body)
            case "text/csv":
                return _csv(body)
            case "text/tab-separated-values":
                return _tsv(body)
            case _ if media_type in GRAPH_FORMATS:
                return graph_or_rows(graph(body, media_type, base))
    except (ValueError, KeyError, TypeError, SyntaxError, csv.Error) as error:
        raise Unreadable(f"{media_type}: {error!r}") from error
    raise Unreadable(f"{media_type or 'no media type'} is no form of a result")


def graph(body: bytes, media_type: str, base: str) -> frozenset[Quad]:
    """Return the quads of a body; raises SyntaxError."""
    found = parse(body, GRAPH_FORMATS[media_type], base_iri=base, rename_blank_nodes=True)
    return frozenset(
        Quad(item.subject, item.predicate, item.object, getattr(item, "graph_name", DefaultGraph()))
        for item in found
    )


def _table(variables: Iterable[str], rows: Iterable[Mapping[str, Term]]) -> Rows:
    names = tuple(variables)
    if len(set(names)) != len(names):
        raise ValueError(f"a variable comes twice among {names}")
    found = []
    for row in rows:
        if stray := set(row) - set(names):
            raise ValueError(f"a row binds what the head does not name: {stray}")
        found.append(tuple(row.get(name) for name in names))
    return Rows(names, tuple(found))


def _json(body: bytes) -> bool | Rows:
    found = json.loads(body.decode("utf-8"))
    if "boolean" in found:
        if not isinstance(found["boolean"], bool):
            raise ValueError(f"boolean is {found['boolean']!r}")
        return bool(found["boolean"])
    bindings = found["results"]["bindings"]
    rows = ({name: _json_term(term) for name, term in row.items()} for row in bindings)
    return _table(found["head"]["vars"], rows)


def _json_term(term: Mapping[str, str]) -> Term:
    match term["type"]:
        case "uri":
            return NamedNode(term["value"])
        case "bnode":
            return BlankNode(term["value"])
        case "literal":
            return _literal(term["value"], term.get("datatype"), term.get("xml:lang"))
    raise ValueError(f"no such type of term: {term['type']}")


def _literal(value: str, datatype: str | None, language: str | None) -> Literal:
    if language is not None:
        return Literal(value, language=language)
    return Literal(value, datatype=None if datatype is None else NamedNode(datatype))


def _xml(body: bytes) -> bool | Rows:
    root = ElementTree.fromstring(body)
    if root.tag != f"{_SRX}sparql":
        raise ValueError(f"the root is {root.tag}")
    truth = root.findtext(f"{_SRX}boolean")
    if truth is not None:
        return {"true": True, "false": False}[truth.strip()]
    variables = [node.attrib["name"] for node in root.iterfind(f"{_SRX}head/{_SRX}variable")]
    results = root.find(f"{_SRX}results")
    if results is None:
        raise ValueError("neither results nor a boolean")
    return _table(
        variables,
        (
            {node.attrib["name"]: _xml_term(node[0]) for node in row.iterfind(f"{_SRX}binding")}
            for row in results.iterfind(f"{_SRX}result")
        ),
    )


def _xml_term(node: ElementTree.Element) -> Term:
    value = node.text or ""
    match node.tag.removeprefix(_SRX):
        case "uri":
            return NamedNode(value.strip())
        case "bnode":
            return BlankNode(value.strip())
        case "literal":
            return _literal(value, node.get("datatype"), node.get(_LANG))
    raise ValueError(f"no such term: {node.tag}")


def _csv(body: bytes) -> Rows:
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True)
    return _cells(head, ([_csv_term(cell) for cell in row] for row in rows))


def _csv_term(cell: str) -> Term | None:
    if not cell:
        return None
    return BlankNode(cell.removeprefix("_:")) if cell.startswith("_:") else Literal(same_cell(cell))


def _tsv(body: bytes) -> Rows:
    head, *rows = [line.removesuffix("\r") for line in body.decode("utf-8").removesuffix("\n").split("\n")]
    names = head.split("\t") if head else []
    if not all(name.startswith("?") for name in names):
        raise ValueError(f"the head of TSV is {head!r}")
    cells = ([_tsv_term(cell) for cell in row.split("\t")] for row in rows)
    return _cells([name[1:] for name in names], cells)


def _tsv_term(cell: str) -> Term | None:
    if not cell:
        return None
    if named := re.fullmatch(r"_:(.+)", cell):  # the label must last from cell to cell
        return BlankNode(named[1])
    (found,) = parse(f"<urn:x:s> <urn:x:p> {cell} .", RdfFormat.TURTLE)
    term: Term = found.object
    return term


def _cells(head: list[str], rows: Iterable[list[Term | None]]) -> Rows:
    found = list(rows)
    if not head:  # a table without columns has empty lines for rows
        return Rows((), tuple(() for _ in found))
    if wrong := [row for row in found if len(row) != len(head)]:
        raise ValueError(f"a row has not as many cells as the head: {wrong[0]}")
    return Rows(tuple(head), tuple(tuple(row) for row in found))


def graph_or_rows(quads: frozenset[Quad]) -> Answer:
    """Return a graph; where it is a result written as one (an ``rs:ResultSet``), the result."""
    about: dict[object, dict[str, list[Term]]] = {}
    for quad in quads:
        about.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
    sets = [words for words in about.values() if f"{_RS}resultVariable" in words or f"{_RS}boolean" in words]
    if not sets:
        return Quads(quads)
    (words,) = sets
    if truth := words.get(f"{_RS}boolean"):
        return str(truth[0].value) == "true"  # type: ignore[union-attr]
    rows = []
    for solution in words.get(f"{_RS}solution", []):
        row: dict[str, Term] = {}
        for binding in about[solution].get(f"{_RS}binding", []):
            (name,), (value,) = about[binding][f"{_RS}variable"], about[binding][f"{_RS}value"]
            assert isinstance(name, Literal)
            row[name.value] = value
        rows.append(row)
    return _table(sorted(v.value for v in words[f"{_RS}resultVariable"] if isinstance(v, Literal)), rows)
