"""The nouns that may name an item of an event: those near its trigger, goods first, and the rules'."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.slot_item_figures import FAR, Noun
from kb.reading.chances.slot_scene import APART
from kb.reading.chances.slot_wares import is_hardware
from kb.reading.merge import Told
from kb.reading.page import Page
from kb.reading.tree import ancestors

_KEPT: Final = 3
"""Nouns that are weighed, the rules' apart: more of them gained nothing."""
_OF_GOODS, _OF_SIDE = 4, 3
"""Steps in the parse for which a noun's naming goods, or one who takes part, counts when those are chosen."""


class Nouns:
    """Chooses the nouns of one event."""

    def __init__(self, page: Page, one: Told) -> None:
        self._page, self._one = page, one
        self._trigger = page.doc[one.draft.trigger]
        self._sentence = self._trigger.sent
        self._rules = one.draft.parties("items")

    def likeliest(self) -> list[Noun]:
        """Return the likeliest nouns near the trigger, and those of the rules' items."""
        document, sentence = self._page.doc, self._sentence
        first = max(sentence.start, self._trigger.i - FAR)
        last = min(sentence.end, self._trigger.i + FAR + 1)
        found = [self._noun(token) for token in document[first:last] if self._may_name(token)]
        for party in self._rules:
            span = document.char_span(party.start, party.end, alignment_mode="expand")
            inside = any(party.start <= noun.head.idx < party.end for noun in found)
            if party.end > party.start and span is not None and not inside:
                found.append(self._noun(span.root))
        kept = {noun.head.i for noun in sorted(found, key=self._apart)[:_KEPT]}
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
