"""Cut a text at the borders of its claims, so that spans which overlap can all be marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.articles.claims import ShownClaim


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under one set of claims."""

    text: str
    depth: int
    """How many claims quote it."""
    chosen: bool
    """Whether the claim that the reader came for quotes it."""
    opens: tuple[str, ...]
    """Names of the claims whose words begin here."""
    closes: tuple[int, ...]
    """Numbers of the claims whose words end here."""


def marked(text: str, claims: Sequence[ShownClaim], chosen: str = "") -> list[Segment]:
    """Return a text's segments in order; joined they are the text, to the character."""
    borders = sorted({0, len(text), *(claim.start for claim in claims), *(claim.end for claim in claims)})
    return [_segment(text, start, end, claims, chosen) for start, end in pairwise(borders)]


def _segment(text: str, start: int, end: int, claims: Sequence[ShownClaim], chosen: str) -> Segment:
    over = [claim for claim in claims if claim.start <= start and end <= claim.end]
    return Segment(
        text=text[start:end],
        depth=len(over),
        chosen=any(claim.name == chosen for claim in over),
        opens=tuple(claim.name for claim in over if claim.start == start),
        closes=tuple(claim.number for claim in over if claim.end == end),
    )
