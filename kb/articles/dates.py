"""The publication date, as a person writes it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from kb.errors import BadArticle

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
EARLIEST: Final = 1500
LATEST: Final = 2199
"""Years outside are slips of the hand: 0223 for 2023."""


def published_day(text: str | None, *, place: str) -> date | None:
    """Return the publication date that a text gives as YYYY-MM-DD; None where it is empty or absent.

    Raises BadArticle, with the given place, for anything else and for days that do not exist.
    """
    if text is None or not text.strip():
        return None
    try:
        found = date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else None
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found.year <= LATEST:
        raise BadArticle(
            f"{text!r} is not a date",
            place=place,
            repair="Write it like 2023-09-15, or leave it out where unknown",
        )
    return found
