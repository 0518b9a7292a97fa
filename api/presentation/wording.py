"""Plain words for what claims hold as codes."""

from __future__ import annotations

from typing import Final

BASES: Final = {
    "explicit": "the text itself",
    "decade": "the decade named",
    "season": "the season named",
    "part-of-period": "part of a period, the whole kept",
    "weekday": "the day of the week",
    "publication-day": "the day of publication",
    "relative-to-publication": "counting from the day of publication",
    "relative-to-event": "counting from another date in the text",
    "year-nearest": "the year nearest to publication",
    "year-of-context": "the year of its paragraph",
    "issued-on": "the day of issue",
    "same-event": "another sentence on the same event",
}
"""What follows "dated by", for each basis of a date."""
UNDATED: Final = {
    "vague": "the text names no date",
    "no-publication-date": "the day of publication is not known",
    "no-anchor": "the date it counts from is not known",
}
"""Why there is no date."""


def dating(basis: str) -> str:
    """Return why a date is what it is, or why there is none; a basis in neither table stands as it is."""
    if basis in UNDATED:
        return f"undated: {UNDATED[basis]}"
    return f"dated by {BASES.get(basis, basis)}"
