"""Fit the gate's weights: a logistic model, drawn towards nothing, tried on texts it was not fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

Array = np.ndarray[Any, np.dtype[np.float64]]

DRAWN: Final = {"sign": 6.0, "rule": 12.0, "type": 6.0, "set": 0.1}
"""How strongly each kind of weight is drawn towards 0: a rule that few claims bear weighs next to nothing."""
SEEN: Final = 6
"""Claims that must bear a sign before it is given a weight."""
WORKED: Final = 0.5
"""What a claim of a text that rules were tried on counts in the fit, beside 1 for one of another text."""
PARTS: Final = 10
ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Case:
    """A claim: its text, what it bears, and whether it is right at the core."""

    text: str
    worked: bool
    """True where rules were tried on the text."""
    type: str
    rule: str
    signs: tuple[str, ...]
    right: bool

    @property
    def borne(self) -> tuple[tuple[str, str], ...]:
        """Return all that gets a weight, with its kind."""
        kinds = [("type", self.type), ("rule", self.rule), *(("sign", sign) for sign in self.signs)]
        return (*kinds, ("set", "worked")) if self.worked else tuple(kinds)


Weights = dict[tuple[str, str], float]
START: Final = ("start", "")


def fit(cases: Sequence[Case]) -> Weights:
    """Return the weights by kind and name; under START what every claim has."""
    counts = Counter(each for case in cases for each in case.borne)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    place = {name: column for column, name in enumerate(names)}
    table = np.zeros((len(cases), len(names)))
    for row, case in enumerate(cases):
        for each in case.borne:
            if each in place:
                table[row, place[each]] = 1.0
    right = np.array([case.right for case in cases], dtype=float)
    counted = np.array([WORKED if case.worked else 1.0 for case in cases])
    drawn = np.array([DRAWN[kind] for kind, _ in names])

    def loss(at: Array) -> tuple[float, Array]:
        sums = at[0] + table @ at[1:]
        off = counted * (expit(sums) - right)
        value = float(
            np.sum(counted * (np.logaddexp(0, sums) - right * sums)) + 0.5 * np.sum(drawn * at[1:] ** 2)
        )
        return value, np.concatenate([[off.sum()], table.T @ off + drawn * at[1:]])

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 1000}).x
    return {START: float(found[0])} | {
        name: float(value) for name, value in zip(names, found[1:], strict=True)
    }


def chance(weights: Weights, case: Case) -> float:
    """Return the chance that a claim is right, as of a text that no rule was tried on."""
    parts = [weights.get(each, 0.0) for each in case.borne if each[0] != "set"]
    return float(expit(weights[START] + sum(parts)))


def tried(cases: Sequence[Case]) -> list[float]:
    """Return each claim's chance by weights fitted without its text, the mean of some divisions."""
    texts = sorted({case.text for case in cases})
    sums = [0.0] * len(cases)
    for turn in range(ROUNDS):
        order = np.random.default_rng(turn).permutation(len(texts))
        part = {texts[which]: int(at) % PARTS for at, which in enumerate(order)}
        for left_out in range(PARTS):
            weights = fit([case for case in cases if part[case.text] != left_out])
            for row, case in enumerate(cases):
                if part[case.text] == left_out:
                    sums[row] += chance(weights, case) / ROUNDS
    return sums
