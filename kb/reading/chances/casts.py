"""Who may make up an event's agents together: groups of the parties near it, each with its figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from kb.reading.chances.near import Near
from kb.reading.chances.words import SYMMETRIC, WEIGHED
from kb.reading.model import Party

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
    odds: float = field(init=False)
    """Log-odds of its chance."""
    absent: float = field(init=False)
    """Log of the chance that it takes no part."""

    def __post_init__(self) -> None:
        """Work out what every cast needs."""
        chance = min(max(self.chance, _LEAST), 1 - _LEAST)
        object.__setattr__(self, "odds", math.log(chance / (1 - chance)))
        object.__setattr__(self, "absent", math.log(1 - chance))

    @property
    def party(self) -> Party:
        """Return the party."""
        return self.near.party


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


def casts(candidates: Sequence[Candidate], setting: Setting) -> list[tuple[Candidate, ...]]:
    """Return the groups that may be an event's agents, each once."""
    pairs = 4 if setting.type in SYMMETRIC else 3
    best = sorted(candidates, key=lambda one: -one.chance)[:5]
    groups: list[Sequence[Candidate]] = [[one] for one in best[:3]]
    groups += [list(pair) for pair in combinations(best[:pairs], 2)]
    groups += [[one for one in candidates if one.chance >= share] for share in _SHARES]
    groups.append([one for one in candidates if one.party.name in setting.framed])
    groups.append(best[:3] if len(best) > 2 else [])
    for kind in ("person", "state"):
        groups.append([one for one in best if one.party.kind == kind and one.chance > _KIND_SHARE])
    found = {frozenset(one.party.name for one in group): tuple(group) for group in reversed(groups)}
    fit = [group for names, group in found.items() if 0 < len(names) <= _LARGEST]
    likeliest = sorted(fit, key=lambda group: -sum([one.odds for one in group]))[:_MOST]
    rest = [group for group in fit if frozenset(one.party.name for one in group) == setting.framed]
    return [*likeliest, *(group for group in rest if group not in likeliest)]


def figures(cast: Sequence[Candidate], candidates: Sequence[Candidate], setting: Setting) -> list[float]:
    """Return a cast's figures, in the order that the trees know."""
    names = frozenset([one.party.name for one in cast])
    kinds = Counter([one.party.kind for one in cast])
    states = [state for one in cast for state in one.party.states]
    odds = [one.odds for one in cast]
    size = len(cast)
    return [
        sum(odds), min(odds), sum(odds) / size, size,
        kinds["person"], kinds["state"], kinds["organisation"], kinds["group"],
        len(set(states)), len(states) - len(set(states)),
        names == setting.framed, bool(setting.framed), setting.sure,
        sum([one.same_sentence for one in cast]) / size,
        sum([one.near.word is None for one in cast]),
        max([one.distance for one in cast]), max([one.words for one in cast]),
        any(one.is_subject for one in cast), any(one.is_object for one in cast),
        setting.type in SYMMETRIC,
        names in setting.earlier, any(not names.isdisjoint(other) for other in setting.earlier),
        sum([one.party.iri is None for one in cast]), min([one.named for one in cast]),
        sum([one.party.kind == "person" and " " not in one.party.name for one in cast]),
        WEIGHED.index(setting.type),
        any(one.home for one in cast), setting.chance,
        any(one.home for one in cast) and not all(one.home for one in cast),
        sum([one.opening == "title" for one in cast]) / size,
        sum([one.opening == "later" for one in cast]) / size, max([one.rank for one in cast]),
        sum([names == other for other in setting.earlier]),
        sum([one.party.rule.startswith(_POINTING) for one in cast]),
        setting.verbal, setting.passive, setting.owned,
        sum([one.counterpart for one in cast]),
        *_of_others(names, kinds, candidates),
    ]  # fmt: skip


def _of_others(
    names: frozenset[str], kinds: Mapping[str, int], candidates: Sequence[Candidate]
) -> list[float]:
    """Return the figures of those who are left out, and of all together."""
    silence, likeliest, counterpart = 0.0, -_MOST_ODDS, 0.0
    subject = object_ = False
    rivals = persons = states = titled = 0
    for one in candidates:
        kind = one.party.kind
        persons += one.same_sentence and kind == "person"
        states += one.same_sentence and kind == "state"
        silence += one.absent
        if one.party.name in names:
            continue
        likeliest, counterpart = max(likeliest, one.odds), max(counterpart, one.counterpart)
        subject, object_ = subject or one.is_subject, object_ or one.is_object
        rivals += kind in kinds and one.chance > _RIVAL
        titled += kind in kinds and one.opening == "title"
    return [silence, likeliest, counterpart, subject, object_, rivals, titled, persons, states,
            min(len(candidates), 15)]  # fmt: skip
