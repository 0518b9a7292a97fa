"""The items that an event may have, each with its figures: noun phrases near by, longer and shorter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from spacy.tokens import Token

from kb.reading.chances import slot_item_figures as figures
from kb.reading.chances.slot_extents import beginnings, endings
from kb.reading.chances.slot_item_figures import Noun
from kb.reading.chances.slot_item_nouns import Nouns
from kb.reading.chances.slot_wares import Ware, Wares, names_of_items
from kb.reading.merge import Told
from kb.reading.model import Party
from kb.records import ClaimType

TYPES: Final = (ClaimType.AGREEMENT, ClaimType.TRANSFER, ClaimType.DEPLOYMENT, ClaimType.SANCTION,
                ClaimType.DISPLAY, ClaimType.EXERCISE)  # fmt: skip
"""Types whose items are weighed, as the trees number them."""
LEAVING: Final = "withdrawal"
"""The item of a deployment that ends."""
NOWHERE: Final = -1
"""The head of what stands in no noun phrase."""
_NEXT, _LOOKED = 3, 12
"""Of what is named outside of an event's sentence the nearest count; so many are looked at."""
_DESIGNATIONS: Final = 2
"""Designations in one noun phrase that may be its name."""
_BY_RULE, _NAMED, _NAMED_WITHIN = 10, 11, 12
"""Kinds of extents beside those of noun phrases."""
_BLANK: Final = -2.0


@dataclass(frozen=True, slots=True)
class Item:
    """One name that an item of an event may have."""

    party: Party
    head: int
    """Index of the noun that it names; of the names of one noun only one is told."""
    figures: Sequence[float]


def items(wares: Wares, one: Told, at: int) -> list[Item]:
    """Return the names of items that an event may have. ``at``: as for dates."""
    return list(_Items(wares, one, at).all())


class _Items:
    """Gathers the items that one event may have."""

    def __init__(self, wares: Wares, one: Told, at: int) -> None:
        self._wares, self._one, self._at = wares, one, at
        self._page = wares.scene.page
        self._trigger = self._page.doc[one.draft.trigger]
        self._sentence = self._trigger.sent
        self._rules = one.draft.parties("items")

    def all(self) -> Iterator[Item]:
        """Yield each name of each noun once."""
        kind = TYPES.index(ClaimType(self._one.draft.type))
        nouns = Nouns(self._page, self._one).likeliest()
        common = figures.of_event(self._one, self._trigger, kind, len(nouns), self._wares)
        if self._one.draft.type == ClaimType.DEPLOYMENT:
            yield self._leaving(common)
        for noun in nouns:
            yield from self._named_by(noun, common)
        for ware in self._elsewhere({noun.head.i for noun in nouns}):
            yield self._far(ware, common)

    def _by_name(self, name: str, rules: Sequence[Party]) -> list[float]:
        folded = name.lower()
        others = self._wares.told[folded] - self._own.count(folded)
        return figures.of_name(name, rules, folded in self._wares.title, others)

    @cached_property
    def _own(self) -> list[str]:
        return names_of_items(self._one) if self._at >= 0 else []

    def _named_by(self, noun: Noun, common: list[float]) -> Iterator[Item]:
        """Yield the names that a noun phrase may have: the rules', its designations, its words."""
        head, mention = noun.head, self._page.mention_at(noun.head)
        own = [party for party in self._rules if party.start <= head.idx < party.end]
        basis = [*common, *figures.of_noun(noun, self._trigger, mention)]
        seen = set()
        for party, extent in [*self._known(head, own), *self._phrases(head)]:
            if party.name and party.name not in seen:
                seen.add(party.name)
                by_name = self._by_name(party.name, own)
                yield Item(party, head.i, [*basis, *extent, *by_name, *_blank(figures.APART)])

    def _known(self, head: Token, own: Sequence[Party]) -> Iterator[tuple[Party, list[float]]]:
        for party in own:
            yield party, _kind(_BY_RULE)
        models = [ware for ware in self._wares.models(head) if _within(head, ware)]
        for ware in models[:_DESIGNATIONS]:
            mention = self._page.mention_at(head.doc[ware.first])
            if mention is not None:
                extent = _kind(_NAMED if mention.first <= head.i <= mention.last else _NAMED_WITHIN)
                yield ware.party, extent
                yield Party(mention.text, "thing", mention.start, mention.end, None, (), "described"), extent

    def _phrases(self, head: Token) -> Iterator[tuple[Party, list[float]]]:
        document = head.doc
        lasts = [(last, figures.of_ending(head, last, kind)) for last, kind in endings(head).items()]
        for first, kind in beginnings(head).items():
            begins, start = figures.of_beginning(head, first, kind), document[first].idx
            for last, ends in lasts:
                end = document[last].idx + len(document[last])
                words = Party(self._page.stored(start, end), "thing", start, end, None, (), "described")
                yield words, [*begins, *ends]

    def _leaving(self, common: list[float]) -> Item:
        start, end = self._trigger.idx, self._trigger.idx + len(self._trigger)
        party = Party(LEAVING, "thing", start, end, None, (), "described")
        blank = _blank(figures.NOUN + figures.EXTENT)
        by_name = self._by_name(LEAVING, self._rules)
        leaves = figures.of_leaving(self._trigger)
        return Item(party, NOWHERE, [*common, *blank, *by_name, *_blank(figures.ELSEWHERE), *leaves])

    def _elsewhere(self, near: set[int]) -> Iterator[Ware]:
        """Yield the nearest of what is named in other sentences: papers for agreements, else hardware."""
        sentence = self._sentence
        names: set[str] = set()
        agreed = self._one.draft.type == ClaimType.AGREEMENT
        for looked, ware in enumerate(self._wares.around(self._trigger)):
            if looked >= _LOOKED or len(names) >= _NEXT:
                return
            here = sentence.start <= ware.first < sentence.end or ware.first in near
            if not here and (agreed or not ware.paper) and ware.party.name not in names:
                names.add(ware.party.name)
                yield ware

    def _far(self, ware: Ware, common: list[float]) -> Item:
        order = self._wares.scene.sentence
        off = order[self._page.doc[ware.first].sent.start] - order[self._trigger.sent.start]
        apart = [off, ware.first > self._trigger.i, ware.paper, self._wares.counts[ware.party.name]]
        by_name = self._by_name(ware.party.name, ())
        blank = _blank(figures.NOUN + figures.EXTENT)
        row = [*common, *blank, *by_name, *apart, *_blank(figures.APART - figures.ELSEWHERE)]
        return Item(ware.party, ware.first, row)


def _within(head: Token, ware: Ware) -> bool:
    word = head.doc[ware.first]
    return bool(word == head or head.is_ancestor(word))


def _kind(kind: float) -> list[float]:
    return [kind, *_blank(figures.EXTENT - 1)]


def _blank(count: int) -> list[float]:
    return [_BLANK] * count
