"""A claim as the gate sees it: the draft with its stance and time, and what its page tells beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from spacy.tokens import Token

from kb.reading.merge import Told
from kb.reading.model import Party
from kb.reading.page import Page
from kb.reading.tree import sentence_bounds
from kb.records import ClaimType

_JOINT: Final = frozenset({ClaimType.MEETING, ClaimType.CALL, ClaimType.AGREEMENT, ClaimType.EXERCISE})
"""Types in which two sides or more deal, all as agents."""


@dataclass(frozen=True)
class Around:
    """What stands round a claim: its page, and all that the page tells."""

    page: Page
    told: Sequence[Told]

    @cached_property
    def namings(self) -> Counter[str]:
        """Return how often the text names whom, by canonical name."""
        return Counter(mention.name for mention in self.page.mentions)

    @cached_property
    def states(self) -> frozenset[str]:
        """Return the states of all parties of the text."""
        return frozenset(
            state
            for one in self.told
            for side in one.draft.roles.values()
            for p in side
            for state in p.states
        )


@dataclass(frozen=True)
class View:
    """One claim as its signs see it."""

    one: Told
    around: Around

    @property
    def type(self) -> str:
        """Return the claim's type."""
        return self.one.draft.type

    @cached_property
    def agents(self) -> tuple[Party, ...]:
        """Return who acts."""
        return self.one.draft.parties("agents")

    @cached_property
    def others(self) -> tuple[Party, ...]:
        """Return the counterparts."""
        return self.one.draft.parties("counterparts")

    @cached_property
    def trigger(self) -> Token:
        """Return the trigger's token."""
        return self.around.page.doc[self.one.draft.trigger]

    @cached_property
    def states(self) -> frozenset[str]:
        """Return the states that the claim is about."""
        spot = self.one.draft.spot.country
        return frozenset(
            [*(s for p in (*self.agents, *self.others) for s in p.states), *([spot] if spot else [])]
        )

    @cached_property
    def distances(self) -> list[int]:
        """Return how far each agent stands from the trigger, in characters."""
        start, end = self.trigger.idx, self.trigger.idx + len(self.trigger)
        return [max(start - p.end, p.start - end, 0) for p in self.agents]

    @property
    def spoken(self) -> bool:
        """Say whether it is a position taken, not an event."""
        return self.type == ClaimType.STATEMENT

    @property
    def joint(self) -> bool:
        """Say whether all parties of the type are agents."""
        return self.type in _JOINT

    def here(self, party: Party) -> bool:
        """Say whether a party stands in the trigger's sentence."""
        document = self.trigger.doc
        start, end = sentence_bounds(self.trigger)
        last = document[end - 1]
        return document[start].idx <= party.start < last.idx + len(last)

    def namings(self, parties: Sequence[Party]) -> list[int]:
        """Return how often the text names each party."""
        return [self.around.namings[party.name] for party in parties]

    def overlapping(self) -> Iterator[Told]:
        """Yield the other claims that stand in some of the same words."""
        draft = self.one.draft
        for other in self.around.told:
            if other is not self.one and other.draft.start < draft.end and draft.start < other.draft.end:
                yield other
