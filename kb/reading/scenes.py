"""Give events that tell no place the place of the scene in which they are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.scene_dates import dated
from kb.reading.scene_departures import abroad, left_for
from kb.reading.scene_heads import talks_in
from kb.reading.scene_hosts import (
    GIVES,
    SCENE,
    STAY,
    TAKES,
    at_head,
    at_home,
    at_site,
    by_guest,
    hosted,
    in_state_of_stay,
    in_town,
    lies,
    with_spot,
)
from kb.reading.scene_views import is_long_ago, may_be_one_time, sides_of, since_when
from kb.reading.tree import sentence_start
from kb.records import ClaimType, Modality, Polarity

_TALKED_OF: Final = frozenset({"discuss", "review", "recall", "welcome", "note", "mention", "praise", "hail"})


def placed(page: Page, told: list[Told]) -> list[Told]:
    """Return the events with places and plans' dates inherited from the scene in which they are told."""
    moved = [at_head(page, left_for(page, one)) for one in told]
    for _ in range(2):  # talks take a visit's country, and then what is signed takes the talks'
        moved = [one if lies(one) else _moved(page, one, moved) for one in moved]
    moved = [by_guest(one, moved) for one in moved]
    moved = [at_home(page, one, moved) for one in moved]
    moved = [hosted(one, moved) for one in moved]
    moved = [at_site(one, moved) for one in moved]
    moved = [at_head(page, one) for one in moved]
    moved = [one if lies(one) else _moved(page, one, moved) for one in moved]
    moved = [_called_by_town(page, one, moved) for one in moved]
    moved = [_stationed(one) for one in moved]
    moved = [_visited(page, one, moved) for one in moved]
    moved = [abroad(page, one, moved) for one in moved]
    moved = [in_state_of_stay(one, moved) for one in moved]
    moved = [in_town(page, one, moved) for one in moved]
    return dated(page, moved)


def leads_somewhere(one: Told) -> bool:
    """Tell whether an event is none of a visit to no place that is told."""
    return one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE


def _called_by_town(page: Page, one: Told, told: list[Told]) -> Told:
    """The talks of a text, told without a place, are in the town by which it calls them: "the talks in X"."""
    if one.draft.type != ClaimType.MEETING or lies(one) or one.stance.modality is not Modality.REPORTED:
        return one
    open_ones = [t for t in told if t.draft.type == ClaimType.MEETING and not lies(t)]
    sides, towns = {frozenset(sides_of(t)) for t in open_ones}, talks_in(page)
    if len(sides) != 1 or len(towns) != 1 or is_long_ago(page, one.when):
        return one
    return with_spot(one, towns[0])


def _stationed(one: Told) -> Told:
    """Forces that go to a state are there, and who is expelled is with him who expels, where none is told."""
    role = "counterparts" if one.draft.type == ClaimType.DEPLOYMENT else "agents"
    states = {state for party in one.draft.parties(role) for state in party.states}
    stays = one.draft.type == ClaimType.DEPLOYMENT or one.draft.rule.startswith("sanction/expel")
    denied = one.stance.polarity is Polarity.NEGATED and one.draft.type == ClaimType.SANCTION
    if not stays or denied or lies(one) or len(states) != 1:
        return one
    return replace(one, draft=replace(one.draft, spot=replace(one.draft.spot, country=states.pop())))


def _visited(page: Page, one: Told, told: list[Told]) -> Told:
    """A visit that names no place is to where its visitor has just arrived."""
    if one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    for other in told:
        near = 0 <= one.draft.start - other.draft.end < SCENE
        if (
            near
            and other.draft.type == ClaimType.ARRIVAL
            and names == {p.name for p in other.draft.parties("agents")}
        ):
            return replace(one, draft=replace(one.draft, spot=other.draft.spot))
    return one


def _moved(page: Page, one: Told, told: list[Told]) -> Told:
    if one.draft.type not in TAKES or _is_topic(page, one):
        return one
    names = {p.name for p in one.draft.parties("agents")}
    for other in sorted(told, key=lambda other: _distance(one, other)):
        shared = names & {p.name for p in other.draft.parties("agents")}
        if other is one or other.draft.spot.country is None or other.stance.modality != one.stance.modality:
            continue
        words = page.doc[other.draft.trigger], page.doc[one.draft.trigger]
        near = sentence_start(words[0]) == sentence_start(words[1])
        stay = 1 if other.draft.type == ClaimType.MEETING else STAY
        if not may_be_one_time(one.when, other.when, days=stay):
            continue
        if is_long_ago(page, one.when) != is_long_ago(page, other.when):
            continue
        if (one.stance.polarity is Polarity.NEGATED and not near) or since_when(page, one):
            continue
        if _same_scene(one, other, shared) and one.stance.modality is not Modality.SPECULATED:
            return with_spot(one, other.draft.spot)
        if near and shared and other.draft.type in GIVES:
            joined = _goes_on(page, one, other) or _comes_for(one, other) or _abroad_both(one, other)
            return with_spot(one, other.draft.spot if joined else Spot(country=other.draft.spot.country))
    return one


def _is_topic(page: Page, one: Told) -> bool:
    """Tell whether an agreement is what talks are about: "discussed the recent ratification of a treaty"."""
    token = page.doc[one.draft.trigger]
    return one.draft.type == ClaimType.AGREEMENT and token.dep_ == "dobj" and token.head.lemma_ in _TALKED_OF


def _distance(one: Told, other: Told) -> tuple[bool, int]:
    """Rank where to take a place from: what was told last before an event, else what comes next."""
    after = other.draft.start > one.draft.start
    return (after, abs(other.draft.start - one.draft.start))


def _goes_on(page: Page, one: Told, other: Told) -> bool:
    """Tell whether a meeting is told in one breath with a visit: "visited the works and met its director"."""
    verb, first = page.doc[one.draft.trigger], page.doc[other.draft.trigger]
    if one.draft.type != ClaimType.MEETING or other.draft.type != ClaimType.VISIT:
        return False
    return verb.dep_ == "conj" and verb.head == first and verb.tag_ == first.tag_


def _comes_for(one: Told, other: Told) -> bool:
    """Tell whether talks are where a guest has just come: "met X, who arrived in Y", told in one sentence."""
    if one.draft.type != ClaimType.MEETING or other.draft.type != ClaimType.ARRIVAL:
        return False
    guests = {party.name for party in other.draft.parties("agents")}
    hosts = [party for party in one.draft.parties("agents") if party.name not in guests]
    return any(other.draft.spot.country in party.states for party in hosts)


def _abroad_both(one: Told, other: Told) -> bool:
    """Tell whether a visitor meets somebody where neither is at home: "X, on a visit to New York, met Y"."""
    states = {state for party in one.draft.parties("agents") for state in party.states}
    town = other.draft.spot.place is not None and other.draft.spot.facility is None
    return one.draft.type == ClaimType.MEETING and town and other.draft.spot.country not in states


def _same_scene(one: Told, other: Told, shared: set[str]) -> bool:
    """Two talks of the same parties, or what two states sign at the talks of their leaders."""
    states = [{s for p in told.draft.parties("agents") for s in p.states} for told in (one, other)]
    kinds = {one.draft.type, other.draft.type}
    signed = kinds == {ClaimType.MEETING, ClaimType.AGREEMENT} and states[0] == states[1]
    return (signed and len(states[0]) > 1) or (other.draft.type == ClaimType.MEETING and len(shared) > 1)
