"""The acceptance gate: what is sure enough to stand, what a person should see first, what is dropped.

A claim bears signs (kb.reading.gate_signs). Each sign has a weight, as have its type and its rule; their sum
makes the confidence: the chance that the claim is right at the core. The weights were fitted to texts with
gold and are data (gate.yaml); docs/gate.md says how.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from kb import plain_yaml
from kb.errors import BadReference
from kb.reading.data import HERE
from kb.reading.gate_signs import ABOUT_NOBODY, office_signs, signs
from kb.reading.gate_view import View
from kb.reading.model import OfficeMention
from kb.records import Ref, Tier

WEIGHTS: Final = HERE / "gate.yaml"
LEAST, MOST = 0.02, 0.98
"""No claim is surer, and none less sure: no weight was fitted on enough texts for that."""
_TOLD: Final = 0.1
"""Weights below this move the confidence by less than three in a hundred: they are no reason."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What signs weigh, in log-odds; from which confidence on a claim is accepted, below which rejected."""

    accept: float
    reject: float
    base: Mapping[str, float]
    """By type: its share of right claims before any sign."""
    rules: Mapping[str, float]
    signs: Mapping[str, float]

    def of(self, kind: str, rule: str, borne: Sequence[str]) -> dict[str, float]:
        """Return the weights that make up a claim's confidence, by what they are for."""
        parts = {
            f"a claim of type {kind}": self.base.get(kind, 0.0),
            f"read by {rule}": self.rules.get(rule, 0.0),
        }
        return parts | {sign: self.signs.get(sign, 0.0) for sign in borne}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A tier, a confidence from 0 to 1, and the reasons, the weightiest first.

    They are what speaks for an accepted claim, and what speaks against any other.
    """

    tier: Tier
    confidence: float
    reasons: tuple[str, ...]


def judge(view: View, chance: float | None = None) -> Verdict:
    """Return the verdict on a claim of an event or a position.

    ``chance``: that it is right, where its words and parties were weighed; its signs then only say why.
    """
    draft, borne = view.one.draft, signs(view)
    if ABOUT_NOBODY in borne:
        return Verdict(Tier.REJECTED, LEAST, (ABOUT_NOBODY,))
    return verdict(draft.type, draft.rule, borne, chance)


def judge_office(office: OfficeMention, agent: Ref, rule: str) -> Verdict:
    """Return the verdict on the claim that somebody holds an office."""
    return verdict("Office", rule, office_signs(office, agent))


def verdict(kind: str, rule: str, borne: Sequence[str], chance: float | None = None) -> Verdict:
    """Return what a claim's signs come to, or, where its chance is known, that with the signs as reasons."""
    parts = weights().of(kind, rule, borne)
    known = chance if chance is not None else 1 / (1 + math.exp(-sum(parts.values())))
    sure = round(min(max(known, LEAST), MOST), 2)
    tier = Tier.ACCEPTED if sure >= ACCEPT else Tier.REVIEW if sure >= REJECT else Tier.REJECTED
    side = 1 if tier is Tier.ACCEPTED else -1
    telling = sorted((-side * weight, words) for words, weight in parts.items() if side * weight >= _TOLD)
    return Verdict(tier, sure, tuple(words for _, words in telling) or ("too little speaks for it",))


@cache
def weights() -> Weights:
    """Return the fitted weights (gate.yaml). Raises BadReference where the file is not what it should be."""
    held = plain_yaml.load(WEIGHTS.read_text("utf-8"))
    try:
        tables = [
            {str(words): float(weight) for words, weight in held[name].items()}
            for name in ("base", "rules", "signs")
        ]
        return Weights(float(held["accept"]), float(held["reject"]), *tables)
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise BadReference(
            f"is no table of weights: {wrong!r}",
            place=str(WEIGHTS),
            repair="Restore it, or run python -m tests.reading.calibrate",
        ) from wrong


ACCEPT: Final = weights().accept
REJECT: Final = weights().reject
"""From which confidence on a claim is accepted, and below which it is rejected."""
