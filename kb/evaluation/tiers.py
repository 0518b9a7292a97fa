"""What the tiers and the confidence of claims are worth: precision against recall, and calibration.

All over the eleven event types, at the core: is it the right dealing between the right parties?
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from kb.evaluation.figures import Figure, count, figure, total
from kb.evaluation.pairing import Paired, pair
from kb.evaluation.records import GROUPS, Claims, GoldSet
from kb.records import Claim, Tier

KINDS: Final = GROUPS["eleven"]
CUTS: Final = tuple(round(0.05 * step, 2) for step in range(20))
"""The confidences from which on a claim is kept, one after another."""
TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Step:
    """What is left when only some claims are kept."""

    name: str
    found: int
    core: Figure


@dataclass(frozen=True, slots=True)
class Tenth:
    """The claims whose confidence lies in one tenth, ``low`` included: how sure they were, and how right."""

    low: float
    found: int
    confidence: float
    """Their mean."""
    core: float
    full: float
    """The shares that are right."""


def tier_steps(gold: GoldSet, claims: Claims) -> tuple[Step, ...]:
    """Return the core figures of the accepted tier alone, then with review, then with all."""
    steps = (
        ("accepted", (Tier.ACCEPTED,)),
        ("accepted and review", (Tier.ACCEPTED, Tier.REVIEW)),
        ("all", tuple(Tier)),
    )

    def keeps(tiers: tuple[Tier, ...]) -> Callable[[Claim], bool]:
        return lambda claim: claim.tier in tiers

    return tuple(_step(name, gold, claims, keeps(tiers)) for name, tiers in steps)


def confidence_steps(gold: GoldSet, claims: Claims) -> tuple[Step, ...]:
    """Return the core figures of the claims from a confidence on, for each cut that changes what is kept."""

    def keeps(cut: float) -> Callable[[Claim], bool]:
        return lambda claim: claim.confidence >= cut

    steps, before = [], -1
    for cut in CUTS:
        step = _step(f"{cut:.2f}", gold, claims, keeps(cut))
        if step.found != before and step.found:
            steps.append(step)
        before = step.found
    return tuple(steps)


def _step(name: str, gold: GoldSet, claims: Claims, keep: Callable[[Claim], bool]) -> Step:
    """Pair the kept claims anew: one that is dropped may have stood in the way of another.

    Optional gold lines count in the recall only where they are matched, so it moves a little by what is kept.
    """
    paired = (
        pair(
            [line for line in text.gold if line.claim.type in KINDS],
            [claim for claim in claims.get(doc, ()) if claim.type in KINDS and keep(claim)],
            gold.names,
        )
        for doc, text in gold.texts.items()
    )
    counts = total(count(each, KINDS) for each in paired)
    return Step(name, counts.found, figure(counts, "core"))


def calibration(paired: Iterable[Paired]) -> tuple[Tenth, ...]:
    """Return the tenths of confidence that any claim lies in, from the lowest."""
    marks: dict[int, list[tuple[float, bool, bool]]] = {}
    for text in paired:
        found = [(each.found.confidence, each.agreement.core, each.agreement.full) for each in text.pairs]
        found += [(claim.confidence, False, False) for claim in text.spurious]
        for mark in found:
            marks.setdefault(min(int(mark[0] * TENTHS), TENTHS - 1), []).append(mark)
    return tuple(_tenth(low, found) for low, found in sorted(marks.items()))


def _tenth(low: int, found: list[tuple[float, bool, bool]]) -> Tenth:
    def mean(values: Iterable[float]) -> float:
        return sum(values) / len(found)

    confidence, core, full = zip(*found, strict=True)
    return Tenth(low / TENTHS, len(found), mean(confidence), mean(core), mean(full))
