"""Paragraphs of a text and what stands in quotation marks in them."""

from __future__ import annotations

import re
from typing import Final

from kb.reading.page import Page
from kb.reading.tree import text_of

_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n\s*")


class Quotations:
    """Where the paragraphs and the quotations of one page begin and end: offsets into the stored text."""

    def __init__(self, page: Page) -> None:
        starts = [0, *(found.end() for found in _PARAGRAPH.finditer(page.text))]
        self.paragraphs = list(zip(starts, [*starts[1:], len(page.text)], strict=True))
        plain = text_of(page.doc)
        self._quoted = [span for start, end in self.paragraphs for span in _quoted(plain, start, end)]

    def paragraph(self, offset: int) -> tuple[int, int]:
        """Return the paragraph that holds an offset."""
        return next(span for span in reversed(self.paragraphs) if span[0] <= offset)

    def holds(self, offset: int) -> bool:
        """Tell whether an offset stands in quotation marks."""
        return any(start <= offset < end for start, end in self._quoted)


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the quotations of a paragraph; one that is not closed goes on to the paragraph's end."""
    marks = [index for index in range(start, min(end, len(text))) if text[index] == '"']
    marks += [end] if len(marks) % 2 else []
    return list(zip(marks[::2], marks[1::2], strict=True))
