"""A logistic model over many rare signs, drawn towards nothing or towards the weights that stand."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

Floats = np.ndarray[Any, np.dtype[np.float64]]

SEEN: Final = 4
"""Examples that must bear a sign before it is given a weight."""


def fit(
    rows: Sequence[array[int]],
    right: Sequence[bool],
    counted: Sequence[float],
    signs: int,
    drawn: float,
    standing: Floats | None = None,
) -> Floats:
    """Return the weight of each sign; the last is what every example has.

    ``signs``: how many signs there are; ``drawn``: how strongly weights are drawn towards ``standing``, which
    is of the same form, or where that is None towards 0. A sign of few examples stays there.
    """
    counts = np.zeros(signs, dtype=np.int64)
    for row in rows:
        counts[np.unique(np.asarray(row))] += 1
    kept = np.flatnonzero(counts >= SEEN)
    column = np.full(signs, -1, dtype=np.int64)
    column[kept] = np.arange(len(kept))
    table = _table(rows, column, len(kept))
    whole = np.zeros(signs + 1) if standing is None else standing.copy()
    aim = whole[kept]
    rare = np.where(counts >= SEEN, 0.0, whole[:-1])
    fixed = np.array([rare[np.unique(np.asarray(row))].sum() for row in rows])
    wanted, weight = np.asarray(right, dtype=float), np.asarray(counted, dtype=float)

    def loss(at: Floats) -> tuple[float, Floats]:
        sums = table @ at[:-1] + at[-1] + fixed
        off, apart = weight * (expit(sums) - wanted), at[:-1] - aim
        value = float(np.sum(weight * (np.logaddexp(0, sums) - wanted * sums)) + 0.5 * drawn * apart @ apart)
        return value, np.concatenate([table.T @ off + drawn * apart, [off.sum()]])

    begun = np.append(aim, whole[-1])
    found = minimize(loss, begun, jac=True, method="L-BFGS-B", options={"maxiter": 80, "ftol": 1e-6}).x
    whole[kept], whole[-1] = found[:-1], found[-1]
    return whole


def chances(weights: Floats, rows: Sequence[array[int]]) -> list[float]:
    """Return the chance of each example."""
    return [float(expit(weights[np.asarray(row)].sum() + weights[-1])) for row in rows]


def numbered(table: Mapping[str, float], ids: Mapping[str, int]) -> Floats:
    """Return weights by sign as ``fit`` gives them; a sign that the table lacks weighs 0."""
    whole = np.zeros(len(ids) + 1)
    for sign, at in ids.items():
        whole[at] = table.get(sign, 0.0)
    whole[-1] = table.get("", 0.0)
    return whole


def named(weights: Floats, ids: Mapping[str, int], least: float) -> dict[str, float]:
    """Return the weights by sign, "" for what every example has; those below ``least`` are left out."""
    told = {sign: round(float(weights[at]), 3) for sign, at in ids.items() if abs(weights[at]) >= least}
    return {"": round(float(weights[-1]), 3)} | dict(sorted(told.items()))


def _table(rows: Sequence[array[int]], column: np.ndarray[Any, Any], width: int) -> Any:
    starts, places = [0], []
    for row in rows:
        at = column[np.asarray(row)]
        places.append(np.unique(at[at >= 0]))
        starts.append(starts[-1] + len(places[-1]))
    indices = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), width))
