"""The one form in which every Turtle file of the project stands: the same triples, the same bytes.

rdflib's long Turtle, made total: subjects by IRI (the ontology's own header first), objects by kind, language
and spelling, blank nodes by canonical label, only the prefixes of kb.namespaces, no spelling of a literal
changed. Comments are no triples and would be lost, so a file with comments is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
from rdflib.term import Node

from kb.errors import BadReference
from kb.namespaces import PREFIXES, shorten

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?", re.ASCII)
"""Local names that need no escape; any other IRI is written in full."""

_PLAIN: Final[Mapping[URIRef, re.Pattern[str]]] = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile(r"true|false"),
}
"""Spellings that Turtle reads back as they stand, without quotes."""

_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' + r"'''(?:\\.|[^\\])*?'''|" + r'"(?:\\.|[^"\\\n])*"|' + r"'(?:\\.|[^'\\\n])*'|"
    r"<[^<>\s]*>|\\.|(?P<comment>#[^\n]*)",
    re.DOTALL,
)


def canonical_turtle(graph: Graph) -> str:
    """Return a graph as Turtle whose bytes depend on nothing but its triples.

    Raises BadReference for a predicate outside the prefix table of kb.namespaces.
    """
    for predicate in set(graph.predicates()):
        if _short(str(predicate)) is None:
            raise BadReference(
                f"the predicate <{predicate}> has no prefix",
                place="kb/namespaces.py",
                repair="Add its prefix to the table",
            )
    buffer = BytesIO()
    _Writer(_with_stable_blanks(graph)).serialize(buffer)  # type: ignore[no-untyped-call]
    return buffer.getvalue().decode()


def canonical_triples(triples: Iterable[ox.Triple]) -> str:
    """Return triples as Turtle in canonical form.

    Raises BadReference for a predicate outside the prefix table of kb.namespaces.
    """
    return canonical_turtle(_graph_of(ox.Quad(*triple) for triple in triples))


def canonical_text(text: str, place: str) -> str:
    """Return Turtle text in canonical form; ``place`` is named in errors.

    Raises BadReference for text that is not Turtle, or that holds a comment, which would be lost.
    """
    comment = next((token for token in _TOKEN.finditer(text) if token["comment"]), None)
    if comment is not None:
        raise BadReference(
            "a comment would be lost",
            place=f"{place}:{text.count(chr(10), 0, comment.start()) + 1}",
            repair="Say it as a triple (rdfs:comment, dct:license) or in the folder's README",
        )
    return canonical_turtle(_parse(text, place))


def format_file(path: Path) -> bool:
    """Write a Turtle file in canonical form and say whether that changed it.

    Raises BadReference as canonical_text does; the file then stays as it was.
    """
    before = _read(path)
    after = canonical_text(before, str(path))
    if before == after:
        return False
    beside = path.with_name(path.name + ".new")
    beside.write_bytes(after.encode())
    os.replace(beside, path)
    return True


def check_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files whose bytes are not those that format_file would write.

    Raises BadReference for a file that is not Turtle, and where there is no file to look at.
    """
    chosen = list(paths)
    if not chosen:
        raise BadReference("no Turtle file to check", repair="Name at least one file")
    return [path for path in chosen if path.read_bytes() != _canonical_bytes(path)]


def _canonical_bytes(path: Path) -> bytes:
    return canonical_turtle(_parse(_read(path), str(path))).encode()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise BadReference(
            f"not UTF-8 at byte {error.start}", place=str(path), repair="Save the file as UTF-8"
        ) from error


def _parse(text: str, place: str) -> Graph:
    """Read Turtle with every literal spelt as it stands (rdflib's own parser would normalise some)."""
    try:
        return _graph_of(ox.parse(text, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise BadReference(f"not Turtle: {error}", place=place, repair="Repair the file") from error


def _graph_of(quads: Iterable[ox.Quad]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((_node(quad.subject), URIRef(quad.predicate.value), _node(quad.object)))
    return graph


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> URIRef | BNode | Literal:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.BlankNode():
            return BNode(term.value)
        case ox.Literal():
            if term.language:
                return Literal(term.value, lang=term.language)
            return Literal(term.value, datatype=_datatype(term), normalize=False)
    raise BadReference("a quoted triple", place=str(term), repair="State it with a node of its own")


def _datatype(term: ox.Literal) -> URIRef | None:
    name = URIRef(term.datatype.value)
    return None if name == XSD.string else name


def _with_stable_blanks(graph: Graph) -> Graph:
    """Label blank nodes by RDFC-1.0 (rdflib's own canonical graph gives equal lists different labels)."""
    if not any(isinstance(node, BNode) for node in graph.all_nodes()):
        return graph
    dataset = ox.Dataset(ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return _graph_of(dataset)


def _short(iri: str) -> tuple[str, str] | None:
    """Return prefix and local name, where the table has one and the local name needs no escape."""
    prefix, colon, local = (shorten(iri) or "").partition(":")
    return (prefix, local) if colon and _LOCAL.fullmatch(local) else None


def _key(node: Node) -> tuple[int, str, str, str]:
    """Order terms totally: IRIs, then literals by language, datatype and spelling, then blank nodes."""
    if isinstance(node, Literal):
        return 1, node.language or "", str(node.datatype or ""), str(node)
    return (2 if isinstance(node, BNode) else 0), str(node), "", ""


class _Writer(LongTurtleSerializer):
    """rdflib's long Turtle with a total order, our prefixes, and literals spelt as they stand."""

    def orderSubjects(self) -> list[Node]:
        """Order them: the ontology's header, IRIs, blank nodes that stand alone, those that others nest."""
        headers = set(self.store.subjects(RDF.type, OWL.Ontology))
        return sorted(
            self._subjects,
            key=lambda node: (
                node not in headers,
                isinstance(node, BNode) and self._references[node] > 0,
                _key(node),
            ),
        )

    def sortProperties(self, properties: Mapping[Node, list[Node]]) -> list[Node]:
        for objects in properties.values():
            objects.sort(key=_key)
        return sorted(properties, key=lambda name: (name != RDF.type, name != RDFS.label, str(name)))

    def get_pname(self, uri: Node, gen_prefix: bool = True) -> str | None:
        short = _short(str(uri)) if isinstance(uri, URIRef) else None
        if short is None:
            return None
        self.addNamespace(short[0], URIRef(PREFIXES[short[0]]))  # type: ignore[no-untyped-call]
        return ":".join(short)

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal):
            plain = _PLAIN.get(node.datatype) if node.datatype else None
            if plain and plain.fullmatch(str(node)):
                return str(node)
            return str(node._literal_n3(use_plain=False, qname_callback=self.get_pname))
        return str(super().label(node, position))  # type: ignore[no-untyped-call]
