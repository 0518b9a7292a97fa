"""Give events that tell no place the place of the scene in which they are told."""

from __future__ import annotations

from dataclasses import replace

from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot, When
from kb.reading.page import Page
from kb.records import ClaimType, Modality, Polarity

_TAKES = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.VISIT, ClaimType.DISPLAY})
_SCENE = 400
"""Characters in which a text still speaks of the same arrival."""
_PLANNED = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.AGREEMENT, ClaimType.DISPLAY})
_TALKS = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT})
_AT_TALKS = _TALKS | {ClaimType.STATEMENT}
_GIVES = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.ARRIVAL})


def placed(page: Page, told: list[Told]) -> list[Told]:
    """Return the events with places and plans' dates inherited from the scene in which they are told."""
    moved = list(told)
    for _ in range(2):  # talks take a visit's country, and then what is signed takes the talks'
        moved = [one if _lies(one) else _moved(page, one, moved) for one in moved]
    moved = [_visited(page, one, moved) for one in moved]
    moved = [_abroad(one, moved) for one in moved]
    moved = [one for one in moved if one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE]
    dated = [_planned_with(one, moved) for one in moved]
    dated = [_with_talks(page, one, dated) for one in dated]
    return [_clipped(page, one, dated) for one in dated]


def _visited(page: Page, one: Told, told: list[Told]) -> Told:
    """A visit that names no place is to where its visitor has just arrived."""
    if one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    for other in told:
        near = 0 <= one.draft.start - other.draft.end < _SCENE
        if (
            near
            and other.draft.type == ClaimType.ARRIVAL
            and names == {p.name for p in other.draft.parties("agents")}
        ):
            return replace(one, draft=replace(one.draft, spot=other.draft.spot))
    return one


def _with_talks(page: Page, one: Told, told: list[Told]) -> Told:
    """What is signed or said at talks, and undated, has the day of the talks told just before."""
    kind, when = one.draft.type, one.when
    if kind not in _AT_TALKS or one.stance.modality is not Modality.REPORTED or when.edtf or when.phrase:
        return one
    mine = _sides(one)
    for other in sorted(told, key=lambda other: -other.draft.start):
        gap = one.draft.start - other.draft.start
        if other is one or other.draft.type not in _TALKS or not 0 <= gap < _SCENE:
            continue
        apart = "\n\n" in page.text[other.draft.end : one.draft.start]
        if apart and (kind == ClaimType.STATEMENT or one.stance.polarity is Polarity.NEGATED):
            continue
        day = other.when.edtf if other.stance.modality is Modality.REPORTED else None
        theirs = _sides(other)
        joint = mine == theirs or (kind == ClaimType.STATEMENT and mine <= theirs)
        if joint and len(theirs) > 1 and day is not None and len(day) == len("2023-09-15"):
            return replace(one, when=When(day, "same-event", other.when.phrase))
    return one


def _sides(one: Told) -> set[str]:
    return {state for party in one.draft.parties("agents") for state in party.states}


def _abroad(one: Told, told: list[Told]) -> Told:
    """Who leaves or crosses a border that is not named does so where the text has him last, or else next."""
    if one.draft.type not in (ClaimType.ARRIVAL, ClaimType.DEPARTURE) or one.draft.spot != NOWHERE:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    home = {state for party in one.draft.parties("agents") for state in party.states}
    near = sorted(
        told,
        key=lambda other: (other.draft.start > one.draft.start, abs(other.draft.start - one.draft.start)),
    )
    for other in near:
        country = other.draft.spot.country
        goes = other.draft.type in _GIVES and names <= {p.name for p in other.draft.parties("agents")}
        if (
            goes
            and country is not None
            and country not in home
            and other.stance.modality is Modality.REPORTED
        ):
            return replace(one, draft=replace(one.draft, spot=Spot(country=country)))
    return one


def _lies(one: Told) -> bool:
    return bool(one.draft.spot.country or one.draft.spot.place)


def _planned_with(one: Told, told: list[Told]) -> Told:
    """What is planned for a planned visit, and undated, falls within it; without a place, in its place."""
    if one.stance.modality is not Modality.PLANNED or one.when.edtf is not None or one.when.phrase:
        return one
    if one.draft.type not in _PLANNED:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    before = [t for t in told if t.draft.start < one.draft.start and t.draft.type == ClaimType.VISIT]
    for visit in reversed(before):
        trip = visit.draft.spot
        apart = trip.country and one.draft.spot.country and trip.country != one.draft.spot.country
        goes = (
            names & {p.name for p in visit.draft.parties("agents")} or one.draft.type == ClaimType.AGREEMENT
        )
        if not goes or apart or visit.stance.modality is not Modality.PLANNED or visit.when.edtf is None:
            continue
        spot = one.draft.spot if one.draft.spot != NOWHERE or one.draft.type == ClaimType.VISIT else trip
        when = When(visit.when.edtf, "same-event", visit.when.phrase)
        return replace(one, draft=replace(one.draft, spot=spot), when=when)
    return one


def _moved(page: Page, one: Told, told: list[Told]) -> Told:
    if one.draft.type not in _TAKES:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    for other in told:
        shared = names & {p.name for p in other.draft.parties("agents")}
        if other is one or other.draft.spot.country is None or other.stance.modality != one.stance.modality:
            continue
        if _same_scene(one, other, shared) and one.stance.modality is not Modality.SPECULATED:
            return replace(one, draft=replace(one.draft, spot=one.draft.spot.over(other.draft.spot)))
        near = page.doc[other.draft.trigger].sent == page.doc[one.draft.trigger].sent
        if near and shared and other.draft.type in _GIVES:
            country = Spot(country=other.draft.spot.country)
            return replace(one, draft=replace(one.draft, spot=one.draft.spot.over(country)))
    return one


def _same_scene(one: Told, other: Told, shared: set[str]) -> bool:
    """Two talks of the same parties, or what two states sign at the talks of their leaders."""
    if other.draft.type != ClaimType.MEETING:
        return False
    states = [{s for p in told.draft.parties("agents") for s in p.states} for told in (one, other)]
    signed = one.draft.type == ClaimType.AGREEMENT and len(states[0]) > 1 and states[0] == states[1]
    return signed or len(shared) > 1


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
