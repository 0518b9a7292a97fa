"""One event that two frames find in the same words is one draft."""

from __future__ import annotations

from typing import Final

from kb.reading.model import Draft
from kb.records import ClaimType

_FOUND_TWICE: Final = frozenset(
    {
        ClaimType.AGREEMENT,
        ClaimType.TRANSFER,
        ClaimType.DEPLOYMENT,
        ClaimType.DISPLAY,
        ClaimType.EXERCISE,
        ClaimType.SANCTION,
        ClaimType.PRODUCTION,
    }
)
_MOVES: Final = frozenset({ClaimType.ARRIVAL, ClaimType.DEPARTURE, ClaimType.VISIT})
_CARRIES: Final = frozenset({ClaimType.TRANSFER, ClaimType.DEPLOYMENT})
_NEAR: Final = 10
"""Tokens between two triggers of one event."""
_OTHER_THINGS: Final = frozenset({"transfer/in-exchange"})
"""Frames whose event is another than that of the words around it."""


def without_repeats(drafts: list[Draft]) -> list[Draft]:
    """Return drafts without those that a fuller one of the same type tells in the same words.

    Troops or goods that arrive are no visitor: where a trigger tells of them, it tells of no journey.
    """
    carrying = {draft.trigger for draft in drafts if draft.type in _CARRIES}
    kept = [d for d in drafts if not (d.type in _MOVES and d.trigger in carrying)]
    return [one for at, one in enumerate(kept) if not any(
        _told_by(one, other, later=at > index) for index, other in enumerate(kept) if index != at
    )]  # fmt: skip


def _told_by(one: Draft, other: Draft, *, later: bool) -> bool:
    """Tell whether another draft tells the same more fully; of two alike the first stays."""
    if one.type != other.type or one.type not in _FOUND_TWICE or not _overlap(one, other):
        return False
    if one.rule != other.rule and {one.rule, other.rule} & _OTHER_THINGS:
        return False
    if not all(_within(one, other, role) or _within(other, one, role) for role in ("agents", "counterparts")):
        return False
    mine, theirs = _weight(one), _weight(other)
    return theirs > mine or (theirs == mine and later)


def _overlap(one: Draft, other: Draft) -> bool:
    if one.trigger == other.trigger:
        return True
    if one.rule == other.rule:
        return False  # two of a kind in one sentence are two events
    near = abs(one.trigger - other.trigger) <= _NEAR
    return near and one.start < other.end and other.start < one.end


def _within(one: Draft, other: Draft, role: str) -> bool:
    mine, theirs = one.parties(role), other.parties(role)
    states = {s for p in mine for s in p.states}, {s for p in theirs for s in p.states}
    return {p.name for p in mine} <= {p.name for p in theirs} or (bool(states[0]) and states[0] <= states[1])


def _weight(draft: Draft) -> tuple[int, int]:
    filled = sum(len(draft.parties(role)) for role in ("agents", "counterparts", "items"))
    guessed = sum("near" in p.rule or "pair" in p.rule for role in draft.roles.values() for p in role)
    return (filled - guessed, -guessed)
