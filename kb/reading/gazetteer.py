"""The state of a town that the reference data do not hold: a gazetteer compiled from GeoNames."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    large, small = _towns().get(town_key(name), ((), ()))
    told = (
        [state for state in large if state in named] or [state for state in small if state in named] or large
    )
    return told[0] if len(told) == 1 else None


def town_key(name: str) -> str:
    """Return the key of a town's name: without accents and case, a hyphen being a space."""
    return fold(name).replace("-", " ")


@cache
def _towns() -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Return by name the states with the largest towns so called, and those with a smaller one."""
    large: dict[str, list[str]] = {}
    small: dict[str, list[str]] = {}
    for row in FILE.read_text("utf-8").splitlines():
        if not row.startswith("#"):
            state, *names = row.split("\t")
            for name in names:
                found = small if name.startswith(SMALLER) else large
                found.setdefault(town_key(name.removeprefix(SMALLER)), []).append(state)
    return {name: (states, small.get(name, ())) for name, states in large.items()}
