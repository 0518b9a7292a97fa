"""What became of each gold line and each predicted claim, in one word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kb.evaluation.levels import Agreement, name_of
from kb.evaluation.names import same_office
from kb.evaluation.records import GoldLine
from kb.evaluation.scoring import Evaluation
from kb.records import Claim, ClaimType

VERDICTS: Final = {
    "missed": "the gold has it, nothing was found",
    "spurious": "found, and the gold does not have it",
    "core wrong": "found, with wrong parties or another place",
    "full wrong": "right parties and place; modality, polarity or date is wrong",
    "row wrong": "right, but for a slot that counts only in the row",
    "right": "right in every slot that the gold fills",
    "left out": "optional in the gold, and not found: no fault",
}
"""From the worst to the best, each named after the level at which it fails."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A gold line, a predicted claim, or both where they are paired."""

    doc: str
    verdict: str
    gold: GoldLine | None
    found: Claim | None
    agreement: Agreement | None = None

    @property
    def type(self) -> ClaimType:
        """Return the type, which a pair shares."""
        claim = self.gold.claim if self.gold else self.found
        assert claim is not None
        return claim.type

    @property
    def start(self) -> int:
        """Return where its words begin: the gold's, where it has any."""
        claim = self.gold.claim if self.gold else self.found
        assert claim is not None
        return claim.start

    @property
    def differs(self) -> tuple[str, ...]:
        """Return the slots of a pair that are wrong, whether or not a level asks for them."""
        if not (self.agreement and self.gold and self.found):
            return ()
        wrong = tuple(slot for slot, right in self.agreement.slots.items() if not right)
        offices = name_of(self.gold.claim.office), name_of(self.found.office)
        other = self.type is ClaimType.OFFICE and not same_office(*offices)
        return (*wrong, "office") if other else wrong


def verdict_of(agreement: Agreement) -> str:
    """Return the verdict on a pair."""
    if agreement.row:
        return "right"
    return "row wrong" if agreement.full else "full wrong" if agreement.core else "core wrong"


def judge(evaluation: Evaluation) -> Iterator[Judged]:
    """Yield every line of gold and every claim once, text by text, in the order of the text."""
    for doc, events in evaluation.paired["events"].items():
        found: list[Judged] = []
        for paired in (events, evaluation.paired["standing"][doc]):
            found += [
                Judged(doc, verdict_of(each.agreement), each.gold, each.found, each.agreement)
                for each in paired.pairs
            ]
            found += [Judged(doc, "missed", line, None) for line in paired.missed]
            found += [Judged(doc, "left out", line, None) for line in paired.left_out]
            found += [Judged(doc, "spurious", None, claim) for claim in paired.spurious]
        yield from sorted(found, key=lambda each: (each.start, each.type, each.gold is None))
