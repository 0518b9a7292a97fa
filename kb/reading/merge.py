"""One event told twice is one claim: keep the fullest mention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from kb.edtf_bounds import bounds
from kb.reading.model import NOWHERE, Draft, Spot, Stance, When
from kb.records import ClaimType, Modality

_REPEATED = frozenset(
    {
        ClaimType.VISIT,
        ClaimType.MEETING,
        ClaimType.CALL,
        ClaimType.ARRIVAL,
        ClaimType.DEPARTURE,
        ClaimType.SANCTION,
        ClaimType.TRANSFER,
        ClaimType.DEPLOYMENT,
        ClaimType.EXERCISE,
        ClaimType.PRODUCTION,
    }
)

_PERHAPS_CALLS: Final = frozenset(
    {"meeting/meet-verb", "meeting/talks-noun", "meeting/talks-took-place", "meeting/said-at-talks"}
)
"""Rules whose words ("conferred", "their conversation") may speak of a call that the text has told."""
_WELCOMES: Final = frozenset({"arrival/welcomed-at", "arrival/met-at", "arrival/met-upon-arrival"})
_HOSTING: Final = frozenset({"meeting/host-verb"})
"""Rules whose words say less of a talk than those that tell of the talk itself."""
_TALKS: Final = frozenset({ClaimType.MEETING, ClaimType.CALL})
_CLEARLY: Final = 0.15
"""By how much a mention must be likelier than another to be kept though it tells less."""
_WELCOME: Final = 400
"""Characters after an arrival in which a welcome is still of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A draft with its stance and its time: all but a claim."""

    draft: Draft
    stance: Stance
    when: When

    @property
    def fullness(self) -> float:
        """Return how much a mention tells; names in full and dates weigh more."""
        spot = self.draft.spot
        filled = [
            spot.place,
            spot.facility,
            spot.country,
            self.stance.speaker,
            *self.draft.parties("companions"),
            *self.draft.parties("counterparts"),
            *self.draft.parties("items"),
        ]
        agents = self.draft.parties("agents")
        named = sum(
            min(p.end - p.start, 24)
            for p in agents
            if not p.rule.startswith(("pair", "pronoun", "title", "modifier"))
        )
        return (
            2 * sum(value is not None for value in filled)
            + named / 6
            + 2 * bool(self.when.edtf and self.when.phrase)
        )


def merged(
    told: list[Told], headline_end: int, chances: Mapping[tuple[int, str], float] | None = None
) -> list[Told]:
    """Return each event once, in the order of the text.

    ``chances``: of the mentions, by trigger and type; one that is clearly likelier is kept, else the fullest.
    """
    kept: list[Told] = []
    for one in told:
        place = next((i for i, other in enumerate(kept) if _same(one, other) or _same_talk(one, other)), None)
        if place is None:
            kept.append(one)
        else:
            kept[place] = _fuller(kept[place], one, headline_end, chances or {})
    return sorted(kept, key=lambda one: (one.draft.start, one.draft.end, one.draft.type))


def _same(one: Told, other: Told) -> bool:
    a, b = one.draft, other.draft
    if a.type != b.type:
        return False
    if a.trigger == b.trigger and (a.type != ClaimType.TRANSFER or a.rule == b.rule):
        return _spots_agree(a.spot, b.spot, loosely=True) or a.rule != b.rule
    if a.type == ClaimType.STATEMENT:
        return _covers(a, b) and names_in(a, "agents") == names_in(b, "agents")
    if (
        a.type == ClaimType.VISIT
        and NOWHERE in (a.spot, b.spot)
        and names_in(a, "agents") == names_in(b, "agents")
        and (one.stance.modality == other.stance.modality or _spoken_of(one, other))
    ):
        return _times_agree(one.when, other.when)
    if a.type not in _REPEATED or one.stance.modality != other.stance.modality:
        return False
    if not _same_agents(a, b) or one.stance.polarity != other.stance.polarity:
        return False
    if a.type in (ClaimType.TRANSFER, ClaimType.SANCTION, ClaimType.DEPLOYMENT, ClaimType.PRODUCTION):
        others = names_in(a, "counterparts") == names_in(b, "counterparts")
        return others and _items_agree(a, b) and _times_agree(one.when, other.when)
    if a.type == ClaimType.ARRIVAL and _one_arrival(a, b):
        return _times_agree(one.when, other.when)
    talks = a.type in (ClaimType.MEETING, ClaimType.CALL)
    return _spots_agree(a.spot, b.spot, loosely=talks) and _times_agree(one.when, other.when)


def _spoken_of(one: Told, other: Told) -> bool:
    """Tell whether the later mention asks nothing but only speaks of the visit told: "praised X's visit"."""
    later = max((one, other), key=lambda told: told.draft.start)
    return later.draft.spot == NOWHERE and later.stance.modality is Modality.REQUESTED


def _one_arrival(a: Draft, b: Draft) -> bool:
    """Tell whether one mention is the welcome at the end of the journey that the other tells just before."""
    first, second = sorted((a, b), key=lambda draft: draft.start)
    welcome = second.rule in _WELCOMES and second.start - first.end < _WELCOME
    return welcome and _spots_agree(a.spot, b.spot, loosely=True)


def _pointed(one: Told) -> bool:
    """Tell whether a mention only points back to its parties: "they", "the two leaders", "the talks"."""
    return any(party.rule.startswith(("pair", "pronoun")) for party in one.draft.parties("agents"))


def _same_talk(one: Told, other: Told) -> bool:
    """What "the two leaders discussed" was said on the telephone where the text tells of a call of theirs."""
    if {one.draft.type, other.draft.type} != {ClaimType.CALL, ClaimType.MEETING}:
        return False
    meeting, call = (one, other) if one.draft.type == ClaimType.MEETING else (other, one)
    if meeting.draft.rule != "meeting/discuss-verb":
        vague = meeting.draft.rule in _PERHAPS_CALLS and meeting.draft.spot == NOWHERE
        if not vague or meeting.stance != call.stance or not _times_agree(meeting.when, call.when):
            return False
    return names_in(one.draft, "agents") == names_in(other.draft, "agents")


def _same_agents(a: Draft, b: Draft) -> bool:
    """The same names; or, of talks, the states whose leaders the other mention names."""
    if names_in(a, "agents") == names_in(b, "agents"):
        return True
    kinds = [{party.kind for party in draft.parties("agents")} for draft in (a, b)]
    states = [frozenset(s for party in draft.parties("agents") for s in party.states) for draft in (a, b)]
    return (
        a.type == ClaimType.MEETING and {"state"} in kinds and {"person"} in kinds and states[0] == states[1]
    )


def _items_agree(a: Draft, b: Draft) -> bool:
    """The same items, told more fully by one: "peacekeepers", then "120 Zemblan peacekeepers"."""
    fewer, more = sorted((names_in(a, "items"), names_in(b, "items")), key=len)
    if fewer == more or not fewer:
        return fewer == more
    either = [(fewer, more), (more, fewer)] if len(fewer) == len(more) else [(fewer, more)]
    return all(any(_one_item(x, y) for y in others) for each, others in either for x in each)


def _one_item(one: str, other: str) -> bool:
    words, others = one.lower().split(), other.lower().split()
    numbers = ({word for word in each if word[0].isdigit()} for each in (words, others))
    return words[-1] == others[-1] and (words == others or not all(numbers))


def _covers(a: Draft, b: Draft) -> bool:
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


def names_in(draft: Draft, role: str) -> frozenset[str]:
    return frozenset(party.name for party in draft.parties(role))


def _spots_agree(a: Spot, b: Spot, *, loosely: bool) -> bool:
    """The same place; loosely, a mention that tells less agrees: else a country is not each town in it."""
    if a.country and b.country and a.country != b.country:
        return False
    for one, other in ((a.facility, b.facility), (a.place, b.place)):
        if one is not None and other is not None:
            short, long = sorted((one.name.lower(), other.name.lower()), key=len)
            return short == long or (" " not in short and long.endswith(f" {short}"))
    return loosely or not (a.facility or a.place or b.facility or b.place)


def _times_agree(a: When, b: When) -> bool:
    if a.edtf is None or b.edtf is None or a.edtf == b.edtf:
        return True
    return "issued-on" in (a.basis, b.basis) and _within_a_month(a.edtf, b.edtf)


def _within_a_month(one: str, other: str) -> bool:
    """Tell whether two dates lie so near that the day of issue may stand for the other."""
    mine, theirs = bounds(one), bounds(other)
    if None in (mine.earliest, mine.latest, theirs.earliest, theirs.latest):
        return True
    month = timedelta(days=31)
    return mine.earliest <= theirs.latest + month and theirs.earliest <= mine.latest + month  # type: ignore[operator]


def _fuller(one: Told, other: Told, headline_end: int, chances: Mapping[tuple[int, str], float]) -> Told:
    """Keep the clearly likelier mention, else the fuller, at a tie the first outside the headline.

    Of a visit that is kept which alone names the site: its words are the evidence for that. What only the
    other tells is taken from it.
    """
    first, second = (one, other) if one.draft.start <= other.draft.start else (other, one)
    in_headline = first.draft.end <= headline_end
    better, worse = (second, first) if second.fullness + in_headline > first.fullness else (first, second)
    if second.draft.rule in _WELCOMES and first.draft.rule not in _WELCOMES:
        better, worse = first, second
    if better.draft.rule in _HOSTING and worse.draft.rule not in _HOSTING:
        better, worse = worse, better
    if better.draft.type in _TALKS and _pointed(better) and not _pointed(worse):
        better, worse = worse, better
    if one.draft.type != other.draft.type:
        better, worse = (one, other) if one.draft.type == ClaimType.CALL else (other, one)
    if (
        {p.kind for p in better.draft.parties("agents")}
        == {"state"}
        != {p.kind for p in worse.draft.parties("agents")}
    ):
        better, worse = worse, better
    lead = _chance(worse, chances) - _chance(better, chances)
    if one.draft.type == other.draft.type and lead > _CLEARLY:
        better, worse = worse, better
    if better.draft.type == ClaimType.VISIT and _site(worse) and not _site(better):
        better, worse = worse, better
    spot = better.draft.spot.over(worse.draft.spot)
    roles = {**worse.draft.roles, **{name: filled for name, filled in better.draft.roles.items() if filled}}
    when = better.when
    if worse.when.edtf is not None and (
        when.edtf is None or (when.basis == "issued-on" and worse.when.basis != "issued-on")
    ):
        when = replace(
            worse.when, basis=worse.when.basis if worse.when.basis == "issued-on" else "same-event"
        )
    return Told(replace(better.draft, spot=spot, roles=roles), better.stance, when)


def _site(one: Told) -> bool:
    return one.draft.spot.facility is not None


def _chance(one: Told, chances: Mapping[tuple[int, str], float]) -> float:
    return chances.get((one.draft.trigger, one.draft.type), 0.0)
