"""Tell a visit once: the stay in a state and that in its town are one, and so are a trip and its leg."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kb.edtf_bounds import bounds
from kb.reading.chances.slot_stays import LONGEST
from kb.reading.merge import Told, names_in
from kb.records import ClaimType

Chances = Mapping[tuple[int, str], float]
"""By trigger and type."""


def visits_once(told: Sequence[Told], chances: Chances) -> list[Told]:
    """Return the events, of two visits to a state and to a town in it that may be one only the likelier.

    It has the town, and all days of the stay. To be done when dates and places are settled: only those with
    days are compared, the longest stays first.
    """
    kept: list[Told] = []
    for one in sorted(told, key=_lasts, reverse=True):
        place = next((at for at, other in enumerate(kept) if _may_be_one(one, other)), None)
        if place is None:
            kept.append(one)
        else:
            kept[place] = _likelier(kept[place], one, chances)
    return sorted(kept, key=lambda one: (one.draft.start, one.draft.end, one.draft.type))


def _may_be_one(one: Told, other: Told) -> bool:
    a, b = one.draft, other.draft
    if {a.type, b.type} != {ClaimType.VISIT} or names_in(a, "agents") != names_in(b, "agents"):
        return False
    if _said(one) != _said(other):
        return False
    apart = a.spot.country is None or a.spot.country != b.spot.country or a.spot.facility or b.spot.facility
    towns = {spot.place.name for spot in (a.spot, b.spot) if spot.place is not None}
    return not apart and len(towns) < 2 and _at_one_time(one, other)


def _said(one: Told) -> tuple[str | None, ...]:
    """Return how sure a visit is told, and by whom: another speaker is a witness more."""
    stance = one.stance
    voices = [party.name if party is not None else None for party in (stance.speaker, stance.via)]
    return (stance.modality, stance.polarity, *voices)


def _at_one_time(one: Told, other: Told) -> bool:
    """Tell whether both have days, and some in common; in one month there may be two visits."""
    (begins, ends), (other_begins, other_ends) = _days(one), _days(other)
    return begins <= other_ends and other_begins <= ends


def _days(one: Told) -> tuple[date, date]:
    """Return the first and last day of a visit; a time that is none where it has no days."""
    known = bounds(one.when.edtf) if one.when.edtf else None
    if known is None or known.earliest is None or known.latest is None:
        return date.max, date.min
    lasts = (known.latest - known.earliest).days
    return (known.earliest, known.latest) if lasts < LONGEST else (date.max, date.min)


def _lasts(one: Told) -> int:
    begins, ends = _days(one)
    return (ends - begins).days


def _likelier(one: Told, other: Told, chances: Chances) -> Told:
    first, second = (chances.get((each.draft.trigger, each.draft.type), 0.0) for each in (one, other))
    better, worse = (other, one) if second > first else (one, other)
    longer = max(better, worse, key=_lasts).when
    spot = better.draft.spot.over(worse.draft.spot)
    return replace(better, when=longer, draft=replace(better.draft, spot=spot))
