"""The part of the data that the reasoner can judge: axioms, and what they say of individuals.

Labels, sources, Wikidata links and coordinates are left out: they cost time and no axiom speaks of them.
Two names mean two things with us, which OWL does not assume: without owl:AllDifferent, two holders of one
tenure would silently be merged into one person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from kb.errors import BadReference
from kb.namespaces import LG, PREFIXES, expand, shorten
from kb.reference import GENID
from kb.terms import RDF_TYPE, graph, lg

_OWL, _RDF, _RDFS, _XSD = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
_OBJECT_PROPERTY = NamedNode(_OWL + "ObjectProperty")
_DATA_PROPERTY = NamedNode(_OWL + "DatatypeProperty")
_UNJUDGED = frozenset(lg(name) for name in ("wikidata", "redirectedTo", "kind", "claimType"))
_UNLOGICAL = frozenset(
    NamedNode(name) for name in (_RDFS + "label", _RDFS + "comment", _RDFS + "isDefinedBy", _OWL + "imports")
)
_DATATYPES = frozenset(NamedNode(_XSD + name) for name in ("string", "integer", "boolean", "decimal"))
_STATE = expand("state:")
_NAMES = re.compile(r"<([^>]+)>")
_SKOLEM = re.compile(f"<{re.escape(GENID)}([^>]+)>")


@dataclass(frozen=True, slots=True)
class Theory:
    """Axioms, and for each individual what the axioms can judge, as N-Triples lines."""

    axioms: tuple[str, ...]
    individuals: dict[str, tuple[str, ...]] = field(repr=False)

    def lines(self, chosen: Collection[str] | None = None) -> Iterator[str]:
        """Yield the axioms with what is said of the chosen individuals (all, if None), all different."""
        names = self.individuals.keys() if chosen is None else chosen
        yield from self.axioms
        for name in names:
            yield from self.individuals[name]
        beside = {other for name in names for other in _beside(self._links(name))}
        yield from _all_different([name for name in names if name in beside or name.startswith(_STATE)])

    def _links(self, name: str) -> set[str]:
        return {other for line in self.individuals[name] for other in _NAMES.findall(line)[1:]}

    def with_neighbours(self, names: Collection[str]) -> list[str]:
        """Return some individuals and all that they are directly linked to."""
        linked = {
            other for name in names for line in self.individuals[name] for other in _NAMES.findall(line)
        }
        return sorted(linked & self.individuals.keys())


def theory(data: Store) -> Theory:
    """Return what the reasoner is to judge of a store.

    That is its graphs of ontology and reference, or, where it keeps none apart, its default graph. Raises
    BadReference when there is no class or no individual.
    """
    quads = list(_curated(data))
    typed: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for quad in quads:
        if (
            quad.predicate == RDF_TYPE
            and isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
        ):
            typed[quad.subject].add(quad.object)
    judged = {
        node
        for node, types in typed.items()
        if types & {_OBJECT_PROPERTY, _DATA_PROPERTY} and node.value.startswith(LG)
    } - _UNJUDGED
    axioms: list[str] = []
    individuals: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        if _is_axiom(quad):
            axioms.append(_line(quad))
        elif isinstance(quad.subject, NamedNode) and _is_judged(quad, judged):
            individuals[quad.subject.value].append(_line(quad))
    if not axioms or not individuals:
        raise BadReference(
            "nothing for the reasoner to judge: no axiom or no individual",
            place="the store",
            repair="Load ontology and reference data: `legation build`",
        )
    return Theory(tuple(sorted(axioms)), {name: tuple(sorted(said)) for name, said in individuals.items()})


def _curated(data: Store) -> Iterator[Quad]:
    named = [name for name in (graph("ontology"), graph("reference")) if data.contains_named_graph(name)]
    for name in (*named,) or (DefaultGraph(),):
        yield from data.quads_for_pattern(None, None, None, name)


def _is_axiom(quad: Quad) -> bool:
    """Tell whether a triple belongs to the ontology: of a term, or of a node of a list or restriction."""
    if quad.predicate in _UNLOGICAL:
        return False
    ours = isinstance(quad.subject, NamedNode) and quad.subject.value.startswith((LG, GENID))
    return ours and quad.predicate.value.startswith((_OWL, _RDF, _RDFS))


def _is_judged(quad: Quad, judged: set[NamedNode]) -> bool:
    if isinstance(quad.object, Literal):
        return quad.predicate in judged and quad.object.datatype in _DATATYPES
    if quad.predicate == RDF_TYPE:
        return isinstance(quad.object, NamedNode) and quad.object.value.startswith(LG)
    return quad.predicate in judged


def _line(quad: Quad) -> str:
    """Return a triple as N-Triples; owlready2 knows a list only by its blank nodes."""
    return _SKOLEM.sub(r"_:\1", f"{quad.triple} .")


def _beside(linked: Collection[str]) -> Iterator[str]:
    """Yield those of what one thing is linked to that stand there beside another of their kind.

    Only these could be merged: by a property that takes one value, or so many. Where nothing is merged that
    way, nothing else is.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in linked:
        kinds[_kind(name)].append(name)
    for members in kinds.values():
        if len(members) > 1:
            yield from members


def _kind(name: str) -> str:
    return (shorten(name) or "").partition(":")[0]


def _all_different(names: Collection[str]) -> Iterator[str]:
    """Yield one owl:AllDifferent for each kind; kinds are disjoint by axiom.

    To be asked only of what could be merged, or what has a key (states): the reasoner compares each pair,
    and 2,500 persons took it minutes.
    """
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in names:
        prefix = _kind(name)
        if prefix and prefix != "lg":
            kinds[prefix].append(name)
    for prefix, members in sorted(kinds.items()):
        if len(members) > 1:
            yield f"_:different-{prefix} <{_RDF}type> <{_OWL}AllDifferent> ."
            yield f"_:different-{prefix} <{_OWL}distinctMembers> _:{prefix}-0 ."
            for order, member in enumerate(sorted(members)):
                last = order + 1 == len(members)
                yield f"_:{prefix}-{order} <{_RDF}first> <{member}> ."
                rest = f"<{_RDF}nil>" if last else f"_:{prefix}-{order + 1}"
                yield f"_:{prefix}-{order} <{_RDF}rest> {rest} ."
