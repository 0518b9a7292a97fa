"""Give every name in an article's claims its entity: the curated one that bears it, else an opaque one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kb.entities.minting import Unknown, is_designation, is_person, mint
from kb.entities.names import KnownNames, known_names, name_key
from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Article, Claim, ClaimType, Ref
from kb.terms import Triple

_ACTORS: Final = ("State", "Government", "Person", "Organisation")
CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "agents": (*_ACTORS, "Region"),
    "counterparts": (*_ACTORS, "Region"),
    "companions": ("Person", "Organisation"),
    "items": ("HardwareModel", "Vessel"),
    "place": ("Settlement", "Region"),
    "facility": ("Facility", "Vessel"),
    "office": ("Office",),
    "speaker": _ACTORS,
    "via": ("Organisation",),
}
"""What may fill each slot of a claim, as lg: classes; a region such as "West" may act."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in a slot, with what the claim says of where or for whom."""

    slot: str
    name: str
    state: str | None


def resolve(claims: Sequence[Claim], article: Article) -> tuple[tuple[Claim, ...], list[Triple]]:
    """Return the claims with an IRI in every Ref, and the triples of the entities minted for them.

    Identifiers of claims do not change: they rest on names. The same claims give the same result.
    """
    resolver = _Resolver(claims, article.id, known_names())
    resolved = tuple(resolver.claim(claim) for claim in claims)
    return resolved, sorted(resolver.minted, key=str)


class _Resolver:
    """Holds what one article says of its unknown names, so that all its claims mean the same by them."""

    def __init__(self, claims: Sequence[Claim], article: str, known: KnownNames) -> None:
        self._article = article
        self._known = known
        self.minted: set[Triple] = set()
        self._persons = {
            name_key(ref.name)
            for claim in claims
            for ref in (*claim.companions, *(claim.agents if claim.type is ClaimType.OFFICE else ()))
        }
        states: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in claims:
            for mention in _mentions(claim):
                if mention.state:
                    states[self._prefix(mention), name_key(mention.name)].add(mention.state)
        self._states = {key: codes.pop() for key, codes in states.items() if len(codes) == 1}

    def claim(self, claim: Claim) -> Claim:
        """Return the claim with every Ref resolved, the place first: a facility's identity may rest on it."""
        placed = replace(claim, place=self._ref(claim, "place", claim.place))
        placed = replace(placed, facility=self._ref(placed, "facility", claim.facility))
        return replace(
            placed,
            agents=self._several(placed, "agents", claim.agents),
            counterparts=self._several(placed, "counterparts", claim.counterparts),
            companions=self._several(placed, "companions", claim.companions),
            items=self._several(placed, "items", claim.items),
            office=self._ref(placed, "office", claim.office),
            speaker=self._ref(placed, "speaker", claim.speaker),
            via=self._ref(placed, "via", claim.via),
        )

    def _several(self, claim: Claim, slot: str, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        return tuple(self._one(claim, slot, ref) for ref in refs)

    def _ref(self, claim: Claim, slot: str, ref: Ref | None) -> Ref | None:
        return None if ref is None else self._one(claim, slot, ref)

    def _one(self, claim: Claim, slot: str, ref: Ref) -> Ref:
        if ref.iri is not None:
            return ref
        if slot == "agents" and claim.facility and name_key(claim.facility.name) == name_key(ref.name):
            return replace(ref, iri=claim.facility.iri)
        iri = self._known.find(ref.name, CLASSES[slot])
        if iri is None and slot in ("agents", "counterparts", "speaker"):
            iri = self._known.seated_at(ref.name)
        return replace(ref, iri=iri or self._mint(claim, _Mention(slot, ref.name, _state(claim, slot))))

    def _mint(self, claim: Claim, mention: _Mention) -> str:
        prefix = self._prefix(mention)
        place = claim.place.iri if prefix == "fac" and claim.place else None
        state = mention.state or self._states.get((prefix, name_key(mention.name)))
        unknown = Unknown(prefix, self._class(mention, prefix), mention.name, state, place)
        self.minted.update(mint(unknown, self._article, self._known))
        return unknown.iri

    def _prefix(self, mention: _Mention) -> str:
        fixed = {"items": "hw", "place": "place", "facility": "fac", "office": "office", "via": "org"}
        if mention.slot in fixed:
            return fixed[mention.slot]
        person = name_key(mention.name) in self._persons or is_person(mention.name)
        return "person" if person else "org"

    def _class(self, mention: _Mention, prefix: str) -> str:
        if prefix == "hw":
            return "HardwareModel" if is_designation(mention.name) else "Item"
        classes = {"person": "Person", "place": "Place", "fac": "Facility", "office": "Office"}
        return "Outlet" if mention.slot == "via" else classes.get(prefix, "Organisation")


def _mentions(claim: Claim) -> Iterator[_Mention]:
    for slot in SLOTS_OF_MANY:
        for ref in getattr(claim, slot):
            if ref.iri is None:
                yield _Mention(slot, ref.name, _state(claim, slot))
    for slot in SLOTS_OF_ONE:
        ref = getattr(claim, slot)
        if ref is not None and ref.iri is None:
            yield _Mention(slot, ref.name, _state(claim, slot))


def _state(claim: Claim, slot: str) -> str | None:
    """Return the one state that a slot's fillers act for or stand in, None where the claim leaves it open."""
    if slot in ("place", "facility"):
        return claim.country
    codes = {
        "agents": claim.agent_states,
        "office": claim.agent_states,
        "counterparts": claim.counterpart_states,
    }.get(slot, ())
    return codes[0] if len(codes) == 1 else None
