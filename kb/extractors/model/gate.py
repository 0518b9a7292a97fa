"""How sure a claim is that a model alone made: for a reviewer's eye, never accepted on its word."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kb.reading.gate import ACCEPT
from kb.records import Claim, Modality, Tier

ALONE: Final = min(0.55, ACCEPT - 0.05)
"""The most that a model's word is worth. It lies below acceptance: that takes the rules' agreement (see
kb.extractors.joining) or a person."""


REJECT: Final = 0.25
"""Below this nobody need look at it. The rules' own threshold is of calibrated confidence; this is none."""


def judged(claim: Claim, *, exact: bool, emptied: int, beside: bool) -> Claim:
    """Return a model's claim with confidence, tier and reasons.

    ``exact``: the quote stands letter for letter; ``emptied``: how many slots had to be emptied; ``beside``:
    an agent is named in the quote's paragraph. The weights are set by hand: they order claims, they are no
    probabilities.
    """
    confidence, reasons = ALONE, ["found by the model alone"]
    for weight, reason, holds in (
        (0.05, "quoted not quite to the letter", not exact),
        (0.1, "no agent is named near the quote", bool(claim.agents) and not beside),
        (0.2, "nobody acts", not claim.agents),
        (0.1, "an agent is unknown to the reference data", any(agent.iri is None for agent in claim.agents)),
        (0.1, "no state is known", not claim.agent_states and not claim.counterpart_states),
        (0.1, "told as speculation", claim.modality is Modality.SPECULATED),
        (0.05 * emptied, "slots that the text does not bear out", bool(emptied)),
    ):
        if holds:
            confidence -= weight
            reasons.append(reason)
    confidence = round(max(confidence, 0.05), 2)
    tier = Tier.REVIEW if confidence >= REJECT else Tier.REJECTED
    return replace(claim, tier=tier, confidence=confidence, detail=f"review: {', '.join(reasons)}")
