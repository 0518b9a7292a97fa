"""What else a text tells of a type and of the same agents: it may dwell on one event at several words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_FAR: Final = 400
"""Words beyond which distance means nothing."""


@dataclass(frozen=True, slots=True)
class Likeliest:
    """A trigger as an event of a type, with its likeliest agents."""

    token: int
    sentence: int
    type: str
    names: frozenset[str]
    share: float
    """A first guess of the chance that it and its agents are right."""


def repeats(found: Sequence[Likeliest]) -> list[list[float]]:
    """Return the figures of each event of a text among the others, in their order."""
    by_type: defaultdict[str, list[Likeliest]] = defaultdict(list)
    by_names: defaultdict[frozenset[str], list[Likeliest]] = defaultdict(list)
    for one in found:
        by_type[one.type].append(one)
        by_names[one.names].append(one)
    return [_of(one, by_type[one.type], by_names[one.names]) for one in found]


def _of(one: Likeliest, alike: Sequence[Likeliest], of_same: Sequence[Likeliest]) -> list[float]:
    before: list[float] = []
    after: list[float] = []
    sentence, akin, apart = 0.0, 0.0, _FAR
    for other in alike:
        if other is one:
            continue
        if other.sentence == one.sentence:
            sentence = max(sentence, other.share)
        if other.names == one.names:
            if other.token < one.token:
                before.append(other.share)
                apart = min(apart, one.token - other.token)
            else:
                after.append(other.share)
        elif other.names < one.names or one.names < other.names:
            akin = max(akin, other.share)
    elsewhere = [other for other in of_same if other.type != one.type]
    here = [other.share for other in elsewhere if other.sentence == one.sentence]
    return [
        one.share, max(before, default=0.0), max(after, default=0.0), sum(before), sum(after), len(before),
        one.share - max(*before, *after, 0.0, 0.0), akin, one.share - sentence, apart,
        sum([other.share for other in elsewhere]), max(here, default=0.0),
    ]  # fmt: skip
