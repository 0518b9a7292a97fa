"""Who may make up an event's agents together: groups of the parties near it, each with its figures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from kb.reading.chances.near import Near
from kb.reading.chances.words import SYMMETRIC, WEIGHED
from kb.reading.model import Party

_TALKS: Final = frozenset({"Meeting", "Call"})
_SHARES: Final = (0.2, 0.35, 0.5, 0.7)
RECENT: Final = 10
_LARGEST: Final = 7
_MOST: Final = 5
"""Groups that are looked at closely, beside that of the frames."""
_LEAST: Final = 1e-4
_KIND_SHARE: Final = 0.15
_RIVAL: Final = 0.3
_MOST_ODDS: Final = 9.3
_POINTING: Final = ("pronoun", "pair")
NO_STEP: Final = -10
"""Stands for the step of the network's log-odds where it was not asked: no word stands for a party."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A party near a trigger with its chance to be an agent, and what the figures need of it."""

    near: Near
    chance: float
    counterpart: float
    """Its chance to be on the other side, 0 where the type has none."""
    distance: int
    words: int
    same_sentence: bool
    is_subject: bool
    is_object: bool
    named: int
    home: bool
    opening: str
    """Where the text first names it: title, lead, later."""
    rank: int
    """Its place among those of its kind by how often the text names them."""
    acting: int = NO_STEP
    """Step of the network's log-odds that it acts."""
    opposite: int = NO_STEP
    """That it is the other side."""
    odds: float = field(init=False)
    """Log-odds of its chance."""
    absent: float = field(init=False)
    """Log of the chance that it takes no part."""
    party: Party = field(init=False)
    name: str = field(init=False)
    kind: str = field(init=False)
    """The party's."""

    def __post_init__(self) -> None:
        """Work out what every cast needs."""
        party = self.near.party
        object.__setattr__(self, "party", party)
        object.__setattr__(self, "name", party.name)
        object.__setattr__(self, "kind", party.kind)
        chance = min(max(self.chance, _LEAST), 1 - _LEAST)
        object.__setattr__(self, "odds", math.log(chance / (1 - chance)))
        object.__setattr__(self, "absent", math.log(1 - chance))


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all casts of a trigger."""

    type: str
    chance: float
    """That the trigger tells an event of the type."""
    sure: float
    """The gate's confidence in what the frames told, 0 where they told nothing."""
    framed: frozenset[str]
    """The agents that the frames found, by name."""
    earlier: Sequence[frozenset[str]]
    """The likeliest agents of the last likely events before it, at most RECENT."""
    verbal: bool
    passive: bool
    owned: bool
    """True where the trigger has a possessive."""
    others: tuple[Party, ...] = ()
    """The other side that a frame found."""
    told: int = 0
    """Step of the network's log-odds that the trigger tells an event of the type."""


def casts(candidates: Sequence[Candidate], setting: Setting) -> list[tuple[Candidate, ...]]:
    """Return the groups that may be an event's agents, each once."""
    pairs = 4 if setting.type in SYMMETRIC else 3
    best = sorted(candidates, key=lambda one: -one.chance)[:5]
    groups: list[Sequence[Candidate]] = [[one] for one in best[:3]]
    groups += [list(pair) for pair in combinations(best[:pairs], 2)]
    groups += [[one for one in candidates if one.chance >= share] for share in _SHARES]
    groups.append([one for one in candidates if one.name in setting.framed])
    groups.append(best[:3] if len(best) > 2 else [])
    for kind in ("person", "state"):
        groups.append([one for one in best if one.kind == kind and one.chance > _KIND_SHARE])
    found = {frozenset([one.name for one in group]): tuple(group) for group in reversed(groups)}
    fit = [group for names, group in found.items() if 0 < len(names) <= _LARGEST]
    if setting.type in _TALKS and any(len(group) > 1 for group in fit):
        fit = [group for group in fit if len(group) > 1]  # nobody meets alone
    likeliest = sorted(fit, key=lambda group: -sum([one.odds for one in group]))[:_MOST]
    rest = [group for group in fit if frozenset([one.name for one in group]) == setting.framed]
    return [*likeliest, *(group for group in rest if group not in likeliest)]


def figures(cast: Sequence[Candidate], candidates: Sequence[Candidate], setting: Setting) -> list[float]:
    """Return a cast's figures, in the order that the trees know."""
    names = frozenset([one.name for one in cast])
    odds, acting = [one.odds for one in cast], [one.acting for one in cast]
    size = len(cast)
    kinds = {"person": 0, "state": 0, "organisation": 0, "group": 0}
    states: list[str] = []
    here = elsewhere = unlisted = surnames = homes = titled = later = pointing = 0
    counterpart = 0.0
    subject = object_ = False
    for one in cast:  # one walk, because thousands of casts are weighed in a text
        kind, party = one.kind, one.party
        kinds[kind] = kinds.get(kind, 0) + 1
        states += party.states
        here += one.same_sentence
        elsewhere += one.near.word is None
        unlisted += party.iri is None
        surnames += kind == "person" and " " not in one.name
        homes += one.home
        titled += one.opening == "title"
        later += one.opening == "later"
        pointing += party.rule.startswith(_POINTING)
        counterpart += one.counterpart
        subject, object_ = subject or one.is_subject, object_ or one.is_object
    own, total = len(set(states)), sum(odds)
    return [
        total, min(odds), total / size, size,
        kinds["person"], kinds["state"], kinds["organisation"], kinds["group"],
        own, len(states) - own,
        names == setting.framed, bool(setting.framed), setting.sure,
        here / size, elsewhere,
        max([one.distance for one in cast]), max([one.words for one in cast]),
        subject, object_,
        setting.type in SYMMETRIC,
        names in setting.earlier, any(not names.isdisjoint(other) for other in setting.earlier),
        unlisted, min([one.named for one in cast]), surnames,
        WEIGHED.index(setting.type),
        homes > 0, setting.chance, 0 < homes < size,
        titled / size, later / size, max([one.rank for one in cast]),
        setting.earlier.count(names), pointing,
        setting.verbal, setting.passive, setting.owned, counterpart,
        setting.told, sum(acting) / size, min(acting),
        *_of_others(names, kinds, candidates),
    ]  # fmt: skip


def _of_others(
    names: frozenset[str], kinds: Mapping[str, int], candidates: Sequence[Candidate]
) -> list[float]:
    """Return the figures of those who are left out, and of all together."""
    silence, likeliest, counterpart, acting = 0.0, -_MOST_ODDS, 0.0, NO_STEP
    subject = object_ = False
    rivals = persons = states = titled = 0
    for one in candidates:
        kind = one.kind
        persons += one.same_sentence and kind == "person"
        states += one.same_sentence and kind == "state"
        silence += one.absent
        if one.name in names:
            continue
        likeliest, counterpart = max(likeliest, one.odds), max(counterpart, one.counterpart)
        acting = max(acting, one.acting)
        subject, object_ = subject or one.is_subject, object_ or one.is_object
        rivals += kinds.get(kind, 0) > 0 and one.chance > _RIVAL
        titled += kinds.get(kind, 0) > 0 and one.opening == "title"
    return [silence, likeliest, counterpart, subject, object_, rivals, titled, persons, states,
            min(len(candidates), 15), acting]  # fmt: skip
