"""The reference data several times over: each copy has identifiers, names and codes of its own."""

from __future__ import annotations

import pyoxigraph as ox

from kb.namespaces import BASE, PREFIXES
from kb.reference import ontology_triples, reference_triples

_SHARED = tuple(BASE + kind for kind in ("terms/", "ontology/", "graph/", "source/"))
_ITEM = PREFIXES["wd"] + "Q"
_CODE = 3
"""Letters of an ISO 3166 alpha-3 code, which no two states may share."""


def multiplied(at_least: int) -> ox.Store:
    """Return the ontology with as many copies of the reference data as make up so many triples."""
    data = ox.Store()
    data.extend(ox.Quad(*triple) for triple in ontology_triples())
    triples = reference_triples()
    for order in range(-(-at_least // len(triples))):
        data.extend(
            ox.Quad(_copy(subject, order), predicate, _copied_value(value, order))
            for subject, predicate, value in triples
        )
    return data


def _copy(term: ox.NamedNode | ox.BlankNode | ox.Triple, order: int) -> ox.NamedNode:
    assert isinstance(term, ox.NamedNode)
    if term.value.startswith(_ITEM):
        return ox.NamedNode(f"{term.value}{order:03}")
    ours = term.value.startswith(BASE) and not term.value.startswith(_SHARED)
    return ox.NamedNode(f"{term.value}-{order}") if ours else term


def _copied_value(
    term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, order: int
) -> ox.NamedNode | ox.Literal:
    if not isinstance(term, ox.Literal):
        return _copy(term, order)
    if term.language:
        return ox.Literal(f"{term.value} {order}", language=term.language)
    return ox.Literal(term.value + str(order)) if len(term.value) == _CODE else term
