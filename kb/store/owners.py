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

Owned = tuple[NamedNode, Triple]
"""A triple with the graph that owns it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a commit does to the graphs: only what really changes."""

    added: frozenset[Owned]
    removed: frozenset[Owned]
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
    content: Callable[[NamedNode, set[Triple] | None], set[Triple]],
    owners: Callable[[Iterable[Triple]], Iterable[tuple[Triple, NamedNode]]],
) -> Plan:
    """Return what a sequence of changes comes to.

    ``content`` gives a graph's triples as they are, all or those among a set, so that a small delta to a
    large graph costs little; ``owners`` gives, for some triples, each with each asked graph that holds it.
    Raises ValueError for a graph that the store keeps for itself and for blank nodes.
    """
    added: set[Owned] = set()
    removed: set[Owned] = set()
    for graph, edits in _edits(changes).items():
        whole = any(isinstance(edit, _Replaced) for edit in edits)
        before = content(graph, None if whole else set().union(*(edit.touched for edit in edits)))
        after = set(before)
        for edit in edits:
            after = edit.apply(after)
        added.update((graph, triple) for triple in after - before)
        removed.update((graph, triple) for triple in before - after)
    joins = frozenset(triple for graph, triple in added if is_asked(graph))
    lost = {triple for graph, triple in removed if is_asked(graph)} - joins
    kept = {triple for triple, owner in owners(lost) if (owner, triple) not in removed} if lost else set()
    return Plan(frozenset(added), frozenset(removed), joins, frozenset(lost - kept))


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


@dataclass(frozen=True, slots=True)
class _Replaced:
    touched: set[Triple]

    def apply(self, now: set[Triple]) -> set[Triple]:
        return self.touched


@dataclass(frozen=True, slots=True)
class _Edited:
    gained: set[Triple]
    lost: set[Triple]

    @property
    def touched(self) -> set[Triple]:
        return self.gained | self.lost

    def apply(self, now: set[Triple]) -> set[Triple]:
        return (now - self.lost) | self.gained


def _edits(changes: Sequence[Change]) -> dict[NamedNode, list[_Replaced | _Edited]]:
    """Return what happens to each graph, in order, with every triple normalised."""
    edits: dict[NamedNode, list[_Replaced | _Edited]] = {}
    for change in changes:
        _hold_ownable(change.graph)
        of_graph = edits.setdefault(change.graph, [])
        if isinstance(change, GraphChange):
            of_graph.append(_Replaced(normalised(_without_blank_nodes(change.graph, change.triples))))
        else:
            gained = normalised(_without_blank_nodes(change.graph, change.add))
            of_graph.append(_Edited(gained, normalised(change.remove)))
    return edits


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
