"""The day that a report is of: what its parties say and agree without a time falls on it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kb.reading.merge import Told
from kb.reading.model import When
from kb.reading.page import Page
from kb.reading.scene_views import day_of, is_open, persons_of, sides_of, since_when, told_before
from kb.reading.time_lead import Lead, is_fresh
from kb.reading.time_records import Basis
from kb.records import ClaimType, Modality

_AT_TALKS: Final = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.STATEMENT})
_TOLD: Final = frozenset({ClaimType.STATEMENT, ClaimType.MEETING, ClaimType.CALL, ClaimType.AGREEMENT})
_NEWS: Final = _TOLD | {ClaimType.VISIT, ClaimType.ARRIVAL}


def of_account(page: Page, one: Told, told: list[Told]) -> Told:
    """What a government's account tells without a date happened at the talks of these days told before it."""
    if one.when.basis != Basis.ISSUED_ON or one.draft.type not in _AT_TALKS or some_day(page, one):
        return one
    for other in told_before(one, told, len(page.text)):
        talks = other.draft.type in (ClaimType.MEETING, ClaimType.CALL)
        if talks and other.when.phrase and _is_of_late(page, other) and is_theirs(one, other):
            return replace(one, when=When(other.when.edtf, Basis.SAME_EVENT, other.when.phrase))
    return one


def of_story(page: Page, one: Told, told: list[Told]) -> Told:
    """Return an event without a time with the day of what the report tells of the same parties.

    The nearest before it counts, else the next after it; what somebody "has said" was said some day.
    """
    if one.draft.type not in _TOLD or not is_open(one) or since_when(page, one) or some_day(page, one):
        return one
    if one.draft.type == ClaimType.STATEMENT and not _is_done(page, one):
        return one
    days = [other for other in told if other is not one and _has_its_day(other) and is_theirs(one, other)]
    before = [other for other in days if other.draft.start <= one.draft.start]
    if not days:
        return one
    nearest = max(before, key=_place) if before else min(days, key=_place)
    if not _is_of_late(page, nearest):
        return one
    return replace(one, when=When(day_of(nearest), Basis.SAME_EVENT, nearest.when.phrase))


def of_lead(page: Page, one: Told, lead: Lead) -> Told:
    """Return an event without a time with the day that the report's first paragraph names.

    In a government's account that is the day of all it tells; elsewhere of what those do whom it names.
    """
    if one.draft.type not in _TOLD or since_when(page, one) or some_day(page, one):
        return one
    names = {party.name for party in one.draft.parties("agents")} | sides_of(one)
    theirs = is_open(one) and _is_done(page, one) and bool(names & lead.names)
    return replace(one, when=lead.when) if theirs or one.when.basis == Basis.ISSUED_ON else one


def _is_done(page: Page, one: Told) -> bool:
    """Tell whether an event is told by a verb in the past: not what somebody "insists"."""
    return page.doc[one.draft.anchor].tag_ in ("VBD", "VBN")


def _place(other: Told) -> tuple[int, int]:
    return other.draft.start, other.draft.end


def some_day(page: Page, one: Told) -> bool:
    """Tell whether a verb stands in the perfect: "has condemned", "had met"."""
    aside = page.doc[one.draft.anchor].children
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have", "had") for child in aside)


def is_theirs(one: Told, other: Told) -> bool:
    """Tell whether a person takes part in both events, or all the states of the one in the other."""
    mine = sides_of(one)
    return bool(persons_of(one) & persons_of(other)) or bool(mine and mine <= sides_of(other))


def _has_its_day(other: Told) -> bool:
    """Tell whether the text itself gives an event its day."""
    return other.draft.type in _NEWS and day_of(other) is not None and bool(other.when.phrase)


def _is_of_late(page: Page, other: Told) -> bool:
    """Tell whether an event is reported, and ended in the week before publication."""
    published, edtf = page.article.published, other.when.edtf
    reported = other.stance.modality is Modality.REPORTED
    return reported and published is not None and edtf is not None and is_fresh(edtf, published)
