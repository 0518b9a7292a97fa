"""Give each event the likeliest date, place, modality and items of those that it may have."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from kb.reading.chances.forest import Forest
from kb.reading.chances.slot_dates import dates
from kb.reading.chances.slot_grounds import Grounds
from kb.reading.chances.slot_item_choice import item_rows, likeliest_items
from kb.reading.chances.slot_scene import Scene, anchor_of
from kb.reading.chances.slot_spots import spots
from kb.reading.chances.slot_stance import UNSURE, says_ahead, stance_signs
from kb.reading.chances.slot_stays import lasts
from kb.reading.chances.slot_wares import Wares
from kb.reading.chances.slot_weights import SlotWeights
from kb.reading.chances.words import WEIGHED
from kb.reading.merge import Told
from kb.reading.model import Party, Spot, When
from kb.reading.scene_departures import states_left_for
from kb.reading.time_records import Basis
from kb.records import ClaimType, Modality

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Rows(Generic[Value]):
    """What one event may have in a slot, the rules' value first, each with its figures."""

    values: Sequence[Value]
    figures: Sequence[Sequence[float]]


PLACED: Final = frozenset(WEIGHED) - {ClaimType.STATEMENT}
"""Types whose place is weighed: a position is taken nowhere."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """When another value than the rules' is told: they fit well-made sentences better than any weights."""

    least: float = 0.0
    """Chance that it must have."""
    surer: float = 0.0
    """By how much it must be likelier than the rules'."""


OF_DATES: Final = Doubt(least=0.35, surer=0.05)
OF_SPOTS: Final = Doubt()
_PLAINER: Final = 0.1
"""By how much another modality must be likelier than the rules'."""


def filled(scene: Scene, fitted: SlotWeights) -> list[Told]:
    """Return a scene's events with their likeliest dates, places, modalities and items.

    Each is weighed on what the rules told of all; where two are alike likely, the rules' stands.
    """
    grounds = Grounds(scene)
    each = [date_rows(scene, one, at) for at, one in enumerate(scene.told)]
    whens = likeliest_dates(fitted, scene.told, each)
    found = [spot_rows(grounds, one, at) for at, one in enumerate(scene.told)]
    places = likeliest(fitted.spots, found, OF_SPOTS)
    wares = Wares(scene)
    things = [item_rows(wares, one, at) for at, one in enumerate(scene.told)]
    items = likeliest_items(fitted.items, scene.told, things)
    return [
        _with(one, when or one.when, spot or one.draft.spot, modality(scene, one, fitted.stance), goods)
        for one, when, spot, goods in zip(scene.told, whens, places, items, strict=True)
    ]


def date_rows(scene: Scene, one: Told, at: int) -> Rows[When]:
    """Return the dates that an event may have; none for one that keeps the rules'.

    That is a type which is not weighed, what is counted from another event ("a day after"): too few texts of
    the fit say so; and what another mention of the event says, which stands elsewhere, unless this one tells
    how long a visit lasts. ``at``: its place among the events of the scene, -1 for one that is not there.
    """
    elsewhere = one.when.basis == Basis.SAME_EVENT and not (
        one.draft.type == ClaimType.VISIT and lasts(scene.page.doc[one.draft.trigger])
    )
    counted = one.when.basis == Basis.RELATIVE_TO_EVENT
    keeps = one.draft.type not in WEIGHED or counted or elsewhere
    return _rows(() if keeps else dates(scene, one, at))


def spot_rows(grounds: Grounds, one: Told, at: int) -> Rows[Spot]:
    """Return the places that an event may have; none for a type that is not weighed. ``at``: as above.

    For where one leaves is not what one leaves, unless the rules say so.
    """
    if one.draft.type not in PLACED:
        return _rows(())
    goals = states_left_for(grounds.scene.page, one) - {one.draft.spot.country or ""}
    return _rows((spot, row) for spot, row in spots(grounds, one, at) if (spot.country or "") not in goals)


def modality(scene: Scene, one: Told, stance: Mapping[str, Mapping[str, float]]) -> Modality:
    """Return the likeliest modality of an event; positions and what is not weighed keep the rules'."""
    if one.draft.spoken or one.draft.type not in PLACED:
        return one.stance.modality
    signs, rules = stance_signs(scene, one), one.stance.modality
    ahead = rules is not Modality.REPORTED and says_ahead(scene.page.doc[anchor_of(one)])
    return likeliest_modality(stance, signs, rules, happened=not ahead)


def likeliest_modality(
    stance: Mapping[str, Mapping[str, float]],
    signs: Sequence[str],
    rules: Modality,
    *,
    happened: bool = True,
) -> Modality:
    """Return the modality for which most signs speak, the rules' where no other is clearly likelier.

    ``happened``: False where it can not be reported.
    """
    shares = {name: _share(stance[name.value], signs) for name in UNSURE}
    if happened:
        shares[Modality.REPORTED] = 1 - sum(shares.values())
    first = max(shares, key=lambda name: shares[name])
    return first if shares[first] - shares[rules] > _PLAINER else rules


def _share(table: Mapping[str, float], signs: Iterable[str]) -> float:
    total = sum([table.get(sign, 0.0) for sign in signs], table.get("", 0.0))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _rows(found: Iterable[tuple[Value, list[float]]]) -> Rows[Value]:
    held = list(found)
    return Rows([value for value, _ in held], [figures for _, figures in held])


def likeliest(trees: Forest, events: Sequence[Rows[Value]], doubt: Doubt) -> list[Value | None]:
    """Return the likeliest value of each event, None for one that may have none; the first where in doubt."""
    asked = [figures for rows in events if len(rows.values) > 1 for figures in rows.figures]
    shares = trees.chances(asked).tolist() if asked else []
    best: list[Value | None] = []
    begun = 0
    for rows in events:
        count = len(rows.values)
        if count < 2:
            best.append(rows.values[0] if count else None)
            continue
        own = shares[begun : begun + count]
        first = own.index(max(own))
        told = own[first] >= doubt.least and own[first] - own[0] >= doubt.surer
        best.append(rows.values[first if told else 0])
        begun += count
    return best


def likeliest_dates(
    fitted: SlotWeights, told: Sequence[Told], each: Sequence[Rows[When]]
) -> list[When | None]:
    """Return the likeliest date of each event; positions have trees of their own."""
    whens: list[When | None] = [None] * len(told)
    for trees, spoken in ((fitted.dates, False), (fitted.said, True)):
        places = [at for at, one in enumerate(told) if (one.draft.type == ClaimType.STATEMENT) is spoken]
        found = likeliest(trees, [each[at] for at in places], OF_DATES)
        for at, when in zip(places, found, strict=True):
            whens[at] = when
    return whens


def _with(one: Told, when: When, spot: Spot, sure: Modality, items: tuple[Party, ...]) -> Told:
    if when.edtf is None and one.when.edtf is None:
        when = one.when
    rules = one.draft.spot
    if spot != rules and rules.place is None and rules.country in (None, spot.country) and spot.country:
        spot = replace(spot, facility=rules.facility)  # the town of a facility that stood without one
    draft = one.draft if spot == rules else replace(one.draft, spot=spot)
    if items != draft.parties("items"):
        draft = replace(draft, roles={**draft.roles, "items": items})
    return replace(one, draft=draft, when=when, stance=replace(one.stance, modality=sure))
