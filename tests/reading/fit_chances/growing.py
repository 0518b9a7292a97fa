"""Grow the trees: those that choose who takes part, then those that say how likely that is an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from kb.errors import BadInput
from kb.evaluation.records import GoldLine
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.options import Option, options
from kb.reading.chances.repeats import repeats
from kb.reading.chances.weighing import LIKELY, WORTH, best, likeliest, likely
from tests.reading.fit_chances import trees
from tests.reading.fit_chances.cases import Case, Cases
from tests.reading.fit_chances.logistic import Floats

Texts = Sequence[Cases]
FURTHER: Final = 60
"""Trees that are grown behind those that stand."""


@dataclass(frozen=True)
class Grown:
    """The trees that the reader needs, as lists."""

    who: dict[str, Any]
    trees: dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """A case with its likeliest parties and their chance, of fits without its text."""

    case: Case
    option: Option
    line: GoldLine | None
    """The gold line that this agrees with at the core."""
    chance: float


@dataclass(frozen=True)
class _Sitting:
    """A case that is worth a look, with what it may tell."""

    case: Case
    options: list[Option]
    rows: list[list[float]]
    lines: list[GoldLine | None]


@dataclass(frozen=True)
class _Chosen:
    """A case with its likeliest parties."""

    case: Case
    option: Option
    line: GoldLine | None
    row: list[float]


def grow(
    fresh: Texts,
    parts: Sequence[tuple[Texts, Texts]],
    standing_who: Mapping[str, Any] | None = None,
    standing_trees: Mapping[str, Any] | None = None,
) -> tuple[Grown, list[list[Tried]]]:
    """Return trees grown on all texts, and what trees of the other parts make of each part's texts.

    Those that stand are kept before the new ones. Raises BadInput where the trees can learn nothing.
    """
    sittings = {id(text): list(_sittings(text)) for text in fresh}
    chosen: dict[int, list[_Chosen]] = {}
    for part, rest in parts:
        who = forest(_who((sittings[id(text)] for text in rest), standing_who))
        chosen |= {id(text): _choose(sittings[id(text)], who) for text in part}
    shares: dict[int, Sequence[float]] = {}
    for part, rest in parts:
        grown = forest(_whether((chosen[id(text)] for text in rest), standing_trees))
        shares |= {id(text): grown.odds([one.row for one in chosen[id(text)]]).tolist() for text in part}
    told = [
        (one, odds) for text in fresh for one, odds in zip(chosen[id(text)], shares[id(text)], strict=True)
    ]
    slope, start = _calibration([odds for _, odds in told], [one.line is not None for one, _ in told])

    def tried(text: Cases) -> list[Tried]:
        pairs = zip(chosen[id(text)], shares[id(text)], strict=True)
        return [
            Tried(one.case, one.option, one.line, float(expit(slope * odds + start))) for one, odds in pairs
        ]

    whether = trees.stretched(_whether(chosen.values(), standing_trees), slope, start)
    return Grown(_who(sittings.values(), standing_who), whether), [tried(text) for text in fresh]


def _sittings(text: Cases) -> Iterator[_Sitting]:
    """Yield each case that is worth a look and has candidates."""
    earlier: list[frozenset[str]] = []
    for case in text.cases:
        if case.event < WORTH:
            continue
        seats = case.seated()
        found, rows = options(seats, case.setting_with(case.event, earlier))
        if found:
            yield _Sitting(case, found, rows, [case.right(one) for one in found])
        if case.event > LIKELY:
            earlier.append(likely(seats))


def _choose(sittings: Sequence[_Sitting], who: Forest) -> list[_Chosen]:
    """Return the likeliest of each case's options with the figures of the second question."""
    odds = who.odds([row for sitting in sittings for row in sitting.rows])
    found, mentions, start = [], [], 0
    for sitting in sittings:
        end, case = start + len(sitting.rows), sitting.case
        at, lead = best(odds[start:end])
        option = sitting.options[at]
        found.append(_Chosen(case, option, sitting.lines[at], sitting.rows[at] + lead))
        mentions.append(likeliest(case.token, case.sentence, case.type, option, case.event, lead))
        start = end
    return [
        _Chosen(one.case, one.option, one.line, one.row + more)
        for one, more in zip(found, repeats(mentions), strict=True)
    ]


def _who(texts: Iterable[Sequence[_Sitting]], standing: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return trees that tell right parties from wrong ones, where some are right."""
    told = [sitting for text in texts for sitting in text if any(sitting.lines)]
    return _fit(
        [row for sitting in told for row in sitting.rows],
        [line is not None for sitting in told for line in sitting.lines],
        standing,
    )


def _whether(texts: Iterable[Sequence[_Chosen]], standing: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return trees that say whether what is chosen is right."""
    chosen = [one for text in texts for one in text]
    return _fit([one.row for one in chosen], [one.line is not None for one in chosen], standing)


def _fit(
    rows: Sequence[Sequence[float]], right: Sequence[bool], standing: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return trees fitted to rows. Raises BadInput where all are right, or none."""
    if len(set(right)) < 2:
        raise BadInput(
            f"of {len(rows)} casts {sum(right)} are right: trees can learn nothing from that",
            repair="Give more texts with gold",
        )
    return trees.fit(rows, right, rounds=trees.ROUNDS if standing is None else FURTHER, standing=standing)


def _calibration(odds: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return by what to stretch and shift log-odds, so that of chances of .8 four in five are right."""
    given, wanted = np.asarray(odds), np.asarray(right, dtype=float)

    def loss(at: Floats) -> float:
        sums = at[0] * given + at[1]
        return float(np.sum(np.logaddexp(0, sums) - wanted * sums))

    slope, start = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B").x
    return float(slope), float(start)
