"""What makes a claim the same claim: a hash of article, span, type and slots."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from kb.records import SLOTS_OF_MANY, SLOTS_OF_ONE, Claim, ClaimType


def claim_id(article: str, start: int, end: int, type: ClaimType, *slots: str) -> str:
    """Return "c" and 16 hex digits that stand for article, span, type and slots.

    ``slots`` are texts in an order that the caller keeps; ``slots_of`` gives those of a whole claim.
    """
    digest = hashlib.sha256()
    for part in (article, str(start), str(end), type.value, *slots):
        content = part.encode()
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return "c" + digest.hexdigest()[:16]


def slots_of(claim: Claim) -> tuple[str, ...]:
    """Return what a claim's slots hold, as the texts that its identifier depends on.

    Names, not IRIs: an entity that is recognised later does not make another claim.
    """
    many = ((slot.removesuffix("s"), getattr(claim, slot)) for slot in SLOTS_OF_MANY)
    one = ((slot, getattr(claim, slot)) for slot in SLOTS_OF_ONE)
    return (
        *(f"{role}={ref.name}" for role, refs in many for ref in refs),
        *(f"{role}={ref.name}" for role, ref in one if ref is not None),
        *(f"agent state={code}" for code in claim.agent_states),
        *(f"counterpart state={code}" for code in claim.counterpart_states),
        f"{claim.country} {claim.edtf} {claim.modality.value} {claim.polarity.value}",
    )


def identified(claim: Claim) -> Claim:
    """Return the claim with the identifier that its article, span, type and slots give it."""
    made = claim_id(claim.article, claim.start, claim.end, claim.type, *slots_of(claim))
    return replace(claim, id=made)
