"""Where things lie: the places around a place, by reference data and by what texts say of places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kb.facts.background import Links
from kb.facts.corroboration import MINTED
from kb.terms import Triple, lg

LOCATED = lg("locatedIn")


@dataclass(frozen=True, slots=True)
class Land:
    """``around`` answers from what it was told before: make a new one where places may have moved."""

    known: Links
    """Curated place or facility -> what it lies directly in."""
    said: Callable[[str], Iterable[str]]
    """The same for a place that only texts know."""
    _around: dict[str, frozenset[str]] = field(default_factory=dict)

    def around(self, place: str) -> frozenset[str]:
        """Return a place with all places that it lies in, by full IRI."""
        found = self._around.get(place)
        if found is None:
            found = self._around[place] = self._walk(place)
        return found

    def _walk(self, place: str) -> frozenset[str]:
        found = {place}
        waiting = [place]
        while waiting:
            here = waiting.pop()
            outward = self.said(here) if MINTED in here else self.known.get(here, ())
            for outer in outward:
                if outer not in found:
                    found.add(outer)
                    waiting.append(outer)
        return frozenset(found)


def located(triples: Iterable[Triple]) -> Links:
    """Return what triples say of which place lies directly in which."""
    found: Links = {}
    for subject, predicate, value in triples:
        if predicate == LOCATED and isinstance(subject, NamedNode) and isinstance(value, NamedNode):
            found.setdefault(subject.value, set()).add(value.value)
    return found
