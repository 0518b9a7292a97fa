"""The fitted weights of slots (slots.json): trees for dates, places and items, sums of signs for modality."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kb.errors import BadReference
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.slot_stance import UNSURE

FILE: Final = Path(__file__).with_name("slots.json")
TREES: Final = ("dates", "said", "spots", "items")
"""What is judged by trees, as the file names it."""


@dataclass(frozen=True, slots=True, eq=False)
class SlotWeights:
    """What says which date, place, modality and items an event has."""

    dates: Forest
    """Of the eleven types."""
    said: Forest
    """Of the dates of positions."""
    spots: Forest
    items: Forest
    stance: Mapping[str, Mapping[str, float]]
    """Log-odds by sign, for each modality but "reported"."""


@cache
def slot_weights() -> SlotWeights:
    """Return the fitted weights. Raises BadReference where the file is not what it should be."""
    try:
        held = json.loads(FILE.read_text("utf-8"))
        stance = {
            name.value: {str(sign): float(weight) for sign, weight in held["stance"][name.value].items()}
            for name in UNSURE
        }
        if not all(math.isfinite(weight) for table in stance.values() for weight in table.values()):
            raise ValueError("a weight is no number")
        trees = {name: forest(held[name]) for name in TREES}
        return SlotWeights(**trees, stance=stance)
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError) as wrong:
        raise BadReference(
            f"holds no weights of slots: {wrong!r}",
            place=str(FILE),
            repair="Restore it, or run python -m tests.reading.fit_chances.slots",
        ) from wrong
