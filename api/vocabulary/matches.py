"""What partner vocabularies call our terms, read once from the alignments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from kb.namespaces import expand
from kb.resources import alignment_files

_RELATIONS: Final = (
    *("exactMatch", "equivalentClass", "equivalentProperty", "subClassOf", "subPropertyOf"),
    *("closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
)
"""From the firmest to the loosest."""
_SOURCE: Final = NamedNode(expand("owl:annotatedSource"))


@dataclass(frozen=True, slots=True)
class Match:
    """What a partner vocabulary calls a term, or what comes near it there."""

    partner: str
    relation: str
    """Local name of the property that relates both, such as "closeMatch"."""
    iri: str
    name: str
    comment: str


@cache
def matches() -> Mapping[str, tuple[Match, ...]]:
    """Return for each term what partner vocabularies have, the firmest match of each first."""
    found: dict[str, list[Match]] = defaultdict(list)
    for path in alignment_files():
        store = Store()
        store.load(path=str(path), format=RdfFormat.TURTLE)
        for quad in store:
            relation = re.split("[/#]", quad.predicate.value)[-1]
            ours, theirs = quad.subject, quad.object
            if (
                relation not in _RELATIONS
                or not isinstance(ours, NamedNode)
                or not isinstance(theirs, NamedNode)
            ):
                continue
            name = _text(store, theirs, "rdfs:label") or re.split("[/#]", theirs.value)[-1]
            comment = _comment(store, ours, quad.predicate, theirs)
            found[ours.value].append(Match(path.stem, relation, theirs.value, name, comment))
    return MappingProxyType({iri: tuple(sorted(each, key=_firmness)) for iri, each in found.items()})


def _firmness(match: Match) -> tuple[str, int, str]:
    return match.partner, _RELATIONS.index(match.relation), match.name


def _comment(store: Store, ours: NamedNode, relation: NamedNode, theirs: NamedNode) -> str:
    for quad in store.quads_for_pattern(None, _SOURCE, ours):
        axiom = quad.subject
        if isinstance(axiom, BlankNode) and all(
            any(store.quads_for_pattern(axiom, NamedNode(expand(f"owl:annotated{part}")), node))
            for part, node in (("Property", relation), ("Target", theirs))
        ):
            return _text(store, axiom, "rdfs:comment")
    return ""


def _text(store: Store, node: NamedNode | BlankNode, property_: str) -> str:
    quads = store.quads_for_pattern(node, NamedNode(expand(property_)), None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), "")
