"""The fitted weights (chances.json): what each sign weighs, and the trees over the figures of casts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final

from kb.errors import BadReference
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.slot_weights import SlotWeights, slot_weights
from kb.reading.context.encoder import Encoder, encoder

FILE: Final = Path(__file__).with_name("chances.json")
TABLES: Final = ("events", "agents", "counterparts")


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Log-odds by sign for each question, the trees, and from which chance on an event is told."""

    events: Mapping[str, float]
    agents: Mapping[str, float]
    counterparts: Mapping[str, float]
    who: Forest
    """What says which agents, and which other side, are likeliest."""
    trees: Forest
    """What says how likely an event is with the likeliest ones."""
    least: Mapping[str, float]
    """By type, "" for any other: from which chance on what no frame told is told."""
    idle: frozenset[str] = frozenset()
    """Words with a type they hardly ever tell, as "talk/NOUN Visit": not weighed where frames are silent."""
    slots: SlotWeights | None = None
    """What says which date, place and modality an event has; None: the rules' stand."""
    encoder: Encoder | None = None
    """The network whose signs were weighed too, None where there was none."""


_EVEN: Final = forest({"roots": [0], "figure": [0], "most": [0.0], "first": [0], "second": [0],
                       "value": [0.0], "depth": 0, "start": 0.0})  # fmt: skip
NOTHING: Final = Weights({}, {}, {}, _EVEN, _EVEN, {"": 1.0})
"""No weights at all: every chance is a half, and nothing is told that no frame tells."""


def chance(table: Mapping[str, float], signs: Iterable[str]) -> float:
    """Return the chance that signs come to, from 0 to 1."""
    total = sum(map(table.get, signs, repeat(0.0)), table.get("", 0.0))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def weights() -> Weights:
    """Return the fitted weights, read once. Raises BadReference where a file is not what it should be."""
    return replace(without_slots(), slots=slot_weights(), encoder=encoder())


def without_slots() -> Weights:
    """Return the weights of events and casts; the rules say date, place and modality.

    Raises BadReference where the file is not what it should be.
    """
    try:
        held = json.loads(FILE.read_text("utf-8"))
        events, agents, counterparts, least = (
            {str(sign): float(weight) for sign, weight in held[name].items()} for name in (*TABLES, "least")
        )
        if "" not in least or not all(
            math.isfinite(weight)
            for table in (events, agents, counterparts, least)
            for weight in table.values()
        ):
            raise ValueError("a weight is no number, or 'least' names no chance for any other type")
        idle = frozenset(map(str, held["idle"]))
        who, trees = forest(held["who"]), forest(held["trees"])
        return Weights(events, agents, counterparts, who, trees, least, idle)
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError) as wrong:
        raise BadReference(
            f"holds no weights: {wrong!r}",
            place=str(FILE),
            repair="Restore it, or run python -m tests.reading.fit_chances",
        ) from wrong
