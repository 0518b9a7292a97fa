"""A claim as the store keeps it: with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.records import Claim, Tier


class Review(StrEnum):
    """What became of a claim; the value is the local name of the term in the vocabulary."""

    UNREVIEWED = "Unreviewed"
    ACCEPTED = "Accepted"
    REJECTED = "Rejected"
    RETRACTED = "Retracted"
    SUPERSEDED = "Superseded"


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim, what became of it, and the run of the reader that made it."""

    claim: Claim
    review: Review = Review.UNREVIEWED
    run: str = ""
    """Which reader made it: its version, as text."""

    @property
    def id(self) -> str:
        """Return the claim's identifier."""
        return self.claim.id

    @property
    def counts(self) -> bool:
        """Tell whether facts may rest on it.

        Not what the gate or a person rejected, what was taken back, or what a newer reader replaced.
        """
        gone = (Review.REJECTED, Review.RETRACTED, Review.SUPERSEDED)
        return self.review not in gone and (
            self.claim.tier is not Tier.REJECTED or self.review is Review.ACCEPTED
        )
