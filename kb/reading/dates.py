"""The resolver of times: English phrases in a text become EDTF dates, each with the basis it rests on.

Written as news is written: "on Friday" in a report of a Friday is that day, "on Wednesday" the last
Wednesday, in a plan the next. What counts from the publication stays without a date where nobody said
when the text was published. See kb.reading.time_records.Basis for every basis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from kb.edtf_bounds import bounds
from kb.reading.dates_finder import Found, find
from kb.reading.time_counted import FromEvent
from kb.reading.time_datelines import Written, written_at
from kb.reading.time_records import Basis, Context, Resolved, Tense, TimeMention

__all__ = ["Basis", "Resolved", "Tense", "TimeMention", "find_times", "resolve", "resolve_relative"]

REACH: Final = 1500
"""How many characters back a date may stand to be counted from: two long paragraphs."""

_RELATION: Final = re.compile(
    r"\b(on|in|at|by|no later than|not later than|since|until|till|from|before|after|during|between|through"
    r"|of|for|around|about|to|as of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def find_times(
    text: str,
    published: date | None,
    tense: Tense = "past",
    *,
    month_first: bool = False,
    written: Sequence[Written] = (),
) -> list[TimeMention]:
    """Return the phrases of time in a text, sorted by start, each resolved as in a sentence of that tense.

    A phrase that counts from another date ("a day later") takes the date last mentioned before it in the
    same paragraph or the one before. Of a plan, resolve the mention again with tense "future".
    ``month_first``: the outlet's country writes 03/12/2024 for the twelfth of March. ``written``: where
    another day of writing begins than that of publication.
    """
    mentions: list[TimeMention] = []
    for found in find(text):
        day = written_at(found.start, written, published)
        mentions.append(_mention(text, found, Context(day, tense, month_first=month_first), mentions))
    return mentions


def resolve(mention: TimeMention, published: date | None, tense: Tense) -> TimeMention:
    """Return a mention as it is read with that publication date, in a sentence of that tense."""
    return mention.again(replace(mention.context, published=published, tense=tense))


def resolve_relative(mention: TimeMention, anchor_edtf: str | None) -> TimeMention:
    """Return a mention as counted from a date of the caller's choice (the event that the sentence speaks of).

    Mentions that do not count from another date in the text are returned as they are.
    """
    if mention.kind != "relative":
        return mention
    return mention.again(replace(mention.context, anchor=anchor_edtf))


def _mention(text: str, found: Found, context: Context, before: list[TimeMention]) -> TimeMention:
    relation = _RELATION.search(text[max(0, found.start - 20) : found.start])
    bare = TimeMention(
        found.start,
        found.end,
        text[found.start : found.end],
        edtf=None,
        basis="",
        kind=found.meaning.kind,
        relation=relation[1].lower() if relation else "",
        anchor=None,
        context=context,
        meaning=found.meaning,
    )
    anchor = _anchor(text, found, context, before) if isinstance(found.meaning, FromEvent) else None
    return bare.again(replace(context, anchor=anchor, near=_near(text, found, context, before)))


def _anchor(text: str, found: Found, context: Context, before: list[TimeMention]) -> str | None:
    """Return the last date before from which the phrase can count, at most one paragraph back."""
    for mention in _within_reach(found, before):
        if _breaks(text[mention.end : found.start]) > 1:
            return None
        if mention.edtf is not None:
            resolved = found.meaning.resolve(Context(context.published, context.tense, mention.edtf))
            if resolved.edtf is not None:
                return mention.edtf
    return None


def _near(text: str, found: Found, context: Context, before: list[TimeMention]) -> date | None:
    """Return the last full date before in the paragraph, where its year is not the publication's."""
    for mention in _within_reach(found, before):
        if _breaks(text[mention.end : found.start]):
            return None
        if (
            mention.edtf is not None
            and mention.basis == Basis.EXPLICIT
            and len(mention.edtf) >= len("2001-07-26")
        ):
            day = bounds(mention.edtf).latest
            same = day is None or (context.published is not None and day.year == context.published.year)
            return None if same else day
    return None


def _breaks(between: str) -> int:
    """Count the paragraph breaks in a stretch of text, whatever its line ends."""
    return len(re.findall(r"\r?\n[ \t]*\r?\n\s*", between))


def _within_reach(found: Found, before: list[TimeMention]) -> Iterator[TimeMention]:
    """Yield the mentions before a phrase, the nearest first."""
    for mention in reversed(before):
        if found.start - mention.end > REACH:
            return
        yield mention
