"""The ground that facts stand on: reference data and what follows from it, held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kb.facts.background import Background, Links
from kb.facts.bounds import bounds_of
from kb.facts.derive import Scope, derive
from kb.facts.land import located
from kb.terms import Triple, lg


@dataclass(frozen=True, slots=True)
class Ground:
    """Reference data with its bounds and derivations."""

    memory: Store
    """Reference data and what follows, in the default graph."""
    inferred: frozenset[Triple]
    """What follows: the part of g:inferred that rests on no text."""
    background: Background
    land: Links
    """Place or facility -> what it lies directly in, by ``lg:locatedIn`` alone."""

    @classmethod
    def of(cls, reference: Iterable[Triple]) -> Ground:
        """Return the ground that reference data gives.

        Raises BadInput for a tenure or production whose date is not EDTF.
        """
        known = list(reference)
        memory = Store()
        memory.extend(Quad(*triple) for triple in known)
        dated = bounds_of(known)
        memory.extend(Quad(*triple) for triple in dated)
        follows = derive(memory, (Scope.REFERENCE, Scope.PLACE))
        memory.extend(Quad(*triple) for triple in follows)
        return cls(memory, frozenset((dated | follows) - set(known)), Background.of(known), located(known))

    def about_places(self, described: Iterable[Triple]) -> set[Triple]:
        """Return what follows for the places that a text describes."""
        said = set(described)
        places = {triple.subject for triple in said if triple.predicate == lg("locatedIn")}
        return self._derive(said, Scope.PLACE, [node for node in places if isinstance(node, NamedNode)])

    def about_events(self, said: Iterable[Triple], events: Iterable[NamedNode]) -> set[Triple]:
        """Return what follows for some events from what is said of them (and of tenures known from texts)."""
        return self._derive(set(said), Scope.EVENT, list(events))

    def _derive(self, said: set[Triple], scope: Scope, among: list[NamedNode]) -> set[Triple]:
        if not among:
            return set()
        laid = [quad for triple in said if (quad := Quad(*triple)) not in self.memory]
        self.memory.extend(laid)
        try:
            return derive(self.memory, (scope,), sorted(among, key=lambda node: node.value))
        finally:
            for quad in laid:
                self.memory.remove(quad)
