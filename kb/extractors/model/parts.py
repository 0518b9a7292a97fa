"""A long article in parts that a model can take, cut between paragraphs or sentences."""

from __future__ import annotations

import re
from typing import Final

from kb.articles.layout import body_spans

LONGEST: Final = 12_000
"""Characters in one call: about 3,000 tokens of text."""
SHORTEST: Final = 1_500
"""A part of fewer characters is not cut again when its answer does not fit."""
_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")


def parts_of(text: str, longest: int = LONGEST) -> list[tuple[int, int]]:
    """Return the stretches to be read, in order: the article's body without what belongs to the page."""
    found: list[tuple[int, int]] = []
    for start, end in body_spans(text):
        if found and end - found[-1][0] <= longest:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return [piece for start, end in found for piece in _cut(text, start, end, longest)]


def halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a part as two, cut at the end of a sentence near its middle; itself where it is short."""
    if end - start < SHORTEST:
        return [(start, end)]
    middle = _border(text, start, end, (start + end) // 2)
    return [(start, middle), (middle, end)]


def _cut(text: str, start: int, end: int, longest: int) -> list[tuple[int, int]]:
    found = []
    while end - start > longest:
        border = _border(text, start, end, start + longest * 3 // 4, latest=start + longest)
        found.append((start, border))
        start = border
    return [*found, (start, end)]


def _border(text: str, start: int, end: int, wanted: int, latest: int | None = None) -> int:
    """Return the sentence's end nearest to a place, else the place itself."""
    last = (latest or end) - 1
    borders = [match.end() for match in _SENTENCE.finditer(text, start, last) if start < match.end() < last]
    return min(borders, key=lambda at: (abs(at - wanted), at), default=wanted)
