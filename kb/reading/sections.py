"""Cut a text that is longer than any article into sections, so that time keeps step with length.

Who is meant, what was told before and where a scene is set are asked of all that a page holds: a book in one
page would be read in hours. In a section one finds nearly all that a paragraph points to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

LIMIT: Final = 20_000
"""Characters of a section at most: some 3,300 words. Nearly all articles are shorter and stay whole."""


def sections(text: str, limit: int = LIMIT) -> Iterator[tuple[int, int]]:
    """Yield where a text's sections start and end: at a blank line, else a line, else a blank, else anywhere.

    Together they are the text, and none but the only one is empty.
    """
    start = 0
    while len(text) - start > limit:
        least, most = start + limit // 2, start + limit
        cuts = (text.rfind(sign, least, most) + len(sign) for sign in ("\n\n", "\n", " "))
        end = next((cut for cut in cuts if cut > least), most)
        yield start, end
        start = end
    yield start, len(text)


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of spans that lie in a section, as offsets into it."""
    cut = ((max(first, start) - start, min(last, end) - start) for first, last in spans)
    return [(first, last) for first, last in cut if first < last]
