"""Times counted between two events of one sentence: "on Friday, two days after his talks with X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from spacy.tokens import Token

from kb.edtf_bounds import bounds, span
from kb.reading.dates_words import date_words
from kb.reading.time_calendar import Unit, moved
from kb.reading.tree import ancestors

_ENDING: Final = frozenset({"after", "following", "end", "conclude", "complete", "finish", "wrap", "close"})
_BEGINNING: Final = frozenset({"begin", "start", "arrive", "open", "kick", "embark", "for"})
_BEFORE: Final = ("compound", "nmod", "amod")
_UNITS: Final[dict[str, Unit]] = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Counted:
    """An event told as so long before or after what its sentence is about."""

    top: Token
    """What the event hangs under: the preposition, or the verb of its clause."""
    event: Token
    governor: Token
    """What the sentence is about."""
    unit: Unit
    count: int
    """How many units the date wanted lies from the date known; negative: before it."""
    start: int
    end: int

    def holds(self, token: Token) -> bool:
        """Tell whether a token stands with the event, not with what governs it."""
        return token == self.top or self.top.is_ancestor(token)

    def date(self, edtf: str | None) -> str | None:
        """Return the date of the one by that of the other, which must be a day."""
        known = bounds(edtf) if edtf is not None else None
        if known is None or known.earliest is None or known.earliest != known.latest:
            return None
        return moved(known.earliest, self.unit, self.count)


def counted(token: Token) -> Counted | None:
    """Return how an event is counted from what governs it, None where it is not."""
    for above in [token, *ancestors(token)]:
        word = _connector(above)
        if word is None or above.head == above:
            continue
        for child in [*above.children, *word.children]:
            number = _number(child)
            if (
                child.dep_ == "npadvmod"
                and child.lemma_ in _UNITS
                and number is not None
                and child.i < word.i
            ):
                sign = -1 if word.lower_ == "after" else 1
                start, end = child.left_edge.idx, word.idx + len(word)
                event = next((c for c in above.children if c.dep_ == "pobj"), above)
                return Counted(above, event, above.head, _UNITS[child.lemma_], sign * number, start, end)
    return None


def stay(token: Token, edtf: str, *, begins: bool = False) -> str:
    """Return the days of a visit that ended or began on a day: "left on Thursday after a two-day visit"."""
    known = bounds(edtf)
    days = next((_number(c) for c in token.children if c.dep_ in _BEFORE and c.lemma_ == "day"), None)
    if days is None or days < 2 or known.earliest is None or known.earliest != known.latest:
        return edtf
    above = [part.lemma_.lower() for part in ancestors(token)][:2]
    above += [word.lemma_.lower() for word in token.sent if word.i > token.i and word.tag_ == "VBG"]
    if _ENDING & set(above):
        return span(known.earliest - timedelta(days=days - 1), known.earliest)
    return (
        span(known.earliest, known.earliest + timedelta(days=days - 1))
        if begins or _BEGINNING & set(above)
        else edtf
    )


def counted_from(token: Token) -> Iterator[Counted]:
    """Yield the events from which an event is counted: "left two days after the talks of Wednesday"."""
    for child in token.children:
        other = counted(child) if child.dep_ in ("prep", "advcl") else None
        if other is not None and other.governor == token:
            yield replace(other, count=-other.count)


def _connector(above: Token) -> Token | None:
    """Return the "after" or "before" that a token is, or that opens its clause."""
    if above.dep_ == "prep" and above.lower_ in ("after", "before"):
        return above
    marks = (
        child for child in above.children if child.dep_ == "mark" and child.lower_ in ("after", "before")
    )
    return next(marks, None) if above.dep_ == "advcl" else None


def _number(noun: Token) -> int | None:
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ == "the" and noun.tag_ == "NN":
            return 1
        if child.dep_ in ("nummod", "det") and (
            child.lower_ in date_words().numbers or child.text.isdecimal()
        ):
            return date_words().number(child.text)
    return None
