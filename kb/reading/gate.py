"""The acceptance gate: what is sure enough to stand, what a person should see first, what is dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kb.reading.model import Draft, Party, Stance, When
from kb.records import Modality, Tier

ACCEPT: Final = 0.7
REJECT: Final = 0.25
LEAST: Final = 0.26
"""The confidence of a claim with every doubt there is: a person may still look at it."""
_HAVE_A_DAY: Final = frozenset({"Agreement", "Sanction", "Meeting", "Arrival", "Exercise"})
"""Types of which a text that tells them for the first time gives the day."""
_ONLY_SAID: Final = frozenset({"statement/say-verb", "statement/say-that", "statement/quoted"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A tier, a confidence from 0 to 1, and the reasons for what was taken off."""

    tier: Tier
    confidence: float
    reasons: tuple[str, ...]


def judge(draft: Draft, stance: Stance, when: When) -> Verdict:
    """Return the verdict on a claim.

    The weights are set by hand: they order claims for a reviewer, they are not probabilities.
    """
    confidence, reasons = 0.95, []
    for weight, reason, holds in (
        (0.2, "agent found by pronoun", any(_by(p, "pronoun") for p in draft.parties("agents"))),
        (0.1, "agent found as one of a pair", any(_by(p, "pair") for p in draft.parties("agents"))),
        (
            0.3,
            "a party found by nearness",
            any(_by(p, "near") for role in draft.roles.values() for p in role),
        ),
        (0.3, "a party is the other of two", any(_by(p, "pair/") for p in _parties(draft))),
        (0.35, "agent unknown to the reference data", any(_unknown(p) for p in draft.parties("agents"))),
        (0.4, "nobody acts", not draft.parties("agents")),
        (0.3, "agent is an unnamed group", any(p.kind == "group" for p in draft.parties("agents"))),
        (0.2, "told as speculation", stance.modality is Modality.SPECULATED),
        (0.3 if draft.type in _HAVE_A_DAY else 0.1, "undated", when.edtf is None),
        (0.3, "no state is known", not any(p.states for role in draft.roles.values() for p in role)),
        (0.3, "only said, not judged", draft.rule in _ONLY_SAID),
        (0.05, "a statement about nobody", draft.type == "Statement" and not draft.parties("counterparts")),
    ):
        if holds:
            confidence -= weight
            reasons.append(reason)
    if _about_nobody(draft):
        confidence = 0.05
    confidence = round(max(confidence, 0.05 if _about_nobody(draft) else LEAST), 2)
    tier = Tier.ACCEPTED if confidence >= ACCEPT else Tier.REVIEW if confidence >= REJECT else Tier.REJECTED
    return Verdict(tier, confidence, tuple(reasons))


def _parties(draft: Draft) -> tuple[Party, ...]:
    return (*draft.parties("agents"), *draft.parties("counterparts"))


def _about_nobody(draft: Draft) -> bool:
    """One person's words about no other state are no position on one."""
    alone = len(draft.parties("agents")) < 2 and any(p.kind != "state" for p in draft.parties("agents"))
    return draft.type == "Statement" and alone and not draft.parties("counterparts")


def _by(party: Party, rule: str) -> bool:
    return rule in party.rule


def _unknown(party: Party) -> bool:
    return party.kind in ("person", "organisation") and party.iri is None
