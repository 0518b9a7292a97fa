"""The union of what several extractors found: one claim for what several found alike, with provenance.

The first extractor's claim stands as it is, to its identifier: what another has in a slot where it differs
is noted beside it and never put in. So an accepted claim holds nothing on a later extractor's word alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kb.reading.folding import name_words
from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Claim, ClaimType, Ref, Tier

CORE: Final = frozenset({"agents", "counterparts", "modality", "polarity"})
"""Where extractors differ in one of these, they do not agree on what is claimed."""
SUREST: Final = 0.99
HALF: Final = 0.5
"""Spans are of one mention where they share this part of the shorter."""


def joined(found: Iterable[Sequence[Claim]]) -> list[Claim]:
    """Return the claims of extractors, each event once, sorted by place; the first extractor leads.

    The claims are those of ``checking.checked``, of one article. Deterministic, whatever their order.
    """
    union: list[Claim] = []
    for claims in found:
        union = _with(union, claims) if union else list(claims)
    unique = {claim.id: claim for claim in reversed(union)}
    return sorted(unique.values(), key=_place)


def _with(kept: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    kept, others = sorted(kept, key=_place), sorted(others, key=_place)
    pairs = sorted(
        (-likeness, i, j)
        for i, one in enumerate(kept)
        for j, other in enumerate(others)
        if (likeness := _likeness(one, other)) > 0
    )
    partner: dict[int, int] = {}
    for _, i, j in pairs:
        if i not in partner and j not in partner.values():
            partner[i] = j
    agreed = [_agreed(one, others[partner[i]]) if i in partner else one for i, one in enumerate(kept)]
    return agreed + [other for j, other in enumerate(others) if j not in partner.values()]


def _place(claim: Claim) -> tuple[int, int, str, str]:
    return claim.start, claim.end, claim.type.value, claim.id


def _likeness(one: Claim, other: Claim) -> float:
    """Return how surely two claims tell of one event, 0 where they do not seem to."""
    if one.type != other.type or not _share_agents(one, other):
        return 0
    shared = min(one.end, other.end) - max(one.start, other.start)
    near = shared / min(one.end - one.start, other.end - other.start)
    alike = [_same(one, other, slot) for slot in ("agents", "counterparts", "items", "place", "facility")]
    if near >= HALF:
        whole = max(one.end, other.end) - min(one.start, other.start)
        return shared / whole + sum(alike)
    if not all(alike):
        return 0
    if one.type is ClaimType.OFFICE:
        return HALF * _same(one, other, "office")
    return HALF * (one.edtf is not None and one.edtf == other.edtf and one.polarity == other.polarity)


def _share_agents(one: Claim, other: Claim) -> bool:
    """Tell whether two claims may be of the same people: by name, entity or states, or one names nobody."""
    if not one.agents or not other.agents:
        return True
    if one.agent_states and one.agent_states == other.agent_states:
        return True
    if _keys(one, "agents", _by_entity) & _keys(other, "agents", _by_entity):
        return True
    ours, theirs = ([set(_by_name(ref).split()) for ref in claim.agents] for claim in (one, other))
    return any(own <= words or words <= own for own in ours for words in theirs)


def _same(one: Claim, other: Claim, slot: str) -> bool:
    """Tell whether a slot holds the same in both, by name or by entity."""
    return any(_keys(one, slot, by) == _keys(other, slot, by) for by in (_by_name, _by_entity))


def _keys(claim: Claim, slot: str, by: Callable[[Ref], str]) -> frozenset[str]:
    value = getattr(claim, slot)
    if not value:
        return frozenset()
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(by(ref) for ref in (value if isinstance(value, tuple) else (value,)))


def _by_name(ref: Ref) -> str:
    return " ".join(word.key for word in name_words(ref.name))


def _by_entity(ref: Ref) -> str:
    return ref.iri or _by_name(ref)


def _agreed(one: Claim, other: Claim) -> Claim:
    """Return the first claim as found by both, with what the second has otherwise."""
    from kb.reading.gate import ACCEPT  # here, because it loads the parser, which most commands do without

    differing = list(_differing(one, other))
    who = ", ".join(other.extractors)
    notes = {f"{who}: {slot}={_shown(other, slot)}" for slot in differing}
    both = replace(
        one,
        extractors=tuple(sorted({*one.extractors, *other.extractors})),
        other_readings=tuple(sorted({*one.other_readings, *notes})),
    )
    if CORE & set(differing):
        return both
    sure = min(SUREST, round(1 - (1 - one.confidence) * (1 - other.confidence), 2))
    if sure <= one.confidence:
        return both
    if both.tier is Tier.REVIEW and sure >= ACCEPT:
        doubts = both.detail.replace("review: ", "doubts: ")
        return replace(both, confidence=sure, tier=Tier.ACCEPTED, detail=doubts)
    return replace(both, confidence=sure)


def _differing(one: Claim, other: Claim) -> Iterator[str]:
    """Yield the slots that the second fills, and otherwise than the first."""
    for slot in (*SLOTS_OF_MANY, *SLOTS_OF_ONE, "country", "edtf", "modality", "polarity"):
        if getattr(other, slot) and not _same(one, other, slot):
            yield slot


def _shown(claim: Claim, slot: str) -> str:
    value = getattr(claim, slot)
    if isinstance(value, tuple):
        return " | ".join(ref.name for ref in value)
    return value.name if isinstance(value, Ref) else str(value)
