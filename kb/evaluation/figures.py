"""Counts and the figures made from them: precision, recall, F1, and how far they may lie by chance."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kb.evaluation.levels import LEVELS
from kb.evaluation.pairing import Paired
from kb.records import ClaimType

SEED: Final = 7
"""Of the draws of texts, so that the same claims always have the same intervals."""


@dataclass(slots=True)
class Counts:
    """How many lines there are to find, were found, and reach each level. Adds up over texts."""

    gold: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0))

    def add(self, other: Counts) -> None:
        """Add another's counts to these."""
        self.gold += other.gold
        self.found += other.found
        for level in LEVELS:
            self.right[level] += other.right[level]


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 from 0 to 1, and the interval in which 95 in 100 draws of texts have F1."""

    precision: float
    recall: float
    f1: float
    interval: tuple[float, float] | None = None


def count(paired: Paired, kinds: Iterable[ClaimType]) -> Counts:
    """Return the counts of one text's pairing for some types; an optional line counts where it is matched."""
    wanted = frozenset(kinds)
    pairs = [each for each in paired.pairs if each.gold.claim.type in wanted]
    counts = Counts(
        gold=len(pairs) + sum(line.claim.type in wanted for line in paired.missed),
        found=len(pairs) + sum(claim.type in wanted for claim in paired.spurious),
    )
    for level in LEVELS:
        counts.right[level] = sum(each.agreement.reaches(level) for each in pairs)
    return counts


def total(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    whole = Counts()
    for each in counts:
        whole.add(each)
    return whole


def figure(counts: Counts, level: str, interval: tuple[float, float] | None = None) -> Figure:
    """Return the figures of a level; 0 where nothing is there to divide by."""
    precision = counts.right[level] / counts.found if counts.found else 0.0
    recall = counts.right[level] / counts.gold if counts.gold else 0.0
    both = precision + recall
    return Figure(precision, recall, 2 * precision * recall / both if both else 0.0, interval)


def figures(by_text: Mapping[str, Counts], draws: int) -> dict[str, Figure]:
    """Return the figures of every level over the texts, with intervals from so many draws of texts (0: none).

    One text has no interval: every draw is that text.
    """
    whole = total(by_text.values())
    spread = intervals([by_text[doc] for doc in sorted(by_text)], draws)
    return {level: figure(whole, level, spread.get(level)) for level in LEVELS}


def intervals(counts: Sequence[Counts], draws: int) -> dict[str, tuple[float, float]]:
    """Return for each level the bounds of F1 in the middle 95 of 100 draws with replacement."""
    if draws < 1 or len(counts) < 2:
        return {}
    chance = random.Random(SEED)
    drawn = [total(chance.choices(counts, k=len(counts))) for _ in range(draws)]
    found = {}
    for level in LEVELS:
        ordered = sorted(figure(each, level).f1 for each in drawn)
        found[level] = (ordered[int(0.025 * draws)], ordered[int(0.975 * draws)])
    return found
