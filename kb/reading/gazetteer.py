"""The state of a town that the reference data do not hold: a gazetteer compiled from GeoNames."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Final

from kb.reading.folding import fold

FILE: Final = Path(__file__).parent.parent / "data" / "gazetteer.tsv"
"""Made by kb.entities.curate.gazetteer."""
SMALLER: Final = "~"
"""Before a town's name: in another state stands a far larger town of that name."""


def country_of(name: str, named: Collection[str] = ()) -> str | None:
    """Return the alpha-3 code of a town's state, None where no town is so called or several may be meant.

    ``named``: the states that the text names; they tell which of several towns of a name it means.
    """
    towns, smaller = _towns()
    key = town_key(name)
    large = towns.get(key, "").split()
    told = [state for state in large if state in named]
    if not told and large:
        told = [state for state in smaller.get(key, "").split() if state in named] or large
    return told[0] if len(told) == 1 else None


def town_key(name: str) -> str:
    """Return the key of a town's name: without accents and case, a hyphen being a space."""
    return fold(name).replace("-", " ")


@cache
def _towns() -> tuple[dict[str, str], dict[str, str]]:
    """Return by name the states with the largest towns so called, and those with a smaller one.

    States stand in one string, between blanks: a hundred thousand lists would be walked through whenever
    Python looks for what may be thrown away.
    """
    large: dict[str, str] = {}
    small: dict[str, str] = {}
    for row in FILE.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            state, *names = row.split("\t")
            for name in names:
                found = small if name.startswith(SMALLER) else large
                key = town_key(name.removeprefix(SMALLER))
                found[key] = f"{found[key]} {state}" if key in found else state
    return large, small
