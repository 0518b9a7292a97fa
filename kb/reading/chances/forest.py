"""Boosted trees, as fitted elsewhere and written down: what a row of figures comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Figures = np.ndarray[Any, np.dtype[np.float64]]
Indices = np.ndarray[Any, np.dtype[np.int32]]


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees whose nodes stand in one list; a leaf leads to itself."""

    roots: Indices
    figure: Indices
    """Which figure a node asks for."""
    most: Figures
    """Up to which value it leads on to the first of its two."""
    first: Indices
    second: Indices
    value: Figures
    """What a leaf adds to the log-odds; 0 at other nodes."""
    depth: int
    start: float

    def chances(self, rows: Sequence[Sequence[float]]) -> Figures:
        """Return the chance for each row of figures, from 0 to 1."""
        table = np.asarray(rows, dtype=np.float64)
        lines = np.arange(len(table))[:, None]
        at = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            at = np.where(table[lines, self.figure[at]] <= self.most[at], self.first[at], self.second[at])
        sums: Figures = 1 / (1 + np.exp(-(self.start + self.value[at].sum(axis=1))))
        return sums


def forest(held: Mapping[str, Any]) -> Forest:
    """Return trees from their lists. Raises KeyError, TypeError or ValueError where they are none."""
    whole = {name: np.asarray(held[name], dtype=np.int32) for name in ("roots", "figure", "first", "second")}
    return Forest(
        roots=whole["roots"],
        figure=whole["figure"],
        most=np.asarray(held["most"], dtype=np.float64),
        first=whole["first"],
        second=whole["second"],
        value=np.asarray(held["value"], dtype=np.float64),
        depth=int(held["depth"]),
        start=float(held["start"]),
    )
