"""Give talks, tours and displays the place of the visit, the site or the readout that they are part of."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kb.reading.data import nominals
from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.scene_heads import page_place
from kb.reading.scene_views import may_be_one_time
from kb.reading.time_records import Basis
from kb.records import ClaimType, Modality, Polarity

TAKES: Final = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT, ClaimType.VISIT, ClaimType.DISPLAY})
"""What is somewhere, where its scene is."""
GIVES: Final = frozenset({ClaimType.MEETING, ClaimType.VISIT, ClaimType.ARRIVAL})
"""What tells where a scene is."""
STAY: Final = 7
"""Days after an arrival in which a visitor is still there."""
SCENE: Final = 400
"""Characters in which a text still speaks of the same arrival."""
_NEXT: Final = 250
"""Characters in which a text goes on to what happened next in the same town."""
_MORE: Final = frozenset({"also", "later", "then", "afterwards", "subsequently"})
_ACCOUNT: Final = 1500
"""Characters in which a text still tells of the same visit."""
_GOES: Final = frozenset({ClaimType.VISIT, ClaimType.ARRIVAL, ClaimType.DEPARTURE})
_HOSTED: Final = frozenset({ClaimType.MEETING, ClaimType.AGREEMENT})
_ON_SITE: Final = frozenset({ClaimType.DISPLAY, ClaimType.MEETING})


def lies(one: Told) -> bool:
    return bool(one.draft.spot.country or one.draft.spot.place)


def with_spot(one: Told, spot: Spot) -> Told:
    return replace(one, draft=replace(one.draft, spot=one.draft.spot.over(spot)))


def hosted(one: Told, told: list[Told]) -> Told:
    """Talks with a visitor, and what is signed with him, are in the state he visits, if that takes part."""
    if one.draft.type not in _HOSTED or lies(one) or one.stance.polarity is Polarity.NEGATED:
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
            and (visit.stance.modality == one.stance.modality or _has_come(one, visit))
            and near
            and takes_part
            and country is not None
            and (country in mine - coming or (len(names) > 1 and names <= {guest.name for guest in guests}))
            and may_be_one_time(one.when, visit.when, days=STAY)
        ):
            hosts.add(country)
    return with_spot(one, Spot(country=hosts.pop())) if len(hosts) == 1 else one


def _has_come(one: Told, visit: Told) -> bool:
    """Tell whether talks are planned with somebody who is told to have come, or is asked to."""
    planned = one.draft.type == ClaimType.MEETING and one.stance.modality is Modality.PLANNED
    return planned and visit.stance.modality in (Modality.REPORTED, Modality.REQUESTED)


def by_guest(one: Told, told: list[Told]) -> Told:
    """A state is visited by a guest, not by its own: who has just come there, or was received, is meant."""
    spot, agents = one.draft.spot, one.draft.parties("agents")
    at_home = bool(agents) and {state for party in agents for state in party.states} == {spot.country}
    if one.draft.type != ClaimType.VISIT or not at_home or spot.place or spot.facility:
        return one
    for other in sorted(told, key=lambda other: -other.draft.start):
        near = 0 <= one.draft.start - other.draft.start < SCENE
        if (
            other is one
            or not near
            or other.draft.type not in GIVES
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


def at_home(page: Page, one: Told, told: list[Told]) -> Told:
    """A facility that a government's own account places nowhere, and its own leader tours, is at home."""
    if page.home is None or one.draft.type != ClaimType.VISIT or one.draft.spot.facility is None:
        return one
    states = {state for party in one.draft.parties("agents") for state in party.states}
    abroad = {other.draft.spot.country for other in told if other.draft.type in _GOES} - {page.home, None}
    if states != {page.home} or abroad or one.draft.spot.country or one.draft.spot.place:
        return one
    return with_spot(one, Spot(country=page.home))


def at_site(one: Told, told: list[Told]) -> Told:
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
        return with_spot(one, there) if fits and may_be_one_time(one.when, other.when) else one
    return one


def in_state_of_stay(one: Told, told: list[Told]) -> Told:
    """A site or town of unknown state is in the one state in which the text has its visitor."""
    spot = one.draft.spot
    if one.draft.type not in TAKES or spot.country or not (spot.facility or spot.place):
        return one
    names = {party.name for party in one.draft.parties("agents") if party.kind == "person"}
    stays = {
        other.draft.spot.country
        for other in told
        if other.draft.type in GIVES
        and names & {party.name for party in other.draft.parties("agents")}
        and may_be_one_time(one.when, other.when, days=STAY)
    } - {None}
    known = spot.place is not None and spot.place.iri is not None  # "the Caucasus" is in no single state
    return with_spot(one, Spot(country=stays.pop())) if len(stays) == 1 and not known else one


def in_town(page: Page, one: Told, told: list[Told]) -> Told:
    """A talk told just after another event of a party of its, or as one more, is in the town of that one."""
    spot = one.draft.spot
    if one.draft.type != ClaimType.MEETING or spot.place or spot.facility:
        return one
    names = {party.name for party in one.draft.parties("agents")}
    goes_on = any(child.lower_ in _MORE for child in page.doc[one.draft.anchor].children)
    reach = _ACCOUNT if goes_on else _NEXT
    hosts = {state for party in one.draft.parties("agents") for state in party.states}
    before = [other for other in told if 0 < one.draft.start - other.draft.end < reach]
    for other in sorted(before, key=lambda other: -other.draft.start):
        there = other.draft.spot
        shared = names & {party.name for party in other.draft.parties("agents")}
        if other.draft.type not in TAKES | GIVES or there.place is None or (goes_on and not shared):
            continue
        fits = (
            there.country is not None
            and spot.country in (None, there.country)
            and (spot.country or not goes_on or there.country in hosts)
            and other.stance.modality == one.stance.modality
            and shared
            and may_be_one_time(one.when, other.when, days=1)
        )
        return with_spot(one, Spot(there.place, None, there.country)) if fits else one
    return one


def at_head(page: Page, one: Told) -> Told:
    """A readout's own event is where the line of place and date above it says."""
    if one.draft.type not in TAKES or one.stance.modality is not Modality.REPORTED:
        return one
    spot = page_place(page)
    here = one.draft.spot
    if (
        spot == NOWHERE
        or here.place
        or (here.facility and here.country)
        or here.country not in (None, spot.country)
    ):
        return one
    same_day = one.when.basis in (Basis.ISSUED_ON, Basis.PUBLICATION_DAY, Basis.SAME_EVENT)
    return with_spot(one, spot) if same_day else one
