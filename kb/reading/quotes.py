"""Choose a claim's quote: the shortest stretch that holds the trigger and its arguments near by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from spacy.tokens import Token

from kb.reading.model import Party, Spot, When
from kb.reading.page import Page
from kb.reading.syntax import carrier

LONGEST: Final = 390
"""Characters of the longest quote: beyond that it no longer points."""
_NEAR: Final = 40
_NEAR_TIME: Final = 50
_SHORT: Final = 16
_OPENING: Final = re.compile(r"(?:(?<![^\s(\"“])(?:on|in|at|the|an?|his|her|their)[ \n])+$", re.IGNORECASE)
"""Small words that a quote does not leave out at its head: "On Sunday he visited"."""
_SAID: Final = ("cc", "punct", "nsubj", "nsubjpass")


def quote_span(
    page: Page, scope: str, token: Token, roles: Mapping[str, tuple[Party, ...]], spot: Spot
) -> tuple[int, int]:
    """Return the offsets of a quote; ``scope`` is that of a frame, "" for none."""
    start, end = token.idx, token.idx + len(token)
    sentence = token.sent
    low, high = sentence.start_char, sentence.end_char
    if scope == "complement":
        start, end = _complement(token)
    after = scope == "after"
    near = [(p.start, p.end) for parties in roles.values() for p in parties]
    verb = carrier(token) if token.pos_ in ("NOUN", "PROPN") else None
    if verb is not None:
        near.append((verb.idx, verb.idx + len(verb)))
    if spot.start >= 0 and not (token.dep_ == "relcl" and spot.end < token.idx):
        near.append((spot.start, spot.end))
    for first, last in sorted(near, key=lambda span: min(abs(span[0] - start), abs(span[1] - end))):
        wider = (min(start, first), max(end, last))
        gap = max(start - last, first - end, 0)
        if after and last < token.idx:
            continue
        if (
            low <= first
            and last <= high
            and gap <= _NEAR
            and wider[1] - wider[0] <= LONGEST
            and not _other_subject(page, token, first, last)
        ):
            start, end = wider
    return _clean(page.text, start, min(end, start + LONGEST))


def with_time(page: Page, start: int, end: int, when: When) -> tuple[int, int]:
    """Return a quote's offsets with the phrase of time that dates it, where that stands near."""
    near = when.start >= 0 and max(start - when.end, when.start - end, 0) <= _NEAR_TIME
    apart = when.end < start and bool(page.text[when.end : start].strip())
    wider = (min(start, when.start), max(end, when.end))
    if near and not apart and wider[1] - wider[0] <= LONGEST and "\n\n" not in page.text[slice(*wider)]:
        start, end = wider
    opening = _OPENING.search(page.text, max(0, start - _SHORT), start)
    return (opening.start() if opening is not None else start), end


def _complement(token: Token) -> tuple[int, int]:
    """Return the trigger with what is said, joined verbs left out."""
    parts = [token]
    for child in token.children:
        joined = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
        if (
            child.dep_ in _SAID
            or joined
            or (child.dep_ == "advcl" and child.i > token.i and child.i - token.i > 25)
        ):
            continue
        parts += list(child.subtree)
    first, last = min(parts, key=lambda t: t.i), max(parts, key=lambda t: t.i)
    end = last.idx + len(last)
    return first.idx, min(end, first.idx + LONGEST)


def _other_subject(page: Page, token: Token, first: int, last: int) -> bool:
    """Tell whether another verb stands between the trigger and a stretch before it: then it is not near."""
    if last > token.idx or token.pos_ not in ("VERB", "AUX") or token.dep_ != "conj":
        return False
    between = [t for t in page.doc[token.sent.start : token.i] if t.idx >= last and t.pos_ == "VERB"]
    return bool(between) and token.idx - last > 40


def _clean(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end - 1 and (text[start].isspace() or text[start] in ",;:)"):
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ",;:(.“"):
        end -= 1
    return start, end
