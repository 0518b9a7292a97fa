"""The graphs that facts fill, as one value: what projection and derivation come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kb.claims import claim_node
from kb.facts.events import Projected
from kb.facts.ground import Ground
from kb.facts.routing import Route
from kb.facts.told import Told
from kb.terms import Triple, graph, lg, text

FACTS, PROSPECTIVE = graph(Route.FACTS.value), graph(Route.PROSPECTIVE.value)
INFERRED, META = graph("inferred"), graph("meta")
DERIVED = (*(graph(route.value) for route in Route), INFERRED)
"""The graphs in which a node of the facts may have triples."""
FAMILY, MATCH = lg("familyKey"), lg("matchKey")

Graphs = dict[NamedNode, set[Triple]]


@dataclass(frozen=True, slots=True)
class Filled:
    """What some claims come to."""

    nodes: Graphs
    """By graph: what is said of, or follows for, events and standing facts."""
    dyads: frozenset[Triple]
    """What g:inferred says of the pairs of states that the events stand in."""
    redirects: frozenset[Triple]
    """What g:meta says of other IRIs of the events."""


def fill(projected: Iterable[Projected], ground: Ground, tenures: Iterable[Triple] = ()) -> Filled:
    """Return nodes with what the rules derive for them.

    ``tenures`` are further tenures that texts attest, which the rules need but the result leaves out.
    """
    every = list(projected)
    nodes: Graphs = {}
    home: dict[NamedNode, NamedNode] = {}
    for each in every:
        nodes.setdefault(graph(each.route.value), set()).update(each.triples)
        home[each.node] = INFERRED if each.route is Route.FACTS else graph(each.route.value)
    events = [each for each in every if each.objects("kind")]
    said = {triple for each in every if _may_found(each) for triple in each.triples}
    dyads = set()
    for triple in ground.about_events(said | set(tenures), [each.node for each in events]):
        if isinstance(triple.subject, NamedNode) and triple.subject in home:
            nodes.setdefault(home[triple.subject], set()).add(triple)
        else:
            dyads.add(triple)
    redirects = frozenset(triple for each in every for triple in each.redirects)
    return Filled(nodes, frozenset(dyads), redirects)


def _may_found(each: Projected) -> bool:
    """Tell whether rules may read a node: any event; a tenure only where it stands among the facts."""
    return bool(each.objects("kind")) or each.route is Route.FACTS


def index(told: Iterable[Told]) -> set[Triple]:
    """Return what g:meta holds to find claims by what they join by.

    A denial that does not count disputes nothing and is left out; any other claim that no longer counts
    stays, because its event's IRI leads to the event that took its place.
    """
    found = set()
    for each in told:
        node = claim_node(each.stored.id)
        if each.denies:
            if each.stored.counts:
                found.add(Triple(node, MATCH, text(each.keys.match)))
        else:
            found.add(Triple(node, FAMILY, text(each.keys.family)))
            found.add(Triple(node, MATCH, text(each.keys.match)))
    return found
