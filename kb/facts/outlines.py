"""Events in outline: no more than is needed to tell whether what was planned was reported later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kb.facts.roles import ROLES
from kb.terms import Triple, lg

_AGENTS = {lg(roles.agents) for roles in ROLES.values()}
_FIELDS = {
    lg("kind"): ("kinds",),
    **dict.fromkeys(_AGENTS, ("agents",)),
    lg("earliest"): ("firsts",),
    lg("latest"): ("lasts",),
    lg("atFacility"): ("facilities",),
    lg("atPlace"): ("places",),
    lg("hostState"): ("hosts", "states"),
    lg("inCountry"): ("states",),
    lg("counterpartState"): ("states",),
    lg("supportedBy"): ("claims",),
}
"""Property -> the parts of an outline that its values go to."""
USED = frozenset(_FIELDS)
"""The properties that an outline is made from."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Who, what, when and where, by full IRIs; days are ISO 8601, "" where the event has none."""

    node: NamedNode
    kind: str
    """The local name of its class: "Visit"."""
    agents: frozenset[str]
    first: str
    last: str
    facilities: frozenset[str]
    places: frozenset[str]
    hosts: frozenset[str]
    """Host states."""
    states: frozenset[str]
    """States in which or with which it was: the hosts too."""
    claims: frozenset[str]
    """Those that it rests on."""

    @property
    def dated(self) -> bool:
        """Tell whether both its first and its last day are known."""
        return bool(self.first and self.last)


def outlines(triples: Iterable[Triple]) -> list[Outline]:
    """Return the events that triples tell of, by IRI; other triples are passed over."""
    found: dict[NamedNode, dict[str, set[str]]] = {}
    for subject, predicate, value in triples:
        if predicate in _FIELDS and isinstance(subject, NamedNode):
            parts = found.setdefault(subject, {})
            for name in _FIELDS[predicate]:
                parts.setdefault(name, set()).add(value.value)
    nodes = sorted((node for node, parts in found.items() if "kinds" in parts), key=lambda node: node.value)
    return [_outline(node, found[node]) for node in nodes]


def _outline(node: NamedNode, parts: dict[str, set[str]]) -> Outline:
    def part(name: str) -> frozenset[str]:
        return frozenset(parts.get(name, ()))

    return Outline(
        node=node,
        kind=min(parts["kinds"]).rpartition("/")[2],
        agents=part("agents"),
        first=min(parts.get("firsts", ("",))),
        last=max(parts.get("lasts", ("",))),
        facilities=part("facilities"),
        places=part("places"),
        hosts=part("hosts"),
        states=part("states"),
        claims=part("claims"),
    )
