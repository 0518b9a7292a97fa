"""When a predicted claim says what a gold claim says: trigger, core, full, row, and slot by slot.

Each level holds the one before. The definitions stand in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kb.evaluation.names import Names, acts_as_state, same_office
from kb.records import Claim, ClaimType, Ref

LEVELS: Final = ("trigger", "core", "full", "row")
LONGEST_SPAN: Final = 400
"""Characters that a predicted span may have, unless the gold one has more."""
TWO_SIDED: Final = (ClaimType.TRANSFER, ClaimType.SANCTION, ClaimType.DEPLOYMENT)
"""Types whose counterparts belong to the core: who supplied whom."""
ROW_SLOTS: Final = (
    "counterparts", "place", "facility", "country", "speaker", "via", "companions", "items",
)  # fmt: skip


ALL_SLOTS: Final = ("agents", "modality", "polarity", "edtf", *ROW_SLOTS)
"""Every slot that is right or wrong by itself."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a predicted claim agrees with the gold claim that it is paired with."""

    core: bool
    full: bool
    row: bool
    slots: dict[str, bool]
    """Right or wrong for each slot that either fills; agents, modality and polarity always."""

    def reaches(self, level: str) -> bool:
        """Say whether a level is reached; the trigger always is."""
        return {"trigger": True, "core": self.core, "full": self.full, "row": self.row}[level]


def overlap(gold: Claim, found: Claim) -> int:
    """Return the characters that two spans share, below zero where they lie apart."""
    return min(gold.end, found.end) - max(gold.start, found.start)


def trigger(gold: Claim, found: Claim) -> bool:
    """Say whether type and span agree: half of the shorter span shared, the predicted one not too long."""
    length, wanted = found.end - found.start, gold.end - gold.start
    if gold.type != found.type or length > max(LONGEST_SPAN, wanted):
        return False
    return overlap(gold, found) >= 0.5 * min(length, wanted)


def core(gold: Claim, found: Claim, names: Names) -> bool:
    """Say whether the right parties are named and the place is no other one."""
    if gold.type is ClaimType.OFFICE:
        offices = name_of(gold.office), name_of(found.office)
        return names.same_set(all_names(gold.agents), all_names(found.agents)) and same_office(*offices)
    if gold.type is ClaimType.PRODUCTION:
        return names.same_set(all_names(gold.items), all_names(found.items)) and _place(gold, found, names)
    parties = _agents(gold, found, names) and _place(gold, found, names)
    return parties and (gold.type not in TWO_SIDED or _counterparts(gold, found, names))


def full(gold: Claim, found: Claim) -> bool:
    """Say whether modality, polarity and a date that the gold has are right; the core is for the caller."""
    stance = gold.modality is found.modality and gold.polarity is found.polarity
    return stance and (not gold.edtf or gold.edtf == found.edtf)


def agreement(gold: Claim, found: Claim, names: Names) -> Agreement:
    """Return how far two claims agree whose trigger does."""
    right = _slots(gold, found, names)
    has_core = core(gold, found, names)
    has_full = has_core and full(gold, found)
    filled = [slot for slot in ROW_SLOTS if getattr(gold, slot)]
    return Agreement(has_core, has_full, has_full and all(right.get(slot, True) for slot in filled), right)


def name_of(ref: Ref | None) -> str:
    """Return the name in a slot, empty where nothing fills it."""
    return ref.name if ref else ""


def all_names(refs: tuple[Ref, ...]) -> list[str]:
    """Return the names in a slot of many."""
    return [ref.name for ref in refs]


def _party(gold: tuple[Ref, ...], found: tuple[Ref, ...], names: Names) -> bool:
    return names.same_set(all_names(gold), all_names(found))


def _same_states(gold: tuple[Ref, ...], found: tuple[Ref, ...]) -> bool:
    """Say whether both sides name only states and their bodies, so that their states may decide."""
    return bool(gold) and all(acts_as_state(ref.name) for ref in (*gold, *found))


def _agents(gold: Claim, found: Claim, names: Names) -> bool:
    if _party(gold.agents, found.agents, names):
        return True
    states = bool(gold.agent_states) and gold.agent_states == found.agent_states
    return states and _same_states(gold.agents, found.agents)


def _counterparts(gold: Claim, found: Claim, names: Names) -> bool:
    if _party(gold.counterparts, found.counterparts, names):
        return True
    states = bool(gold.counterpart_states) and gold.counterpart_states == found.counterpart_states
    return states and _same_states(gold.counterparts, found.counterparts)


def _place(gold: Claim, found: Claim, names: Names) -> bool:
    """Say whether the most exact kind of place that both have agrees."""
    for one, other in ((gold.facility, found.facility), (gold.place, found.place)):
        if one and other:
            return names.same_spot(one.name, other.name)
    return not gold.country or not found.country or gold.country == found.country


def _slots(gold: Claim, found: Claim, names: Names) -> dict[str, bool]:
    right = {
        "agents": _agents(gold, found, names),
        "modality": gold.modality is found.modality,
        "polarity": gold.polarity is found.polarity,
    }
    if gold.counterparts or found.counterparts:
        right["counterparts"] = _counterparts(gold, found, names)
    same: Callable[[str, str], bool]
    for slot in ("place", "facility", "speaker", "via"):
        same = names.same_spot if slot in ("place", "facility") else names.same
        one, other = getattr(gold, slot), getattr(found, slot)
        if one or other:
            right[slot] = bool(one and other) and same(one.name, other.name)
    for slot in ("country", "edtf"):
        one, other = getattr(gold, slot), getattr(found, slot)
        if one or other:
            right[slot] = one == other
    for slot in ("companions", "items"):
        one, other = getattr(gold, slot), getattr(found, slot)
        if one or other:
            right[slot] = names.same_set(all_names(one), all_names(other))
    return right
