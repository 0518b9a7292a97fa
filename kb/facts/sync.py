"""Bring the facts up to date when a few articles' claims change, without looking at the rest of the base.

What may change is bounded: the families of the changed claims, the families that a changed denial speaks
of, and the visits of persons whose offices the articles attest. These are projected anew from all their
claims, and the difference to what the store holds is the change. The result is the same as a full
rebuild's (kb.facts.rebuild), because both project whole families in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kb.claims import ArticleHead, StoredClaim
from kb.facts.background import Background
from kb.facts.corroboration import MINTED
from kb.facts.events import event_node
from kb.facts.graphs import DERIVED, INFERRED, META, PROSPECTIVE, Filled, Graphs, fill, index
from kb.facts.ground import Ground
from kb.facts.moved import moved
from kb.facts.plan_view import PlanView
from kb.facts.plans import change_of_met, days_of
from kb.facts.projection import project
from kb.facts.told import Told, told_of
from kb.facts.view import View
from kb.records import Claim, ClaimType
from kb.store import GraphDelta, Store, Term
from kb.terms import Triple, day, graph, iri, lg


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article's claims, and what it says of entities that reference data does not know."""

    head: ArticleHead
    claims: tuple[StoredClaim, ...] = ()
    described: frozenset[Triple] = frozenset()


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article before and after; ``before`` is None where the store does not have it."""

    before: ArticleState | None
    after: ArticleState


def sync(store: Store, ground: Ground, changes: Sequence[ArticleChange]) -> list[GraphDelta]:
    """Return how the derived graphs change with some articles. Nothing is written."""
    return _Sync(View(store), ground, changes).deltas()


class _Sync:
    """A change of some articles, worked out step by step against a view of the store."""

    def __init__(self, view: View, ground: Ground, changes: Sequence[ArticleChange]) -> None:
        self._view = view
        self._ground = ground
        self._before = {c.before.head.id: c.before for c in changes if c.before is not None}
        self._after = {change.after.head.id: change.after for change in changes}
        self._new_heads = {name: state.head for name, state in self._after.items()}
        copied = view.heads({head.copy_of for head in self._new_heads.values() if head.copy_of})
        old_heads = copied | {name: state.head for name, state in self._before.items()}
        old = (claim for state in self._before.values() for claim in state.claims)
        self._old = told_of(old, old_heads)
        new = (claim for state in self._after.values() for claim in state.claims)
        self._new = told_of(new, copied | self._new_heads)

    def deltas(self) -> list[GraphDelta]:
        """Return the difference between what stands and what should stand, by graph."""
        told, stale = self._touched()
        stands = self._view.standing_on(stale)
        filled = self._project(told, stands)
        wanted = dict(filled.nodes)
        self._meet(stands, wanted, told)
        wanted[INFERRED] = wanted.get(INFERRED, set()) | filled.dyads
        stands[INFERRED] = stands.get(INFERRED, set()) | self._lost_dyads(stands, filled)
        changes = {name: (stands.get(name, set()), wanted.get(name, set())) for name in DERIVED}
        changes[META] = self._meta(stale, filled)
        return [
            GraphDelta(name, add=frozenset(new - old), remove=frozenset(old - new))
            for name, (old, new) in changes.items()
            if new != old
        ]

    def _touched(self) -> tuple[list[Told], set[str]]:
        """Return all claims of the families that may change, their denials, and what stood there before."""
        changed = [*self._old, *self._new]
        families = {each.keys.family for each in changed if not each.denies}
        families |= self._view.families_matching({each.keys.match for each in changed if each.denies})
        families |= self._visits_of_office_holders(changed)
        others = self._told_elsewhere(self._view.claims_of(families))
        matches = {each.keys.match for each in [*self._new, *others] if not each.denies}
        denials = self._told_elsewhere(self._view.denials_of(matches))
        stale = {each.stored.id for each in [*self._old, *others] if not each.denies}
        return [*self._new, *others, *denials], stale

    def _visits_of_office_holders(self, changed: Iterable[Told]) -> set[str]:
        """Return the families of visits whose state may change with the offices that the article attests."""
        days: set[tuple[NamedNode, Term]] = set()
        always: set[NamedNode] = set()
        for each in changed:
            if each.claim.type is not ClaimType.OFFICE or each.denies:
                continue
            holders = [iri(ref.iri) for ref in each.claim.agents if ref.iri]
            known = {holder for holder in holders if holder.value in self._ground.background.offices}
            if each.claim.edtf is not None:
                always |= set(holders)
            elif each.head.published is not None:
                always |= set(holders) - known
                days |= {(holder, day(each.head.published)) for holder in known}
        return self._view.families_of_visits(days, always)

    def _told_elsewhere(self, nodes: Iterable[NamedNode]) -> list[Told]:
        claims = [each for each in self._view.claims(nodes) if each.claim.article not in self._after]
        heads = self._view.heads({each.claim.article for each in claims})
        return told_of(claims, heads | self._new_heads)

    def _project(self, told: list[Told], stands: Graphs) -> Filled:
        projected = project(told, self._ground.background, self._described(told))
        visitors = {person for each in projected for person in each.objects("visitor")}
        replaced = {triple.subject for triple in stands.get(graph("facts"), ())}
        tenures = {triple for triple in self._view.tenures_of(visitors) if triple.subject not in replaced}
        attested = {each for each in projected if each.objects("holder")}
        offices = {office for each in attested for office in each.objects("office")}
        offices |= {office for triple in tenures if isinstance(office := triple.object, NamedNode)}
        tenures |= self._view.about_offices(offices)
        for state in self._after.values():
            tenures |= about_offices(state.described)
        return fill(projected, self._ground, tenures)

    def _meet(self, stands: Graphs, wanted: Graphs, told: Iterable[Told]) -> None:
        """Add which plans are met by what: what stands of it, and what should."""
        view = PlanView(self._view)
        before, after = (
            {name: state.described for name, state in states.items()}
            for states in (self._before, self._after)
        )
        land = moved(view, self._ground.land, before, after)
        old, new = change_of_met(view, land, stands, wanted, days_of(told))
        for graphs, met in ((stands, old), (wanted, new)):
            graphs[PROSPECTIVE] = graphs.get(PROSPECTIVE, set()) | met

    def _described(self, told: Iterable[Told]) -> Mapping[str, Background]:
        """Return what articles say of entities of their own, for those whose claims name any."""
        articles = {each.claim.article for each in told if each.stored.counts and names_minted(each.claim)}
        found = {name: self._view.described_in(name) for name in articles - self._after.keys()}
        ours = {name: state.described for name, state in self._after.items()}
        return {name: Background.of(triples) for name, triples in (found | ours).items()}

    def _lost_dyads(self, stands: Graphs, filled: Filled) -> set[Triple]:
        """Return what stands of pairs of states in which no event is left, and of those that stay wanted."""
        members: dict[NamedNode, set[object]] = {}
        for triples in stands.values():
            for triple in triples:
                if triple.predicate == lg("inDyad") and isinstance(triple.object, NamedNode):
                    members.setdefault(triple.object, set()).add(triple.subject)
        wanted = {triple.subject for triple in filled.dyads}
        sizes = self._view.dyad_sizes(members)
        empty = {dyad for dyad, events in members.items() if sizes.get(dyad, 0) == len(events)}
        kept = {node for node in wanted if isinstance(node, NamedNode)}
        return self._view.inferred_about(empty | kept)

    def _meta(self, stale: set[str], filled: Filled) -> tuple[set[Triple], set[Triple]]:
        ours = {each.stored.id for each in self._new if not each.denies}
        redirects = self._view.redirects({event_node(claim) for claim in stale | ours})
        return index(self._old) | redirects, index(self._new) | filled.redirects


def about_offices(described: Iterable[Triple]) -> set[Triple]:
    """Return what an article says of whose offices are which, and of their roles.

    An office that only texts know has an identifier made from its name and state, so that all texts which
    name it agree on this.
    """
    return {triple for triple in described if triple.predicate in (lg("ofState"), lg("officeRole"))}


def names_minted(claim: Claim) -> bool:
    """Tell whether a claim's place or speaker is an entity that only texts know."""
    refs = (claim.facility, claim.place, claim.speaker)
    return any(ref is not None and ref.iri is not None and MINTED in ref.iri for ref in refs)
