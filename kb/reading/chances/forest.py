"""Boosted trees, as fitted elsewhere and written down: what a row of figures comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

Figures = np.ndarray[Any, np.dtype[np.float64]]
Indices = np.ndarray[Any, np.dtype[np.intp]]
"""Of the width that numpy takes by: of another it makes a copy each time."""


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
        shares: Figures = 1 / (1 + np.exp(-self.odds(rows)))
        return shares

    def odds(self, rows: Sequence[Sequence[float]]) -> Figures:
        """Return the log-odds for each row of figures."""
        if len(rows) == 0:
            return np.zeros(0)
        table = np.asarray(rows, dtype=np.float64)
        begins = np.arange(0, table.size, table.shape[1], dtype=np.intp)[:, None]
        at = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            figure = self.figure.take(at)
            figure += begins
            is_more = table.take(figure) > self.most.take(at)
            at = 2 * at
            at += is_more
            at = self._next.take(at)
        sums: Figures = self.start + self.value.take(at).sum(axis=1)
        return sums

    @cached_property
    def _next(self) -> Indices:
        """Both nodes to which each leads, one after the other."""
        return np.stack((self.first, self.second), axis=1).ravel()


def forest(held: Mapping[str, Any]) -> Forest:
    """Return trees from their lists. Raises KeyError, TypeError or ValueError where they are none."""
    whole = {name: np.asarray(held[name], dtype=np.intp) for name in ("roots", "figure", "first", "second")}
    grown = Forest(
        roots=whole["roots"],
        figure=whole["figure"],
        most=np.asarray(held["most"], dtype=np.float64),
        first=whole["first"],
        second=whole["second"],
        value=np.asarray(held["value"], dtype=np.float64),
        depth=int(held["depth"]),
        start=float(held["start"]),
    )
    _check(grown)
    return grown


def _check(grown: Forest) -> None:
    """Raise ValueError where a way down from a root would not end at a leaf."""
    nodes = len(grown.figure)
    lists = (grown.figure, grown.most, grown.first, grown.second, grown.value)
    if any(each.shape != (nodes,) for each in lists) or grown.roots.ndim != 1:
        raise ValueError("the lists of the trees' nodes are not of one length")
    for name, each in (("roots", grown.roots), ("first", grown.first), ("second", grown.second)):
        if np.any((each < 0) | (each >= nodes)):
            raise ValueError(f"{name!r} leads to a node that is not there")
    if np.any(grown.figure < 0) or not np.isfinite([*grown.most, *grown.value, grown.start]).all():
        raise ValueError("a node asks for no figure, or a number is none")
    at = grown.roots
    for _ in range(grown.depth):
        at = np.union1d(grown.first[at], grown.second[at])
    if np.any(grown.first[at] != at) or np.any(grown.second[at] != at):
        raise ValueError("the trees are deeper than their depth")
