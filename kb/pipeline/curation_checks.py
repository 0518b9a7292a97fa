"""What the checks find in the curated data as they would be, and do not find in them as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, Store, Triple

from kb import reference
from kb.checks import Finding
from kb.checks.hygiene import check_hygiene
from kb.checks.shapes import check_shapes
from kb.entities.table_base import Base, Statement
from kb.entities.table_cells import normal
from kb.entities.table_change import Change
from kb.namespaces import expand
from kb.terms import RDF_TYPE, graph, iri

_SUBCLASS = iri("rdfs:subClassOf")


def introduced(base: Base, changes: Iterable[Change]) -> tuple[Finding, ...]:
    """Return what hygiene finds anywhere, and shapes in changed entities, only because of the changes."""
    changes = list(changes)
    if not changes:
        return ()
    now = frozenset(base.triples())
    gone = {one for change in changes for one in _triples(change.subject, change.removed)}
    fresh = {one for change in changes for one in _triples(change.subject, change.added)}
    then = frozenset(one for one in now if _normal(one) not in gone) | fresh
    subjects = frozenset(expand(change.subject) for change in changes)
    after = _findings(reference.in_use(then), subjects)
    before = set(_findings(reference.in_use(now), subjects)) if after else set()
    return tuple(one for one in after if one not in before)


def _findings(curated: frozenset[Triple], subjects: frozenset[str]) -> list[Finding]:
    data = Store()
    data.extend(Quad(*each) for each in (*reference.ontology_triples(), *curated))
    data.extend(Quad(each.subject, each.predicate, each.object, graph("reference")) for each in curated)
    return [*_of_shapes(curated, subjects), *check_hygiene(data).findings]


def _of_shapes(curated: frozenset[Triple], subjects: frozenset[str]) -> Iterator[Finding]:
    """Yield what breaks a shape in some entities; with them alone, and the classes of what they lead to."""
    own = [one for one in curated if isinstance(one.subject, NamedNode) and one.subject.value in subjects]
    if not any(one.predicate == RDF_TYPE and one.object != iri("owl:Thing") for one in own):
        return
    everything = (*reference.ontology_triples(), *curated)
    targets = {one.object for one in own}
    types = (one for one in everything if one.predicate == RDF_TYPE and one.subject in targets)
    above = (one for one in everything if one.predicate == _SUBCLASS)
    data = Store()
    data.extend(Quad(*each) for each in (*own, *types, *above))
    for finding in check_shapes(data).findings:
        if ":" in finding.subject and "//" not in finding.subject and expand(finding.subject) in subjects:
            yield finding


def _triples(subject: str, statements: Iterable[Statement]) -> Iterator[Triple]:
    return (Triple(iri(subject), iri(name), value) for name, value in statements)


def _normal(triple: Triple) -> Triple:
    """Return a triple with its value in the form in which changes name it."""
    if isinstance(triple.object, NamedNode | Literal):
        return Triple(triple.subject, triple.predicate, normal(triple.object))
    return triple
