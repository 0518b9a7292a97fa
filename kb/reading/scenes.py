"""Give events that tell no place the place of the scene in which they are told."""

from __future__ import annotations

from dataclasses import replace

from kb.reading.data import nominals
from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.scene_dates import dated, is_long_ago, may_be_one_time, since_when
from kb.reading.scene_heads import page_place
from kb.reading.time_records import Basis
from kb.records import ClaimType, Modality, Polarity

_TAKES = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.VISIT, ClaimType.DISPLAY})
_SCENE = 400
"""Characters in which a text still speaks of the same arrival."""
_ACCOUNT = 1500
"""Characters in which a text still tells of the same visit."""
_STAY = 7
"""Days after an arrival in which a visitor is still there."""
_GIVES = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.ARRIVAL})
_GOES = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE})
_HOSTED = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT})
_ON_SITE = frozenset({ClaimType.DISPLAY, ClaimType.MEETING})


def placed(page: Page, told: list[Told]) -> list[Told]:
    """Return the events with places and plans' dates inherited from the scene in which they are told."""
    moved = [_left_for(page, one) for one in told]
    for _ in range(2):  # talks take a visit's country, and then what is signed takes the talks'
        moved = [one if _lies(one) else _moved(page, one, moved) for one in moved]
    moved = [_guest(one, moved) for one in moved]
    moved = [_at_home(page, one, moved) for one in moved]
    moved = [_hosted(one, moved) for one in moved]
    moved = [_at_site(one, moved) for one in moved]
    moved = [_at_head(page, one) for one in moved]
    moved = [one if _lies(one) else _moved(page, one, moved) for one in moved]
    moved = [_stationed(one) for one in moved]
    moved = [_visited(page, one, moved) for one in moved]
    moved = [_abroad(one, moved) for one in moved]
    moved = [one for one in moved if one.draft.type != ClaimType.VISIT or one.draft.spot != NOWHERE]
    return dated(page, moved)


def _left_for(page: Page, one: Told) -> Told:
    """Who leaves for a state does not leave that one: "left for X" tells where to, not where from."""
    token, spot = page.doc[one.draft.trigger], one.draft.spot
    ways = [child for child in token.children if child.dep_ == "prep" and child.lower_ == "for"]
    goals = [goal.idx for way in ways for goal in way.children]
    if one.draft.type != ClaimType.DEPARTURE or not any(spot.start <= goal <= spot.end for goal in goals):
        return one
    return replace(one, draft=replace(one.draft, spot=NOWHERE))


def _stationed(one: Told) -> Told:
    """Forces that go to a state are there, and who is expelled is with him who expels, where none is told."""
    role = "counterparts" if one.draft.type == ClaimType.DEPLOYMENT else "agents"
    states = {state for party in one.draft.parties(role) for state in party.states}
    stays = one.draft.type == ClaimType.DEPLOYMENT or one.draft.rule.startswith("sanction/expel")
    denied = one.stance.polarity is Polarity.NEGATED and one.draft.type == ClaimType.SANCTION
    if not stays or denied or _lies(one) or len(states) != 1:
        return one
    return replace(one, draft=replace(one.draft, spot=replace(one.draft.spot, country=states.pop())))


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
        near = page.doc[other.draft.trigger].sent == page.doc[one.draft.trigger].sent
        stay = 1 if other.draft.type == ClaimType.MEETING else _STAY
        if not may_be_one_time(one.when, other.when, days=stay):
            continue
        if is_long_ago(page, one.when) != is_long_ago(page, other.when):
            continue
        if (one.stance.polarity is Polarity.NEGATED and not near) or since_when(page, one):
            continue
        if _same_scene(one, other, shared) and one.stance.modality is not Modality.SPECULATED:
            return _over(one, other.draft.spot)
        if near and shared and other.draft.type in _GIVES:
            joined = _goes_on(page, one, other) or _comes_for(one, other) or _abroad_both(one, other)
            return _over(one, other.draft.spot if joined else Spot(country=other.draft.spot.country))
    return one


def _over(one: Told, spot: Spot) -> Told:
    return replace(one, draft=replace(one.draft, spot=one.draft.spot.over(spot)))


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


def _hosted(one: Told, told: list[Told]) -> Told:
    """Talks with a visitor, and what is signed with him, are in the state he visits, if that takes part."""
    if one.draft.type not in _HOSTED or _lies(one) or one.stance.polarity is Polarity.NEGATED:
        return one
    mine = {state for party in one.draft.parties("agents") for state in party.states}
    names = {party.name for party in one.draft.parties("agents")}
    hosts = set()
    for visit in told:
        guests = visit.draft.parties("agents")
        coming = {state for guest in guests for state in guest.states}
        country = visit.draft.spot.country
        near = abs(visit.draft.start - one.draft.start) < _ACCOUNT
        takes_part = names & {guest.name for guest in guests} or (
            one.draft.type == ClaimType.AGREEMENT and coming and coming < mine
        )
        if (
            visit.draft.type in (ClaimType.VISIT, ClaimType.ARRIVAL)
            and visit.stance.modality == one.stance.modality
            and near
            and takes_part
            and country is not None
            and (country in mine - coming or (len(names) > 1 and names <= {guest.name for guest in guests}))
            and may_be_one_time(one.when, visit.when, days=_STAY)
        ):
            hosts.add(country)
    return _over(one, Spot(country=hosts.pop())) if len(hosts) == 1 else one


def _guest(one: Told, told: list[Told]) -> Told:
    """A state is visited by a guest, not by its own: who has just come there, or was received, is meant."""
    spot, agents = one.draft.spot, one.draft.parties("agents")
    at_home = bool(agents) and {state for party in agents for state in party.states} == {spot.country}
    if one.draft.type != ClaimType.VISIT or not at_home or spot.place or spot.facility:
        return one
    for other in sorted(told, key=lambda other: -other.draft.start):
        near = 0 <= one.draft.start - other.draft.start < _SCENE
        if (
            other is one
            or not near
            or other.draft.type not in _GIVES
            or other.draft.spot.country != spot.country
        ):
            continue
        guests = tuple(
            party
            for party in other.draft.parties("agents")
            if party.kind == "person" and spot.country not in party.states
        )
        if guests:
            return replace(one, draft=replace(one.draft, roles={**one.draft.roles, "agents": guests}))
    return one


def _at_home(page: Page, one: Told, told: list[Told]) -> Told:
    """A facility that a government's own account places nowhere, and its own leader tours, is at home."""
    if page.home is None or one.draft.type != ClaimType.VISIT or one.draft.spot.facility is None:
        return one
    states = {state for party in one.draft.parties("agents") for state in party.states}
    abroad = {other.draft.spot.country for other in told if other.draft.type in _GOES} - {page.home, None}
    if states != {page.home} or abroad or one.draft.spot.country or one.draft.spot.place:
        return one
    return _over(one, Spot(country=page.home))


def _at_site(one: Told, told: list[Told]) -> Told:
    """What a visitor is shown, or whom he meets, after he came to a facility is there until he goes on."""
    if one.draft.type not in _ON_SITE or one.stance.modality is not Modality.REPORTED:
        return one
    spot = one.draft.spot
    if spot.facility is not None or spot.place is not None:
        return one
    role = "counterparts" if one.draft.type == ClaimType.DISPLAY else "agents"
    names = {party.name for party in one.draft.parties(role) if party.kind == "person"}
    before = [t for t in told if t.draft.type in _GOES and t.draft.start <= one.draft.start]
    for other in sorted(before, key=lambda other: -other.draft.start):
        if other is one or not names & {party.name for party in other.draft.parties("agents")}:
            continue
        there = other.draft.spot
        if there.facility is not None and nominals()["exhibits"] & set(
            there.facility.name.lower().split()[:2]
        ):
            continue
        fits = there.facility is not None and other.stance.modality is Modality.REPORTED
        return _over(one, there) if fits and may_be_one_time(one.when, other.when) else one
    return one


def _at_head(page: Page, one: Told) -> Told:
    """A readout's own event is where the line of place and date above it says."""
    if one.draft.type not in _TAKES or one.stance.modality is not Modality.REPORTED:
        return one
    spot = page_place(page) if page.home else NOWHERE
    lies = one.draft.spot
    if (
        spot == NOWHERE
        or lies.place
        or (lies.facility and lies.country)
        or lies.country not in (None, spot.country)
    ):
        return one
    same_day = one.when.basis in (Basis.ISSUED_ON, Basis.PUBLICATION_DAY, Basis.SAME_EVENT)
    return _over(one, spot) if same_day else one
