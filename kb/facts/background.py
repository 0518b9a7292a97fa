"""What is known beside the claims: where places lie, for which states persons and bodies stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kb.namespaces import shorten
from kb.terms import RDF_TYPE, Triple, lg, truth

Links = dict[str, set[str]]

_STATE_OF = (lg("nationality"), lg("organisationOf"), lg("governmentOf"), lg("ofState"))
_WITHIN = (lg("locatedIn"), lg("territoryOf"), lg("inState"))


@dataclass(frozen=True, slots=True)
class Background:
    """Links between entities, by full IRI, as reference data or one article's descriptions hold them."""

    within: Links = field(default_factory=dict)
    """Place -> what it lies directly in; territory -> its state."""
    states: Links = field(default_factory=dict)
    """Person, body or office -> states."""
    offices: Links = field(default_factory=dict)
    """Person -> offices ever held."""
    state_media: frozenset[str] = frozenset()

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Background:
        """Return the background that triples hold; what they do not link is left out."""
        within: Links = {}
        states: Links = {}
        tenures: dict[NamedNode, dict[NamedNode, str]] = {}
        media = set()
        for subject, predicate, value in triples:
            if not isinstance(subject, NamedNode):
                continue
            if isinstance(value, NamedNode):
                if predicate in _WITHIN:
                    within.setdefault(subject.value, set()).add(value.value)
                elif predicate in _STATE_OF:
                    states.setdefault(subject.value, set()).add(value.value)
                elif predicate in (lg("holder"), lg("office")):
                    tenures.setdefault(subject, {})[predicate] = value.value
                elif predicate == RDF_TYPE and value == lg("State"):
                    states.setdefault(subject.value, set()).add(subject.value)
            elif predicate == lg("stateControlled") and value == truth(True):
                media.add(subject.value)
        return cls(within, states, _offices(tenures.values()), frozenset(media))

    def around(self, place: str, described: Background) -> frozenset[str]:
        """Return a place with all that it lies in, its states included.

        ``described`` is what the article says of places that reference data does not know.
        """
        found = {place}
        waiting = [place]
        while waiting:
            here = waiting.pop()
            for outer in self.within.get(here, set()) | described.within.get(here, set()):
                if outer not in found:
                    found.add(outer)
                    waiting.append(outer)
        return frozenset(found)

    def states_of(self, entity: str, described: Background) -> frozenset[str]:
        """Return the states that an entity stands for, by nationality, body or any office ever held."""
        offices = self.offices.get(entity, set())
        found = set().union(*(self.states.get(each, set()) for each in (entity, *offices)))
        return frozenset(found | described.states.get(entity, set()))


def kind_of(entity: str) -> str:
    """Return the prefix that tells an entity's kind: "fac", "place", "region", "terr", "state"."""
    return (shorten(entity) or "").partition(":")[0]


def _offices(tenures: Iterable[dict[NamedNode, str]]) -> Links:
    found: Links = {}
    for tenure in tenures:
        if len(tenure) == 2:
            found.setdefault(tenure[lg("holder")], set()).add(tenure[lg("office")])
    return found
