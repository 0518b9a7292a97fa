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
from kb.reading.chances.slot_scene import APART
from kb.reading.chances.slot_wares import Ware, Wares, is_hardware, names_of_items
from kb.reading.merge import Told
from kb.reading.model import Party
from kb.reading.tree import ancestors
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
_NOUNS: Final = 3
"""Nouns whose names are weighed, the rules' apart: more of them gained nothing."""
_OF_GOODS, _OF_SIDE = 4, 3
"""Steps in the parse for which a noun's naming goods, or one who takes part, counts when those are chosen."""
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
        nouns = self._nouns()
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

    def _nouns(self) -> list[Noun]:
        """Return the likeliest nouns near the trigger, and those of the rules' items."""
        document, sentence = self._page.doc, self._sentence
        first = max(sentence.start, self._trigger.i - figures.FAR)
        last = min(sentence.end, self._trigger.i + figures.FAR + 1)
        found = [self._noun(token) for token in document[first:last] if self._may_name(token)]
        for party in self._rules:
            span = document.char_span(party.start, party.end, alignment_mode="expand")
            inside = any(party.start <= noun.head.idx < party.end for noun in found)
            if party.end > party.start and span is not None and not inside:
                found.append(self._noun(span.root))
        kept = {noun.head.i for noun in sorted(found, key=self._apart)[:_NOUNS]}
        return [noun for noun in found if noun.rule >= 0 or noun.head.i in kept]

    def _noun(self, head: Token) -> Noun:
        sentence, mention = self._sentence, self._page.mention_at(head)
        up, down = self._steps(head)
        return Noun(
            head=head,
            up=up,
            down=down,
            near=sentence.start <= head.i < sentence.end,
            side=any(start <= head.idx < end for start, end in self._sides),
            rule=next(
                (at for at, party in enumerate(self._rules) if party.start <= head.idx < party.end), -1
            ),
            hardware=is_hardware(mention),
        )

    def _apart(self, noun: Noun) -> tuple[float, int]:
        """Return how unlikely a noun is at first sight, to order nouns by."""
        far = noun.up + noun.down - _OF_GOODS * noun.listed + _OF_SIDE * noun.side
        return far, abs(noun.head.i - self._trigger.i)

    @cached_property
    def _above(self) -> dict[int, int]:
        return {token.i: far for far, token in enumerate([self._trigger, *ancestors(self._trigger)])}

    def _steps(self, head: Token) -> tuple[int, int]:
        for far, token in enumerate([head, *ancestors(head)]):
            if token.i in self._above:
                return self._above[token.i], far
        return APART

    def _may_name(self, token: Token) -> bool:
        if token.dep_ == "compound":
            return False
        mention = self._page.mention_at(token)
        if mention is None and token.ent_type_ in ("DATE", "TIME"):
            return False
        if token.pos_ in ("NOUN", "PROPN") or token.is_currency or token.tag_ == "NNP":
            return True
        sum_ = token.ent_type_ == "MONEY" and token.dep_ not in ("nummod", "quantmod")
        return token.pos_ == "NUM" and (sum_ or mention is not None)

    @cached_property
    def _sides(self) -> list[tuple[int, int]]:
        roles = ("agents", "counterparts", "companions")
        return [(party.start, party.end) for role in roles for party in self._one.draft.parties(role)]

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
