"""The ontology and the curated reference data, read straight from their Turtle files into memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from kb import resources
from kb.errors import BadReference
from kb.namespaces import BASE
from kb.resources import ontology_files, reference_files
from kb.terms import RDF_TYPE, iri, truth

GENID = BASE + ".well-known/genid/"
"""Where the ontology's list and restriction nodes get their IRIs (RDF 1.1, section 3.5)."""
TOMBSTONE: Final = (
    "rdfs:label",
    "dct:source",
    "skos:note",
    "owl:deprecated",
    "dct:isReplacedBy",
    "lg:retiredOn",
    "lg:retirementReason",
)
"""What stays of an entity that is retired, beside its being an owl:Thing."""
_HELD: Final = frozenset(iri(name) for name in TOMBSTONE)
_DEPRECATED: Final = iri("owl:deprecated")
_THING: Final = iri("owl:Thing")


@cache
def load() -> Store:
    """Return ontology and reference data together, in the default graph of one in-memory store.

    The store is shared: read it, never write to it. Raises BadReference for a missing or malformed file.
    """
    store = Store()
    store.extend(Quad(*triple) for triple in ontology_triples())
    for path in reference_files():
        _fill(store, path)
    for retired in list(store.quads_for_pattern(None, _DEPRECATED, truth(True))):
        for quad in list(store.quads_for_pattern(retired.subject, None, None)):
            if not _is_of_tombstone(quad.triple):
                store.remove(quad)
    return store


def _fill(store: Store, path: Path) -> None:
    """Load one file the fast way, past Python's objects, unless blank nodes in it need their names."""
    content = path.read_bytes()
    if b"[" in content or b"_:" in content:
        store.extend(Quad(*triple) for triple in read_file(path))
        return
    try:
        store.bulk_load(content, format=RdfFormat.TURTLE)
    except SyntaxError as error:
        raise _no_turtle(path, error) from error


def triples() -> list[Triple]:
    """Return the triples of ontology and reference data together.

    Raises BadReference for a missing or malformed file.
    """
    return [*ontology_triples(), *reference_triples()]


@cache
def ontology_triples() -> frozenset[Triple]:
    """Return what graph g:ontology holds: the ontology's modules.

    Raises BadReference for a missing or malformed file.
    """
    return _read(ontology_files())


@cache
def reference_triples() -> frozenset[Triple]:
    """Return what graph g:reference holds: the curated states, persons, places and so on.

    Raises BadReference for a missing or malformed file.
    """
    return in_use(_read(reference_files()))


def in_use(triples: Iterable[Triple]) -> frozenset[Triple]:
    """Return curated triples without what is said of retired entities, save what a tombstone holds.

    So an entity that is retired in one file, such as an operator's own, is known by no name and stands in no
    relation, whatever another file says of it.
    """
    told = frozenset(triples)
    mark = truth(True)
    retired = {one.subject for one in told if one.predicate == _DEPRECATED and one.object == mark}
    if not retired:
        return told
    return frozenset(one for one in told if one.subject not in retired or _is_of_tombstone(one))


def _is_of_tombstone(triple: Triple) -> bool:
    if triple.predicate == RDF_TYPE:
        return triple.object == _THING
    return triple.predicate in _HELD


@cache
def version() -> str:
    """Return the first 16 hex digits of a SHA-256 over the names and bytes of all files read here."""
    digest = hashlib.sha256()
    for path in (*ontology_files(), *reference_files()):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def _read(paths: Iterable[Path]) -> frozenset[Triple]:
    # The store writes some literals in another form ("1"^^xsd:nonNegativeInteger as an integer), and only
    # triples in its own form can be compared with what it gives back.
    store = Store()
    for path in paths:
        store.extend(Quad(*triple) for triple in read_file(path))
    return frozenset(quad.triple for quad in store)


def read_file(path: Path) -> frozenset[Triple]:
    """Return the triples of one Turtle file, with literals as it spells them and no blank node.

    Raises BadReference for a file that is not Turtle.
    """
    try:
        dataset = Dataset(parse(path=path, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise _no_turtle(path, error) from error
    # A blank node gets a new name at each parse, so loading a file twice would double its lists.
    # The canonical name depends on nothing but the file's content.
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    name = path.stem if path.parent in (resources.ONTOLOGY, resources.REFERENCE) else f"own-{path.stem}"
    return frozenset(
        Triple(
            _genid(quad.subject, name) if isinstance(quad.subject, BlankNode) else quad.subject,
            quad.predicate,
            _genid(quad.object, name) if isinstance(quad.object, BlankNode) else quad.object,
        )
        for quad in dataset
    )


def _no_turtle(path: Path, error: SyntaxError) -> BadReference:
    repair = "Repair the file; `legation format` writes it"
    return BadReference(f"not Turtle: {error}", place=str(path), repair=repair)


def _genid(node: BlankNode, file: str) -> NamedNode:
    return NamedNode(f"{GENID}{file}-{node.value}")
