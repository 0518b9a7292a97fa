"""Give events that tell no place the place of the scene in which they are told."""

from __future__ import annotations

from dataclasses import replace

from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.scene_dates import dated
from kb.records import ClaimType, Modality

_TAKES = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.VISIT, ClaimType.DISPLAY})
_SCENE = 400
"""Characters in which a text still speaks of the same arrival."""
_GIVES = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.ARRIVAL})


def placed(page: Page, told: list[Told]) -> list[Told]:
    """Return the events with places and plans' dates inherited from the scene in which they are told."""
    moved = list(told)
    for _ in range(2):  # talks take a visit's country, and then what is signed takes the talks'
        moved = [one if _lies(one) else _moved(page, one, moved) for one in moved]
    moved = [_visited(page, one, moved) for one in moved]
    moved = [_abroad(one, moved) for one in moved]
    moved = [one for one in moved if one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE]
    return dated(page, moved)


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
