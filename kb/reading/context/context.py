"""What the network makes of the words of one page, worked out once each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.reading.context.encoder import Encoded, Encoder
from kb.reading.context.heads import MOODS, Floats
from kb.records import Modality

HOPELESS: Final = -4.0
"""Log-odds below which no frame is tried: that lost 2 of 1,220 events of texts unknown to it."""
_EDGE: Final = 1e-6
"""Share up to which nothing is ruled out."""
_FURTHEST: Final = 14


class Context:
    """Answers for one text."""

    def __init__(self, encoder: Encoder, text: str) -> None:
        """Take a network and the text that it reads when first asked."""
        self._encoder = encoder
        self._text = text
        self._types = {str(name): at for at, name in enumerate(encoder.heads.types)}

    def event(self, offset: int, type_: str) -> float:
        """Return the log-odds that the word at an offset tells an event of a type."""
        return float(self._events[self._read.at(offset), self._types[type_]])

    def is_hopeless(self, offset: int, type_: str, least: float = HOPELESS) -> bool:
        """Tell whether nobody need ask if the word at an offset tells an event of a type."""
        return type_ in self._types and self.event(offset, type_) < least

    def roles(self, offset: int, words: Sequence[int], type_: str) -> Floats:
        """Return for each word at an offset its log-odds to stand for each of ``ROLES`` in an event.

        ``offset``: of the event's trigger; shape: words × roles.
        """
        trigger = self._read.at(offset)
        at: NDArray[np.int64] = np.array([self._read.at(word) for word in words], dtype=np.int64)
        rows = self._as_trigger[trigger], self._as_word[at], at - trigger
        return self._encoder.heads.roles(*rows, self._types[type_])

    def mood(self, offset: int) -> dict[Modality, float]:
        """Return the log-odds of each modality for an event that the word at an offset tells."""
        scores = self._moods[self._read.at(offset), : len(MOODS)].astype(np.float64)
        shares = np.exp(scores - scores.max())
        shares = np.clip(shares / shares.sum(), _EDGE, 1 - _EDGE)
        return dict(zip(MOODS, np.log(shares / (1 - shares)).tolist(), strict=True))

    @cached_property
    def _moods(self) -> Floats:
        return self._answers[3]

    @cached_property
    def _read(self) -> Encoded:
        return self._encoder.of(self._text)

    @cached_property
    def _answers(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Return for each piece what is asked of it: as event, as trigger, as word beside one, as mood."""
        heads, states = self._encoder.heads, self._read.states
        with self._encoder.threads.limit(limits=1):
            return heads.events(states), heads.as_trigger(states), heads.as_word(states), heads.moods(states)

    @cached_property
    def _events(self) -> Floats:
        return self._answers[0]

    @cached_property
    def _as_trigger(self) -> Floats:
        return self._answers[1]

    @cached_property
    def _as_word(self) -> Floats:
        return self._answers[2]


def step(odds: float) -> int:
    """Return in which step of half a unit log-odds lie, those far out in the last ones."""
    return max(-_FURTHEST, min(_FURTHEST, math.floor(odds * 2)))
