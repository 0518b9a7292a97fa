"""What schema.org calls what we say of a thing: for search engines, in the page.

Only what always holds is taken from the alignment (subclass, subproperty, equivalent), along our own
hierarchy; what is merely close there ("a state is nearly a country") is not said. Names and the exact match
in Wikidata are added, which every vocabulary has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from pyoxigraph import NamedNode, Triple

from api.linked_data.json_ld import SCHEMA
from api.vocabulary.matches import matches
from kb.namespaces import LG, expand
from kb.reference import ontology_triples
from kb.terms import RDF_TYPE, iri

_FIRM: Final = ("equivalentClass", "equivalentProperty", "subClassOf", "subPropertyOf")
_PARENTS: Final = (iri("rdfs:subClassOf"), iri("rdfs:subPropertyOf"))
_PLAIN: Final = {
    expand("rdfs:label"): ("name",),
    expand("skos:altLabel"): ("alternateName",),
    LG + "wikidata": ("sameAs",),
}


def in_schema_org(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield for each triple what schema.org makes of it, if anything."""
    known = _terms()
    for triple in triples:
        if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
            for name in known.get(triple.object.value, ()):
                yield Triple(triple.subject, RDF_TYPE, NamedNode(SCHEMA + name))
        else:
            for name in known.get(triple.predicate.value, ()):
                yield Triple(triple.subject, NamedNode(SCHEMA + name), triple.object)


@cache
def _terms() -> Mapping[str, tuple[str, ...]]:
    """Return the local names that schema.org has for each of our terms."""
    own = {
        name: {match.iri.removeprefix(SCHEMA) for match in found if _holds(match.partner, match.relation)}
        for name, found in matches().items()
    }
    parents: dict[str, set[str]] = defaultdict(set)
    for triple in ontology_triples():
        child, parent = triple.subject, triple.object
        if triple.predicate in _PARENTS and isinstance(child, NamedNode) and isinstance(parent, NamedNode):
            parents[child.value].add(parent.value)
    names = {*own, *parents}
    above = {name: set().union(*(own.get(each, set()) for each in _line(name, parents))) for name in names}
    return {**{name: tuple(sorted(found)) for name, found in above.items() if found}, **_PLAIN}


def _holds(partner: str, relation: str) -> bool:
    return partner == "schema-org" and relation in _FIRM


def _line(name: str, parents: Mapping[str, set[str]]) -> set[str]:
    """Return a term and all above it."""
    found, waiting = {name}, [name]
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
