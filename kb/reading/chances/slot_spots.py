"""The places that an event may have, each with its figures: of names near by, of other events, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.slot_grounds import Grounds, Key, Named, key_of
from kb.reading.chances.slot_scene import UNREAD, modality_of, names_of, overlap, steps, tag, type_of
from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.scene_views import sides_of

_LINKS: Final = ("", "in", "at", "to", "from", "of", "near", "for", "on", "with", "by", "between", "poss",
                 "nsubj", "compound", "amod", "appos", "conj")  # fmt: skip
_BACK, _ON, _LEAD = 2, 1, 1
"""Sentences before and after an event, and at the beginning of the text, in whose places it may be."""
_GOING: Final = frozenset({"Visit", "Arrival"})
_NEVER, _FAR, _LATE = 9999, 99, 12


@dataclass(slots=True)
class Placed:
    """A place that an event may have, and what speaks for it."""

    spot: Spot
    rule: int = 0
    names: int = 0
    off: int = 9
    words: int = _FAR
    side: int = 0
    up: int = 9
    down: int = 9
    link: int = -1
    inside: int = 0
    title: int = 0
    lead: int = 0
    national: int = 0
    events: int = 0
    event_far: int = _NEVER
    persons: int = 0
    event_type: int = -1
    alike: int = 0
    shared: float = 0.0
    event_here: int = 0
    event_time: int = 0
    head: int = 0
    """1 for the place of the line above a readout."""
    agent: int = 0
    counterpart: int = 0
    home: int = 0
    wide: int = 0
    """1 for the state of a town that is named nearest."""
    unlisted: int = 0
    read: float = UNREAD
    """The network's log-odds of the name that it takes for the place most."""


_FIGURES: Final = attrgetter(*[name for name in Placed.__slots__ if name != "spot"])


def spots(grounds: Grounds, one: Told, at: int) -> list[tuple[Spot, list[float]]]:
    """Return the places that an event may have, the rules' first, each with its figures.

    All but the rules' is without a facility. ``at``: as for dates.
    """
    found = _Spots(grounds, one).all(at)
    agents = {state for party in one.draft.parties("agents") for state in party.states}
    others = {state for party in one.draft.parties("counterparts") for state in party.states}
    home, common = grounds.scene.page.home, _common(grounds, one, found)
    rows = []
    for (place, country), held in found.items():
        if _goes_home(one, agents, country):
            continue
        rows.append((held.spot, [
            *common, place is None and country is None, place is not None, country is not None,
            country in agents, country in others, country == home if home is not None else -1,
            grounds.counts[place, country], grounds.states[country], *_FIGURES(held),
        ]))  # fmt: skip
    return rows


def _goes_home(one: Told, agents: Set[str], country: str | None) -> bool:
    """Tell whether one would visit the own state though the rules read of another: whence the text comes."""
    told = one.draft.spot.country
    return one.draft.type in _GOING and told is not None and told not in agents and country in agents


class _Spots:
    """Gathers the places that one event may have."""

    def __init__(self, grounds: Grounds, one: Told) -> None:
        self._grounds, self._one, self._page = grounds, one, grounds.scene.page
        self._token = self._page.doc[one.draft.trigger]
        self._found: dict[Key, Placed] = {}

    def all(self, at: int) -> dict[Key, Placed]:
        """Return what speaks for each place."""
        rules = self._one.draft.spot
        self._of(rules).rule = 1
        self._of(NOWHERE)
        if rules.place is not None and rules.country is not None:
            self._of(Spot(country=rules.country)).wide = 1
        if self._grounds.head != NOWHERE:
            self._of(self._grounds.head).head = 1
        self._told_near()
        self._of_parties()
        self._of_others(at)
        return self._found

    def _of(self, spot: Spot) -> Placed:
        held = self._found.get(key_of(spot))
        if held is None:
            held = self._found[key_of(spot)] = Placed(spot)
        return held

    def _told_near(self) -> None:
        scene = self._grounds.scene
        here = scene.sentence[self._token.sent.start]
        near = [name for name in self._grounds.named if self._is_near(name, here)]
        odds = scene.read_as("place", self._one, [name.root for name in near])
        for name, read in zip(near, odds, strict=True):
            off, title = name.sentence - here, name.start < self._page.headline_end
            spot = name.spot
            held = self._of(spot)
            held.read = max(held.read, read)
            self._near(held, name, off, title, wide=0)
            if off == 0 and spot.place is not None and spot.country is not None:
                self._near(self._of(Spot(country=spot.country)), name, off, title, wide=1)

    def _is_near(self, name: Named, here: int) -> bool:
        off, title = name.sentence - here, name.start < self._page.headline_end
        return not self._is_goal(name.root) and (-_BACK <= off <= _ON or title or name.sentence <= _LEAD)

    def _is_goal(self, root: Token) -> bool:
        """Tell whether one leaves for a place: one does not leave that."""
        leaves = self._one.draft.type == "Departure" and root.head.head == self._token
        return leaves and root.head.lower_ in ("for", "to")

    def _near(self, held: Placed, name: Named, off: int, title: bool, *, wide: int) -> None:
        held.names += 1
        held.title |= title
        held.lead |= name.sentence <= _LEAD
        words = abs(name.root.i - self._token.i)
        before = held.wide if not wide else 0
        if held.off != 9 and (abs(off), before, words) >= (abs(held.off), wide, held.words):
            return
        held.off, held.words, held.side = off, min(words, _FAR), 1 if name.root.i > self._token.i else -1
        held.link, held.national, held.wide = _link(name.root), int(name.national), wide
        held.unlisted = int(name.unlisted)
        if off == 0:
            held.up, held.down = steps(self._token, name.root)
            held.inside = int(self._token.is_ancestor(name.root))

    def _of_parties(self) -> None:
        for party in self._one.draft.parties("agents"):
            for state in party.states:
                self._of(Spot(country=state)).agent = 1 + (party.kind == "person")
        for party in self._one.draft.parties("counterparts"):
            for state in party.states:
                self._of(Spot(country=state)).counterpart = 1 + (party.kind == "person")
        if self._page.home is not None:
            self._of(Spot(country=self._page.home)).home = 1

    def _of_others(self, at: int) -> None:
        one, mine = self._one, self._grounds.scene.seen(self._one)
        for place, other in self._grounds.scene.placed:
            if place == at:
                continue
            theirs, when = other.one.draft, other.one.when.edtf
            shared, joint = overlap(mine.names, other.names), not mine.persons.isdisjoint(other.persons)
            far = one.draft.start - theirs.start
            for spot in _widened(theirs.spot):
                held = self._of(spot)
                held.events += 1
                held.persons += joint
                held.alike += theirs.type == one.draft.type
                held.shared = max(held.shared, shared)
                if abs(far) < abs(held.event_far):
                    held.event_far, held.event_type = far, other.type
                    held.event_here = int(other.sentence == mine.sentence)
                    both = one.when.edtf is not None and when is not None
                    held.event_time = 0 if not both else 1 if one.when.edtf == when else -1


def _widened(spot: Spot) -> Iterator[Spot]:
    """Yield a place without its facility, and the state of a town."""
    yield Spot(spot.place, None, spot.country)
    if spot.place is not None and spot.country is not None:
        yield Spot(country=spot.country)


def _link(root: Token) -> int:
    word = root.head.lower_ if root.dep_ == "pobj" else root.dep_
    return _LINKS.index(word) if word in _LINKS else len(_LINKS)


def _common(grounds: Grounds, one: Told, found: dict[Key, Placed]) -> Sequence[float]:
    """Return the figures that do not differ between the places of an event."""
    page, draft, scene = grounds.scene.page, one.draft, grounds.scene
    token, spot = page.doc[draft.trigger], draft.spot
    return [
        type_of(one), modality_of(one), tag(token), draft.start < page.headline_end, page.home is not None,
        min(scene.sentence[token.sent.start], _LATE), spot.place is None, spot.country is None,
        spot.facility is None, len(sides_of(one)), len(found),
        len({place for place, _ in found if place is not None}),
        draft.rule.endswith("/weighed"), bool(names_of(one)), grounds.head != NOWHERE,
        one.when.edtf is not None,
    ]  # fmt: skip
