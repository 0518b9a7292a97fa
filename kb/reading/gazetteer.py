"""The state of a town that the reference data do not hold: a gazetteer compiled from GeoNames."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from kb.reading.folding import fold

FILE: Final = Path(__file__).parent.parent / "data" / "gazetteer.tsv"
"""Made by kb.entities.curate.gazetteer."""


def country_of(name: str) -> str | None:
    """Return the alpha-3 code of a town's state, None where no town, or no clearly largest, is so called."""
    return _towns().get(fold(name))


@cache
def _towns() -> dict[str, str]:
    rows = [row.split("\t") for row in FILE.read_text("utf-8").splitlines() if not row.startswith("#")]
    return {fold(name): row[0] for row in rows for name in row[1:]}
