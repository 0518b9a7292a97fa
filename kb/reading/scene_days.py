"""The day of what a text tells by a part of the day alone: "left in the evening", "later that day"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.merge import Told
from kb.reading.model import When
from kb.reading.page import Page
from kb.reading.scene_views import day_of, is_open, persons_of, sides_of, told_before
from kb.reading.time_calendar import is_day
from kb.reading.time_records import Basis
from kb.records import Modality

_PARTS: Final = frozenset({"morning", "afternoon", "evening", "night", "day"})
_WITHIN: Final = frozenset({"later", "earlier"})
_SAME: Final = frozenset({"that", "same"})
_ACCOUNT: Final = 1500
"""Characters before it in which a text gives the day of which it tells a part."""


def same_day(page: Page, one: Told, told: list[Told]) -> Told:
    """Return an undated event that tells a part of the day with the day of what was told last of the same."""
    planned = one.stance.modality is Modality.PLANNED and not one.when.edtf and not one.when.phrase
    if not (planned or is_open(one)) or part_of_day(page.doc[one.draft.trigger]) is None:
        return one
    mine, published = persons_of(one) or sides_of(one), page.article.published
    for other in told_before(one, told, _ACCOUNT):
        ahead = planned and other.stance.modality is Modality.PLANNED and is_day(other.when.edtf or "")
        day = other.when.edtf if ahead else day_of(other)
        if planned and day is not None and published is not None and day < published.isoformat():
            continue
        if day is not None and other is not one and mine & (persons_of(other) | sides_of(other)):
            return replace(one, when=When(day, Basis.SAME_EVENT, other.when.phrase))
    return one


def part_of_day(trigger: Token) -> Token | None:
    """Return the part of the day that an event's clause tells: "in the evening", "that night"."""
    verb = trigger
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    told = (word for word in trigger.sent if word.lower_ in _PARTS and _definite(word) and _of(verb, word))
    return next(told, None)


def _definite(word: Token) -> bool:
    """Tell whether a part of the day is that of the day at hand: "later in the day", not "the day" alone."""
    before = {child.lower_ for child in word.children}
    in_part = word.lower_ != "day" or word.head.head.lower_ in _WITHIN
    return bool(before & _SAME) or (in_part and "the" in before and not before - {"the", "early"})


def _of(verb: Token, word: Token) -> bool:
    """Tell whether a part of the day hangs on a verb, itself or under "in", "on", "later"."""
    above = word.head
    while above.pos_ in ("ADP", "ADV", "NOUN") and above.head != above:
        above = above.head
    return above == verb
