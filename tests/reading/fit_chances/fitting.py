"""Fit weights and trees, each on chances that were fitted without the text in question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from kb.errors import BadInput
from kb.reading.chances.casts import Candidate, casts, figures
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.weighing import LIKELY, WORTH, likely
from kb.reading.chances.words import AIMED
from tests.reading.fit_chances import logistic, trees
from tests.reading.fit_chances.cases import Case, Cases
from tests.reading.fit_chances.logistic import Floats

PARTS: Final = 5
DRAWN: Final = {"events": 3.0, "agents": 10.0, "counterparts": 10.0}
LEAST: Final = 0.02
"""Weights below this are left out."""
WORKED: Final = 0.5
Texts = Sequence[Cases]


@dataclass(frozen=True)
class Tables:
    """The weights of the three questions, by sign number."""

    events: Floats
    agents: Floats
    counterparts: Floats


@dataclass(frozen=True)
class Fitted:
    """All that the reader needs."""

    weights: Tables
    trees: dict[str, Any]

    def tables(self, ids: Mapping[str, int]) -> dict[str, dict[str, float]]:
        """Return the weights by sign."""
        each = {name: getattr(self.weights, name) for name in DRAWN}
        return {name: logistic.named(table, ids, LEAST) for name, table in each.items()}


@dataclass(frozen=True)
class Tried:
    """A case with its likeliest cast and that cast's chance, both of fits without its text."""

    case: Case
    cast: tuple[Candidate, ...]
    seats: tuple[Candidate, ...]
    chance: float


def fit(fresh: Texts, worked: Texts, signs: int) -> tuple[Fitted, list[list[Tried]]]:
    """Return weights and trees fitted to all texts, and what fits without each fresh text make of it.

    Trees are fitted to fresh texts only: frames fit those that were worked on better than any other.
    Raises BadInput where the gold of the fresh texts is too little to fit anything to.
    """
    _refuse_too_little(fresh)
    for part, rest in _parts(fresh):
        _score(part, _tables(rest, worked, signs))
    found: dict[int, list[Tried]] = {}
    for part, rest in _parts(fresh):
        grown = forest(_grown(rest))
        found |= {id(text): _try(text, grown) for text in part}
    order = [found[id(text)] for text in fresh]
    slope, start = _calibration([one for text in order for one in text])
    grown_on_all = trees.stretched(_grown(fresh), slope, start)
    fitted = Fitted(_tables(fresh, worked, signs), grown_on_all)
    return fitted, [
        [replace(one, chance=_stretched(one.chance, slope, start)) for one in text] for text in order
    ]


def _refuse_too_little(fresh: Texts) -> None:
    """Raise BadInput where some part of the texts, or all others, may have nothing to learn from."""
    told = sum(any(case.gold for case in text.cases) for text in fresh)
    if told < PARTS:
        raise BadInput(
            f"of {len(fresh)} texts {told} have gold of events told by words that may tell them: too few",
            repair=f"Give folders with at least {PARTS} such texts, those of --worked not counted",
        )


def _grown(texts: Texts) -> dict[str, Any]:
    """Return trees fitted to texts. Raises BadInput where all casts are right, or none."""
    rows, right = _rows(texts)
    if len(set(right)) < 2:
        raise BadInput(
            f"of {len(rows)} casts {sum(right)} are right: trees can learn nothing from that",
            repair="Give more texts with gold",
        )
    return trees.fit(rows, right)


def _calibration(tried: Sequence[Tried]) -> tuple[float, float]:
    """Return by what to stretch and shift log-odds, so that of chances of .8 four in five are right."""
    odds = np.array([np.log(one.chance / (1 - one.chance)) for one in tried])
    right = np.array([one.case.right(one.cast, one.seats) is not None for one in tried], dtype=float)

    def loss(at: Floats) -> float:
        sums = at[0] * odds + at[1]
        return float(np.sum(np.logaddexp(0, sums) - right * sums))

    slope, start = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B").x
    return float(slope), float(start)


def _stretched(chance: float, slope: float, start: float) -> float:
    return float(expit(slope * np.log(chance / (1 - chance)) + start))


def _parts(texts: Texts) -> Iterable[tuple[Texts, Texts]]:
    """Yield each part of the texts with all others."""
    order = np.random.default_rng(0).permutation(len(texts))
    for part in range(PARTS):
        inside = {int(at) for at in order[part::PARTS]}
        yield [texts[i] for i in inside], [text for i, text in enumerate(texts) if i not in inside]


def _tables(fresh: Texts, worked: Texts, signs: int) -> Tables:
    flat = [
        (case, counted)
        for texts, counted in ((fresh, 1.0), (worked, WORKED))
        for text in texts
        for case in text.cases
    ]
    events = logistic.fit(
        [case.signs for case, _ in flat],
        [bool(case.gold) for case, _ in flat],
        [case.weight * counted for case, counted in flat],
        signs,
        DRAWN["events"],
    )
    return Tables(events, _role(flat, "agents", signs), _role(flat, "counterparts", signs))


def _role(flat: Sequence[tuple[Case, float]], role: str, signs: int) -> Floats:
    """Fit who takes part: by the triggers that tell an event in gold."""
    told = [(case, counted) for case, counted in flat if case.gold]
    told = [(case, counted) for case, counted in told if role == "agents" or case.type in AIMED]
    answer: Callable[[Case], list[bool]] = lambda case: (  # noqa: E731
        case.is_agent if role == "agents" else case.is_counterpart
    )
    return logistic.fit(
        [signs for case, _ in told for signs in case.seat_signs],
        [is_it for case, _ in told for is_it in answer(case)],
        [counted for case, counted in told for _ in case.seats],
        signs,
        DRAWN[role],
    )


def _score(texts: Texts, tables: Tables) -> None:
    for text in texts:
        for case, share in zip(
            text.cases,
            logistic.chances(tables.events, [case.signs for case in text.cases]),
            strict=True,
        ):
            case.event = share
            asked = share >= WORTH or case.gold
            case.agents = (
                logistic.chances(tables.agents, case.seat_signs) if asked else [0.0] * len(case.seats)
            )
            aimed = asked and case.type in AIMED
            others = logistic.chances(tables.counterparts, case.seat_signs) if aimed else None
            case.counterparts = others or [0.0] * len(case.seats)


def _seatings(text: Cases) -> Iterable[tuple[Case, list[Candidate], list[list[float]], list[Any]]]:
    """Yield each case that is worth a look and has candidates with these, and each cast with its figures."""
    earlier: list[frozenset[str]] = []
    for case in text.cases:
        if case.event < WORTH:
            continue
        seats, setting = case.seated(), case.setting_with(case.event, earlier)
        groups = casts(seats, setting)
        if groups:
            yield case, seats, [figures(group, seats, setting) for group in groups], groups
        if case.event > LIKELY:
            earlier.append(likely(seats))


def _rows(texts: Texts) -> tuple[list[list[float]], list[bool]]:
    rows, right = [], []
    for text in texts:
        for case, seats, each, groups in _seatings(text):
            rows += each
            right += [case.right(group, seats) is not None for group in groups]
    return rows, right


def _try(text: Cases, grown: Forest) -> list[Tried]:
    found = []
    for case, seats, each, groups in _seatings(text):
        shares = grown.chances(each)
        at = int(np.argmax(shares))
        found.append(Tried(case, groups[at], tuple(seats), float(shares[at])))
    return found
