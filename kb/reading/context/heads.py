"""What the network is asked of a word: does it tell an event of a type, and who takes part in it?"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kb.errors import BadReference
from kb.records import Modality

Floats = NDArray[np.float32]
ROLES: Final = ("agent", "other side", "place", "time")
_LINE, _CURVE, _HALF = np.float32(0.7978845608), np.float32(0.7978845608 * 0.044715), np.float32(0.5)
MOODS: Final = (Modality.REPORTED, Modality.PLANNED, Modality.SPECULATED, Modality.REQUESTED)


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """The last layers of the network, by name as they were trained; ``WIDTH`` figures go in."""

    types: NDArray[np.str_]
    """The types of events, in the order of the answers."""
    event_in: Floats
    event_in_bias: Floats
    event_out: Floats
    event_out_bias: Floats
    trigger: Floats
    trigger_bias: Floats
    word: Floats
    word_bias: Floats
    of_type: Floats
    """A row for each type."""
    apart: Floats
    """A row for each number of pieces by which a word stands behind the trigger, the middle one for none."""
    role: Floats
    role_bias: Floats
    mood_in: Floats
    mood_in_bias: Floats
    mood_out: Floats
    mood_out_bias: Floats

    @classmethod
    def read(cls, path: Path) -> Heads:
        """Return the layers of a file. Raises BadReference where one is missing or no number."""
        try:
            with np.load(path, allow_pickle=False) as held:
                found = cls(**{field.name: held[field.name] for field in fields(cls)})
            if not all(np.isfinite(getattr(found, one.name)).all() for one in fields(cls)[1:]):
                raise ValueError("a weight is no number")
        except (BadZipFile, KeyError, OSError, TypeError, ValueError) as wrong:
            raise BadReference(
                f"holds no layers: {wrong!r}", place=str(path), repair="Restore it, or train anew"
            ) from wrong
        return found

    def events(self, states: Floats) -> Floats:
        """Return log-odds for each row and each type."""
        inner = _bent(states @ self.event_in.T + self.event_in_bias)
        odds: Floats = inner @ self.event_out.T + self.event_out_bias
        return odds

    def moods(self, states: Floats) -> Floats:
        """Return for each row what speaks for each of ``MOODS``, and log-odds that it is denied."""
        inner = _bent(states @ self.mood_in.T + self.mood_in_bias)
        odds: Floats = inner @ self.mood_out.T + self.mood_out_bias
        return odds

    def roles(self, trigger: Floats, words: Floats, apart: NDArray[np.int64], type_: int) -> Floats:
        """Return log-odds for each word beside a trigger to stand for one of ``ROLES``.

        ``trigger`` and ``words``: rows that ``as_trigger`` and ``as_word`` made; ``apart``: pieces between.
        """
        far = len(self.apart) // 2
        distance = self.apart[np.clip(apart, -far, far) + far]
        odds: Floats = _bent(trigger + words + self.of_type[type_] + distance) @ self.role.T + self.role_bias
        return odds

    def as_trigger(self, states: Floats) -> Floats:
        """Return rows as those of triggers."""
        rows: Floats = states @ self.trigger.T + self.trigger_bias
        return rows

    def as_word(self, states: Floats) -> Floats:
        """Return rows as those of words beside a trigger."""
        rows: Floats = states @ self.word.T + self.word_bias
        return rows


def _bent(rows: Floats) -> Floats:
    """Return rows through the bend between two layers (GELU, by its form with a hyperbolic tangent)."""
    bend: Floats = np.tanh(rows * (_LINE + _CURVE * (rows * rows)))
    bend += 1
    bend *= rows
    bend *= _HALF
    return bend
