"""Fit weights and trees, each on chances that were fitted without the text in question.

They are fitted anew, or further: drawn towards the weights that stand, with trees grown behind theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kb.errors import BadInput
from kb.reading.chances.weighing import WORTH
from kb.reading.chances.words import AIMED
from tests.reading.fit_chances import logistic
from tests.reading.fit_chances.cases import Case
from tests.reading.fit_chances.growing import Grown, Texts, Tried, grow
from tests.reading.fit_chances.logistic import Floats

PARTS: Final = 5
DRAWN: Final = {"events": 3.0, "agents": 10.0, "counterparts": 10.0}
LEAST: Final = 0.02
"""Weights below this are left out."""
WORKED: Final = 0.5
FURTHER: Final = 3.0
"""How many times as strongly weights are drawn towards those that stand as they would be towards 0."""


@dataclass(frozen=True)
class Tables:
    """The weights of what is asked sign by sign, by sign number."""

    events: Floats
    agents: Floats
    counterparts: Floats


@dataclass(frozen=True)
class Standing:
    """The weights and trees that stand, where they are fitted further."""

    tables: Tables
    who: Mapping[str, Any]
    trees: Mapping[str, Any]


def standing(held: Mapping[str, Any], ids: Mapping[str, int]) -> Standing:
    """Return what a file of weights holds, its signs by number."""
    tables = Tables(**{name: logistic.numbered(held[name], ids) for name in DRAWN})
    return Standing(tables, held["who"], held["trees"])


@dataclass(frozen=True)
class Fitted:
    """All that the reader needs."""

    weights: Tables
    grown: Grown

    def tables(self, ids: Mapping[str, int]) -> dict[str, dict[str, float]]:
        """Return the weights by sign."""
        each = {name: getattr(self.weights, name) for name in DRAWN}
        return {name: logistic.named(table, ids, LEAST) for name, table in each.items()}


def fit(
    fresh: Texts, worked: Texts, signs: int, stand: Standing | None = None
) -> tuple[Fitted, list[list[Tried]]]:
    """Return weights and trees fitted to all texts, and what fits without each fresh text make of it.

    ``signs``: how many there are; ``stand``: what to fit further, None to fit anew.

    Trees are fitted to fresh texts only: frames fit those that were worked on better than any other.
    Raises BadInput where the gold of the fresh texts is too little to fit anything to.
    """
    _refuse_too_little(fresh)
    parts = list(_parts(fresh))
    for part, rest in parts:
        _score(part, _tables(rest, worked, signs, stand))
    grown, result = grow(fresh, parts, *((stand.who, stand.trees) if stand is not None else ()))
    return Fitted(_tables(fresh, worked, signs, stand), grown), result


def _refuse_too_little(fresh: Texts) -> None:
    """Raise BadInput where some part of the texts, or all others, may have nothing to learn from."""
    told = sum(any(case.gold for case in text.cases) for text in fresh)
    if told < PARTS:
        raise BadInput(
            f"of {len(fresh)} texts {told} have gold of events told by words that may tell them: too few",
            repair=f"Give folders with at least {PARTS} such texts, those of --worked not counted",
        )


def _parts(texts: Texts) -> Iterable[tuple[Texts, Texts]]:
    """Yield each part of the texts with all others."""
    order = np.random.default_rng(0).permutation(len(texts))
    for part in range(PARTS):
        inside = {int(at) for at in order[part::PARTS]}
        yield [texts[i] for i in inside], [text for i, text in enumerate(texts) if i not in inside]


def _tables(fresh: Texts, worked: Texts, signs: int, stand: Standing | None) -> Tables:
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
        *_drawn("events", stand),
    )
    return Tables(events, _role(flat, "agents", signs, stand), _role(flat, "counterparts", signs, stand))


def _drawn(table: str, stand: Standing | None) -> tuple[float, Floats | None]:
    """Return how strongly the weights of a table are drawn, and towards which; None: towards 0."""
    if stand is None:
        return DRAWN[table], None
    return DRAWN[table] * FURTHER, getattr(stand.tables, table)


def _role(flat: Sequence[tuple[Case, float]], role: str, signs: int, stand: Standing | None) -> Floats:
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
        *_drawn(role, stand),
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
