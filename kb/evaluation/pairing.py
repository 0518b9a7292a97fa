"""Pair gold and predicted claims of a text one to one, so that the most agree as far as they can."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from kb.errors import MissingPart
from kb.evaluation.levels import Agreement, agreement, overlap, trigger
from kb.evaluation.names import Names
from kb.evaluation.records import GoldLine
from kb.records import Claim

A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold line, the claim that was found for it, and how far they agree."""

    gold: GoldLine
    found: Claim
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Paired:
    """The pairs of one text, and what has no partner. ``missed`` holds no optional line."""

    pairs: tuple[Pair, ...]
    missed: tuple[GoldLine, ...]
    left_out: tuple[GoldLine, ...]
    """Optional lines that nothing was found for: no fault."""
    spurious: tuple[Claim, ...]


def pair(gold: Sequence[GoldLine], found: Sequence[Claim], names: Names) -> Paired:
    """Return the best pairing: full counts above core, core above trigger, then the longer overlap.

    Raises MissingPart where scipy is not installed.
    """
    known: dict[tuple[int, int], Agreement] = {}

    def worth(i: int, j: int) -> float:
        line, claim = gold[i], found[j]
        if not trigger(line.claim, claim):
            return 0.0
        known[i, j] = agreed = agreement(line.claim, claim, names)
        value = 1.0 + 10 * agreed.core + 10 * agreed.full
        return value + overlap(line.claim, claim) / 10_000 - (0.4 if line.optional else 0)

    matched = assign(len(gold), len(found), worth)
    pairs = tuple(Pair(gold[i], found[j], known[i, j]) for i, j in matched)
    has_gold, has_found = {i for i, _ in matched}, {j for _, j in matched}
    alone = [line for i, line in enumerate(gold) if i not in has_gold]
    return Paired(
        pairs,
        tuple(line for line in alone if not line.optional),
        tuple(line for line in alone if line.optional),
        tuple(claim for j, claim in enumerate(found) if j not in has_found),
    )


def assign(rows: int, columns: int, worth: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the cells of the one-to-one assignment that is worth most, cells worth nothing left out."""
    table = [[worth(i, j) for j in range(columns)] for i in range(rows)]
    if not any(value > 0 for row in table for value in row):
        return []
    chosen = solver()([[-value for value in row] for row in table])
    return [(int(i), int(j)) for i, j in zip(*chosen, strict=True) if table[i][j] > 0]


def solver() -> Any:
    """Return scipy's function for the optimal assignment. Raises MissingPart where it is not installed."""
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise MissingPart(
            "scipy is not installed, and pairs are found with it",
            repair="pip install 'legation[evaluate]'",
        ) from error
    return linear_sum_assignment
