"""The words beside a trigger that may stand for who takes part, for the place and for the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kb.evaluation.names import Names
from kb.reading.accounts import Account
from kb.reading.chances.event_signs import Look
from kb.reading.chances.slot_grounds import Grounds
from kb.reading.chances.slot_scene import Timed
from kb.reading.model import Spot
from kb.records import Claim, Ref

UNASKED: Final = -1
PLACES: Final = (-2, 1, 1)
TIMES: Final = (-3, 2, 2)
"""Sentences before and after a trigger, and the last of those the text begins with, whose words are asked."""

Seat = tuple[int, tuple[int, int, int, int]]
"""Offset of a word; whether it is right for each role, or UNASKED."""


class Beside:
    """Gathers the words of one text."""

    def __init__(self, account: Account, names: Names) -> None:
        """Take a text as it was read, and what says which names are the same."""
        self._names = names
        self._page = account.referents.page
        self._scene = account.scene(account.telling.told)
        self._named = Grounds(self._scene).named

    def of(self, seen: Look, claims: Sequence[Claim]) -> list[Seat]:
        """Return the words beside a trigger that tells these claims of gold."""
        here = self._scene.sentence[seen.token.sent.start]
        found = list(self._parties(seen, claims))
        for name in self._named:
            if self._is_near(name.start, name.sentence, here, PLACES):
                right = any(self._is_place(claim, name.spot) for claim in claims)
                found.append((name.root.idx, (UNASKED, UNASKED, right, UNASKED)))
        for time in self._scene.times:
            if self._is_near(time.mention.start, time.sentence, here, TIMES):
                right = any(claim.edtf in self._readings(time) for claim in claims)
                found.append((time.root.idx, (UNASKED, UNASKED, UNASKED, right)))
        return found

    def _parties(self, seen: Look, claims: Sequence[Claim]) -> Iterator[Seat]:
        for one in seen.near:
            if one.word is not None:
                acts, other = (
                    any(self._names.same(one.party.name, ref.name) for claim in claims for ref in side(claim))
                    for side in (_agents, _counterparts)
                )
                yield one.word.idx, (acts, other, UNASKED, UNASKED)

    def _is_near(self, start: int, sentence: int, here: int, reach: tuple[int, int, int]) -> bool:
        back, on, lead = reach
        return back <= sentence - here <= on or start < self._page.headline_end or sentence <= lead

    def _is_place(self, claim: Claim, spot: Spot) -> bool:
        named = [place for place in (claim.place, claim.facility) if place is not None]
        if spot.place is not None:
            return any(self._names.same_spot(place.name, spot.place.name) for place in named)
        return not named and claim.country is not None and spot.country == claim.country

    def _readings(self, time: Timed) -> set[str]:
        read = [self._scene.reading(time.mention, tense) for tense in ("past", "future")]
        return {edtf for one in read for edtf in (one.edtf, one.span) if edtf}


def _agents(claim: Claim) -> Sequence[Ref]:
    return claim.agents


def _counterparts(claim: Claim) -> Sequence[Ref]:
    return claim.counterparts
