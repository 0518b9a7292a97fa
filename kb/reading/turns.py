"""Who has the floor: transcripts in which each speaker's paragraphs open with a name and a colon."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kb.reading.model import Party

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_OPENING: Final = re.compile(r"\A\s*(?P<who>[^\n:.?!\"]{3,90}?)\s*(?:\([^()\n:]{2,40}\)\s*)?:\s")
"""What a turn opens with: "President of Yland X:", "X (retranslated):"."""
_FIRST: Final = frozenset({"i", "we", "my", "our", "us", "me", "ours"})


class Turns:
    """The turns of one page's speakers, in the order of the text."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents

    def at(self, offset: int) -> Party | None:
        """Return who has the floor at an offset, None where the text is no transcript."""
        return next((party for start, party in reversed(self._turns) if start <= offset), None)

    @cached_property
    def _turns(self) -> list[tuple[int, Party]]:
        found = []
        page = self._referents.page
        for start, end in self._referents.quotations.paragraphs:
            opened = _OPENING.match(page.text[start:end])
            if opened is None:
                continue
            low, high = start + opened.start("who"), start + opened.end("who")
            named = [m for m in page.mentions if m.kind == "person" and low <= m.start and m.end == high]
            speaks = any(t.lower_ in _FIRST and t.pos_ == "PRON" for t in page.doc if t.idx > high)
            if named and speaks:
                head = page.doc[named[-1].first : named[-1].last + 1].root
                found += [(high, party) for party in self._referents.single(head)[:1]]
        return found
