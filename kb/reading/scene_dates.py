"""Give events that tell no day the day of the scene in which they are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kb.reading.beside_events import stay
from kb.reading.merge import Told
from kb.reading.model import NOWHERE, When
from kb.reading.page import Page
from kb.reading.scene_days import same_day
from kb.reading.scene_story import of_account, of_lead, of_story
from kb.reading.scene_views import day_of, hosts_of, is_open, persons_of, sides_of, since_when, told_before
from kb.reading.time_calendar import is_day
from kb.reading.time_lead import lead_day
from kb.reading.time_records import Basis
from kb.records import ClaimType, Modality, Polarity

_PLANNED: Final = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.AGREEMENT, ClaimType.DISPLAY})
_TALKS: Final = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT})
_AT_TALKS: Final = _TALKS | {ClaimType.STATEMENT}
_ON_THE_SPOT: Final = frozenset({ClaimType.DISPLAY, ClaimType.TRANSFER})
_STAYS: Final = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.MEETING, ClaimType.AGREEMENT})
_SCENE: Final = 400
"""Characters in which a text still tells of the same scene."""
_ACCOUNT: Final = 1500
"""Characters in which persons whom it named still meet on the day that it gave."""


def dated(page: Page, told: list[Told]) -> list[Told]:
    """Return the events, those without a day with the day of the scene in which they are told."""
    found = [_planned_with(page, one, told) for one in told]
    found = [_with_talks(page, one, found) for one in found]
    found = [_of_speech(page, one, found) for one in found]
    found = [_on_the_spot(page, one, found) for one in found]
    found = [_upon_arrival(page, one, found) for one in found]
    found = [_delivered(page, one, found) for one in found]
    found = [_of_stay(one, found) for one in found]
    found = [same_day(page, one, found) for one in found]
    found = [of_account(page, one, found) for one in found]
    found = [of_story(page, one, found) for one in found]
    lead = lead_day(page)
    if lead is not None:
        found = [of_lead(page, one, lead) for one in found]
        found = [same_day(page, one, found) for one in found]
    found = [_for_days(page, one) for one in found]
    return [_clipped(page, one, found) for one in found]


def _for_days(page: Page, one: Told) -> Told:
    """Return a visit that begins on a day told elsewhere with all days of its stay: "a two-day visit"."""
    if one.draft.type != ClaimType.VISIT or one.when.basis != Basis.SAME_EVENT or one.when.edtf is None:
        return one
    edtf = stay(page.doc[one.draft.trigger], one.when.edtf)
    return replace(one, when=replace(one.when, edtf=edtf))


def _with_talks(page: Page, one: Told, told: list[Told]) -> Told:
    """What is signed or said at talks, and undated, has the day of the talks told before."""
    kind = one.draft.type
    if kind not in _AT_TALKS or not is_open(one) or since_when(page, one):
        return one
    mine = sides_of(one)
    for other in told_before(one, told, _ACCOUNT):
        near = one.draft.start - other.draft.start < _SCENE
        if kind == ClaimType.MEETING and near and _welcomes(page, one, other) and day_of(other) is not None:
            return replace(one, when=When(day_of(other), Basis.SAME_EVENT, other.when.phrase))
        if other.draft.type not in _TALKS:
            continue
        apart = "\n\n" in page.text[other.draft.end : one.draft.start]
        if (not near or apart) and one.stance.polarity is Polarity.NEGATED and kind != ClaimType.STATEMENT:
            continue
        theirs, day = sides_of(other), day_of(other)
        if day is not None and page.article.published and day > page.article.published.isoformat():
            continue
        same = bool(persons_of(one) & persons_of(other))
        if (
            kind == ClaimType.STATEMENT
            and (apart or not near)
            and not (same and _is_the_day(theirs, day, told))
        ):
            continue
        if not near and not same and not _is_the_day(theirs, day, told):
            continue
        part = mine <= theirs and (kind == ClaimType.STATEMENT or (same and len(mine) > 1))
        joint = part or mine == theirs
        if joint and len(theirs) > 1 and day is not None:
            return replace(one, when=When(day, Basis.SAME_EVENT, other.when.phrase))
    return one


def _is_the_day(sides: set[str], day: str | None, told: list[Told]) -> bool:
    """Tell whether all talks of some states in a text that have a day have this one."""
    days = {day_of(other) for other in told if other.draft.type in _TALKS and sides_of(other) == sides}
    return day is not None and days - {None} == {day}


def _welcomes(page: Page, one: Told, other: Told) -> bool:
    """Tell whether somebody meets who has just come to the state of the other; not "X, who came on Y"."""
    aside = page.doc[other.draft.trigger].dep_ == "relcl"
    if aside or other.draft.type != ClaimType.ARRIVAL or not persons_of(one) & persons_of(other):
        return False
    return other.draft.spot.country in sides_of(one) - sides_of(other)


def _of_speech(page: Page, one: Told, told: list[Told]) -> Told:
    """What a person said without a date was said on the one day on which the text has him speak."""
    said = page.doc[one.draft.trigger].tag_ in ("VBD", "VBN")
    if one.draft.type != ClaimType.STATEMENT or not said or not is_open(one) or not persons_of(one):
        return one
    same = [t for t in told if t.draft.type == ClaimType.STATEMENT and persons_of(t) == persons_of(one)]
    days = {day_of(other) for other in same if other.when.edtf}
    day = days.pop() if len(days) == 1 else None
    return replace(one, when=When(day, Basis.SAME_EVENT)) if day is not None else one


def _on_the_spot(page: Page, one: Told, told: list[Told]) -> Told:
    """What is shown or given where somebody has just come has that day."""
    if one.draft.type not in _ON_THE_SPOT or not is_open(one):
        return one
    if one.draft.type == ClaimType.TRANSFER and one.draft.rule != "transfer/gift-verb":
        return one
    for other in told_before(one, told, _SCENE):
        day = day_of(other)
        apart = "\n\n" in page.text[other.draft.end : one.draft.start]
        if other.draft.type in (*_STAYS, ClaimType.DISPLAY) and day is not None and not apart:
            return replace(one, when=When(day, Basis.SAME_EVENT, other.when.phrase))
    return one


def _upon_arrival(page: Page, one: Told, told: list[Told]) -> Told:
    """Who is met upon his arrival arrives on the day of the meeting."""
    token = page.doc[one.draft.trigger]
    upon = token.dep_ == "pobj" and token.head.lower_ in ("upon", "on")
    if one.draft.type != ClaimType.ARRIVAL or not is_open(one):
        return one
    for other in told:
        met = page.doc[other.draft.trigger]
        same = (
            met.sent == token.sent
            and persons_of(one) & persons_of(other)
            and (upon or token.is_ancestor(met))
        )
        if other is not one and same and other.draft.type == ClaimType.MEETING and day_of(other) is not None:
            return replace(one, when=When(day_of(other), Basis.SAME_EVENT, other.when.phrase))
    return one


def _delivered(page: Page, one: Told, told: list[Told]) -> Told:
    """ "The shipment" between two states has the day of the delivery between them told before."""
    token = page.doc[one.draft.trigger]
    pointing = any(child.dep_ == "det" and child.lower_ in ("the", "this") for child in token.children)
    if one.draft.type != ClaimType.TRANSFER or not pointing or not is_open(one):
        return one
    for other in told_before(one, told, _ACCOUNT):
        same = other.draft.type == ClaimType.TRANSFER and sides_of(one) == sides_of(other)
        if same and hosts_of(one) == hosts_of(other) and day_of(other) is not None:
            return replace(one, when=When(day_of(other), Basis.SAME_EVENT, other.when.phrase))
    return one


def _of_stay(one: Told, told: list[Told]) -> Told:
    """An undated visit has the day of all else that its visitor does in that state, where that is one day."""
    free = is_open(one) or (one.when.basis == Basis.ISSUED_ON and one.stance.modality is Modality.REPORTED)
    if one.draft.type != ClaimType.VISIT or not free or one.draft.spot == NOWHERE:
        return one
    names = persons_of(one)
    there = [
        other
        for other in told
        if other is not one
        and other.draft.type in _STAYS
        and (names & persons_of(other) or sides_of(other) == sides_of(one) | {one.draft.spot.country or ""})
        and other.draft.spot.country in (one.draft.spot.country, None)
        and other.stance.modality is Modality.REPORTED
        and other.when.edtf
        and (other.when.phrase or one.when.basis != Basis.ISSUED_ON)
    ]
    days = {day_of(other) for other in there}
    day = days.pop() if len(days) == 1 else None
    return replace(one, when=When(day, Basis.SAME_EVENT, there[0].when.phrase)) if day else one


def _during_it(page: Page, one: Told) -> bool:
    """Tell whether a sentence says that its event is part of a visit: "During the visit, X will meet Y"."""
    words = [word for word in page.doc[one.draft.trigger].sent if word.lower_ == "during"]
    stays = {child.lemma_.lower() for word in words for child in word.children}
    return bool(stays & {"visit", "trip", "stay", "tour"})


def _next_on_the_day(page: Page, one: Told, told: list[Told]) -> When | None:
    """Return the day of what the same person does before it in the paragraph of a programme."""
    for other in told_before(one, told, _SCENE):
        apart = "\n\n" in page.text[other.draft.end : one.draft.start]
        on_day = bool(other.when.phrase) and is_day(other.when.edtf or "")
        planned = other.stance.modality is Modality.PLANNED
        if on_day and planned and not apart and persons_of(one) & persons_of(other):
            return other.when
    return None


def _planned_with(page: Page, one: Told, told: list[Told]) -> Told:
    """What is planned for a planned visit, and undated, falls within it; without a place, in its place."""
    if one.stance.modality is not Modality.PLANNED or one.when.edtf is not None or one.when.phrase:
        return one
    if one.draft.type not in _PLANNED:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    same_day = _next_on_the_day(page, one, told)
    if same_day is not None:
        return replace(one, when=When(same_day.edtf, Basis.SAME_EVENT, same_day.phrase))
    before = [t for t in told if t.draft.start < one.draft.start and t.draft.type == ClaimType.VISIT]
    for visit in reversed(before):
        trip = visit.draft.spot
        apart = trip.country and one.draft.spot.country and trip.country != one.draft.spot.country
        goes = (
            names & {p.name for p in visit.draft.parties("agents")}
            or one.draft.type == ClaimType.AGREEMENT
            or _during_it(page, one)
        )
        if not goes or apart or visit.stance.modality is not Modality.PLANNED or visit.when.edtf is None:
            continue
        wide = trip.place is not None and trip.country is None  # "the Middle East" is no place of talks
        spot = one.draft.spot if one.draft.type == ClaimType.VISIT or wide else one.draft.spot.over(trip)
        when = When(visit.when.edtf, Basis.SAME_EVENT, visit.when.phrase)
        return replace(one, draft=replace(one.draft, spot=spot), when=when)
    return one


def _clipped(page: Page, one: Told, told: list[Told]) -> Told:
    """What is told with "since" or "after" before another event ends by that event's day."""
    edtf = one.when.edtf
    token = page.doc[one.draft.trigger]
    if edtf is None or edtf.count("/") != 1 or token.head.lower_ not in ("since", "after", "before"):
        return one
    start, end = edtf.split("/")
    for other in told:
        later = page.doc[other.draft.trigger]
        day = other.when.edtf
        if other is not one and later.sent == token.sent and day and "/" not in day and start <= day < end:
            return replace(one, when=When(f"{start}/{day}", one.when.basis, one.when.phrase))
    return one
