"""Events as triples: what the claims on one event say together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kb.edtf_bounds import bounds
from kb.facts.background import Background, kind_of
from kb.facts.corroboration import attest
from kb.facts.roles import DETAILS, HOSTED, ROLES, STAGES
from kb.facts.routing import Group, Route
from kb.records import Claim, Modality, Ref, Tier
from kb.terms import RDF_TYPE, Triple, day, decimal, integer, iri, lg, state, text, truth


@dataclass(frozen=True, slots=True)
class Projected:
    """A node among the facts (or the plans, the allegations, the contested), with what is said of it."""

    node: NamedNode
    route: Route
    triples: frozenset[Triple]
    redirects: frozenset[Triple] = frozenset()
    """For graph g:meta: from the IRIs that the event had, or could have had, to the one that it has."""

    def objects(self, name: str) -> set[NamedNode]:
        """Return the entities that a property of the vocabulary holds."""
        return {
            triple.object
            for triple in self.triples
            if triple.predicate == lg(name) and isinstance(triple.object, NamedNode)
        }


def event_node(claim: str) -> NamedNode:
    """Return the event whose claim of the smallest identifier is this one."""
    return iri(f"ev:{claim}")


def event(group: Group, background: Background, described: Mapping[str, Background]) -> Projected:
    """Return the event that a group of claims tells of; ``described`` goes by article."""
    node = event_node(group.members[0].stored.id)
    said = {
        (name, value)
        for claim in group.claims
        for name, value in _said(claim, background, described.get(claim.article, Background()))
    }
    states = frozenset(value.value for name, value in said if name == "involvesState")
    said |= set(attestation(group, states, background, described))
    others = [each.stored.id for each in group.members[1:]] + list(group.former)
    return Projected(
        node=node,
        route=group.route,
        triples=frozenset(
            {Triple(node, RDF_TYPE, lg(group.type.value))}
            | {Triple(node, lg(name), value) for name, value in {*said, *_lifecycle(group), *support(group)}}
        ),
        redirects=frozenset(Triple(event_node(other), lg("redirectedTo"), node) for other in others),
    )


Said = tuple[str, NamedNode | Literal]


def support(group: Group) -> Iterator[Said]:
    """Yield which claims a group rests on, and which dispute it."""
    for each in group.members:
        yield "supportedBy", iri(f"claim:{each.stored.id}")
    for each in group.disputed_by:
        yield "disputedBy", iri(f"claim:{each.stored.id}")


def _said(claim: Claim, background: Background, described: Background) -> Iterator[Said]:
    yield "kind", lg(claim.type.value)
    yield from _roles(claim)
    yield from _states(claim)
    yield from _spot(claim, background, described)
    yield from _time(claim)
    for name, field in DETAILS.items():
        if value := getattr(claim, field):
            yield name, text(value)


def _roles(claim: Claim) -> Iterator[Said]:
    roles = ROLES[claim.type]
    filled: tuple[tuple[str, tuple[Ref, ...]], ...] = (
        (roles.agents, claim.agents),
        (roles.counterparts, claim.counterparts),
        (roles.companions, claim.companions),
        (roles.items, claim.items),
    )
    for name, refs in filled:
        for ref in refs:
            if name and ref.iri:
                yield name, iri(ref.iri)


def _states(claim: Claim) -> Iterator[Said]:
    for code in claim.agent_states:
        yield "agentState", state(code)
        yield "involvesState", state(code)
    for code in claim.counterpart_states:
        yield "counterpartState", state(code)
        yield "involvesState", state(code)
        if claim.type in HOSTED:
            yield "hostState", state(code)


def _spot(claim: Claim, background: Background, described: Background) -> Iterator[Said]:
    """Yield where it was; what reference data adds to a place that it knows is left to the rules."""
    if claim.facility and claim.facility.iri:
        yield "atFacility", iri(claim.facility.iri)
        for outer in described.within.get(claim.facility.iri, ()):
            if kind_of(outer) == "place":
                yield "atPlace", iri(outer)
    if claim.place and claim.place.iri:
        yield "atPlace", iri(claim.place.iri)
    if claim.country:
        yield "inCountry", state(claim.country)
        return
    for ref in (claim.facility, claim.place):
        if ref and ref.iri and ref.iri in described.within:
            for outer in background.around(ref.iri, described):
                if kind_of(outer) == "state":
                    yield "inCountry", iri(outer)


def _time(claim: Claim) -> Iterator[Said]:
    if claim.edtf is None:
        return
    yield "time", text(claim.edtf)
    days = bounds(claim.edtf)
    if days.earliest is not None:
        yield "earliest", day(days.earliest)
    if days.latest is not None:
        yield "latest", day(days.latest)


def _lifecycle(group: Group) -> Iterator[Said]:
    """Yield how far an event came, one stage at most; an allegation says nothing of that."""
    if group.route is Route.ALLEGED:
        return
    if group.route is not Route.PROSPECTIVE:
        reached = [
            stage for word, stage in STAGES.items() if any(word == claim.stage for claim in group.claims)
        ]
        yield "lifecycle", lg(reached[-1] if reached else "Occurred")
    elif any(each.claim.modality is Modality.PLANNED for each in group.disputed_by):
        yield "lifecycle", lg("Cancelled")  # "will come", then "will not come"
    else:
        planned = any(claim.modality is Modality.PLANNED for claim in group.claims)
        yield "lifecycle", lg("Planned" if planned else "Requested")


def attestation(
    group: Group, states: frozenset[str], background: Background, described: Mapping[str, Background]
) -> Iterator[Said]:
    """Yield how well a group's claims attest what they tell; ``states`` are those that take part."""
    found = attest(group.members, states, background, described)
    yield "origins", integer(found.origins)
    yield "evidenceLevel", lg(found.level)
    yield "minTier", text(found.tier.value)
    if found.tier is Tier.REVIEW:
        yield "reviewState", lg("Unreviewed")
    if found.interested:
        yield "interestedSource", truth(True)
    if found.state_media_share is not None:
        yield "stateMediaShare", decimal(found.state_media_share, 2)
