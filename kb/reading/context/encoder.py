"""The network that reads a text: each piece of a word gets a row of figures for what it means there.

Its first form is the lower half of all-MiniLM-L6-v2 (Apache License 2.0), trained further on texts with gold
(docs/chances.md) and written with whole numbers of eight bits. It runs on one thread, text by text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions
from threadpoolctl import ThreadpoolController

from kb.errors import BadReference
from kb.reading.context.heads import Heads
from kb.reading.context.pieces import Pieces

FOLDER: Final = Path(__file__).parent
WIDTH: Final = 384
_LONGEST: Final = 510
"""Pieces that are read at a time, beside the two that mark begin and end."""
BEGIN, END = 101, 102
_QUIET: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A text as the network reads it."""

    starts: Sequence[int]
    """Where each piece starts in the text, rising."""
    states: NDArray[np.float32]
    """A row for each piece."""

    def at(self, offset: int) -> int:
        """Return the index of the piece that holds a character of the text, the first where none does."""
        return max(bisect_right(self.starts, offset) - 1, 0)


class Encoder:
    """Reads texts."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load a network, its table of pieces and what is asked of it.

        Raises BadReference where a file is missing or not what it should be.
        """
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        options.log_severity_level = _QUIET
        try:
            self._session = InferenceSession(
                str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self._pieces = Pieces(folder / "pieces.txt")
        except Exception as wrong:  # onnxruntime raises kinds of its native code, which share no other base
            raise BadReference(
                f"holds no network: {str(wrong).splitlines()[0]}",
                place=str(folder),
                repair="Restore its files",
            ) from wrong
        self.heads = Heads.read(folder / "heads.npz")
        self.threads = ThreadpoolController()

    def of(self, text: str) -> Encoded:
        """Return the pieces of a text with their rows; a long text is read in windows."""
        read = np.array(list(self._pieces.of(text)), dtype=np.int64).reshape(-1, 2)
        starts, ids = read[:, 0], read[:, 1]
        if not len(ids):
            return Encoded([0], np.zeros((1, WIDTH), dtype=np.float32))
        rows = [self._states(ids[low:high]) for low, high in windows(text, starts)]
        return Encoded(starts.tolist(), np.concatenate(rows))

    def _states(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        whole = np.concatenate([[BEGIN], ids, [END]])[None, :]
        states: NDArray[np.float32] = self._session.run(None, {"ids": whole})[0]
        return states[0, 1:-1]


def windows(text: str, starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield which pieces are read together: as many whole paragraphs as go in."""
    low = 0
    while low < len(starts):
        high = min(low + _LONGEST, len(starts))
        if high < len(starts):
            cut = text.rfind("\n", int(starts[low]) + 1, int(starts[high]))
            at = int(np.searchsorted(starts, cut)) if cut > 0 else 0
            high = at if at > low else high
        yield low, high
        low = high


@cache
def encoder() -> Encoder:
    """Return the network that the project ships, loaded once a process."""
    return Encoder()
