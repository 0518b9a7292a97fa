"""Whose a triple is, and when it leaves the default graph: when its last asked owner goes.

Both stores use this arithmetic, so that both keep the default graph equal to the set union of the asked
graphs. Without it, retracting an article would remove a curated triple that the article had repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Store as Memory

from kb.store.interface import BOOKS, MAIN, Change, GraphChange, is_asked

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class Plan:
    """What a commit does to the graphs: only what really changes."""

    added: frozenset[tuple[NamedNode, Triple]]
    removed: frozenset[tuple[NamedNode, Triple]]
    joins: frozenset[Triple]
    """What the default graph gains."""
    leaves: frozenset[Triple]
    """What the default graph loses."""

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def total(self, before: int) -> int:
        """Return the sum over the content after this plan, given the sum before it.

        The sum of a SHA-256 over each owned triple, modulo 2**256: it does not depend on order or history,
        so two stores with the same content have the same version.
        """
        gained = sum(_digest(graph, triple) for graph, triple in self.added)
        lost = sum(_digest(graph, triple) for graph, triple in self.removed)
        return (before + gained - lost) % _MODULUS


def plan(
    changes: Sequence[Change],
    content: Callable[[NamedNode], set[Triple]],
    owners: Callable[[Iterable[Triple]], Iterable[tuple[Triple, NamedNode]]],
) -> Plan:
    """Return what a sequence of changes comes to.

    ``content`` gives a graph's triples as they are; ``owners`` gives, for some triples, each with each
    asked graph that now holds it. Raises ValueError for a graph that the store keeps for itself and for
    blank nodes.
    """
    before: dict[NamedNode, set[Triple]] = {}
    after: dict[NamedNode, set[Triple]] = {}
    for change in changes:
        _hold_ownable(change.graph)
        if change.graph not in before:
            before[change.graph] = content(change.graph)
            after[change.graph] = set(before[change.graph])
        after[change.graph] = _apply(change, after[change.graph])
    added = frozenset((graph, triple) for graph in after for triple in after[graph] - before[graph])
    removed = frozenset((graph, triple) for graph in after for triple in before[graph] - after[graph])
    joins = frozenset(triple for graph, triple in added if is_asked(graph))
    lost = {triple for graph, triple in removed if is_asked(graph)} - joins
    kept = {triple for triple, owner in owners(lost) if (owner, triple) not in removed} if lost else set()
    return Plan(added, removed, joins, frozenset(lost - kept))


def version_of(total: int) -> str:
    """Return the version, 16 hex digits, of a sum over the content."""
    return hashlib.sha256(f"{total:064x}".encode()).hexdigest()[:16]


def normalised(triples: Iterable[Triple]) -> set[Triple]:
    """Return triples as the engine will give them back ("1.50" as "1.5", language tags in lower case).

    Compared otherwise, the same article would differ from itself at every ingest.
    """
    memory = Memory()
    memory.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return {quad.triple for quad in memory}


def _apply(change: Change, now: set[Triple]) -> set[Triple]:
    if isinstance(change, GraphChange):
        return normalised(_without_blank_nodes(change.graph, change.triples))
    gained = normalised(_without_blank_nodes(change.graph, change.add))
    return (now - normalised(change.remove)) | gained


def _hold_ownable(graph: NamedNode) -> None:
    if graph in (MAIN, BOOKS):
        raise ValueError(f"{graph} is the store's own; change a graph that owns triples")


def _without_blank_nodes(graph: NamedNode, triples: Iterable[Triple]) -> Iterable[Triple]:
    for triple in triples:
        if isinstance(triple.subject, BlankNode | Triple) or isinstance(triple.object, BlankNode | Triple):
            raise ValueError(f"{triple} in {graph}: subjects and objects are IRIs or literals; mint an IRI")
        yield triple


def _digest(graph: NamedNode, triple: Triple) -> int:
    return int.from_bytes(hashlib.sha256(f"{graph} {triple}".encode()).digest(), "big")
