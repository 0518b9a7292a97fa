"""What the text of a page tells of hardware, papers and goods, whichever event they belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from spacy.tokens import Doc, Token

from kb.reading.chances.slot_scene import Scene
from kb.reading.data import materiel
from kb.reading.merge import Told
from kb.reading.model import Mention, Party
from kb.reading.tree import sentence_bounds, text_of

_NAMES: Final = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
_SMALL: Final = frozenset({"of", "on", "and", "for", "the"})
"""Words that a paper's name holds in small letters."""


@dataclass(frozen=True, slots=True)
class Ware:
    """A designation of hardware, or the name of a paper, where it stands in the text."""

    first: int
    """Index of its first token."""
    party: Party
    paper: bool


class Wares:
    """What the text of a page tells of hardware, papers and goods."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @cached_property
    def named(self) -> list[Ware]:
        """Return designations and names of papers in the order of the text."""
        return sorted([*self.hardware, *self._papers()], key=lambda one: (one.first, one.paper))

    @cached_property
    def hardware(self) -> list[Ware]:
        """Return the designations of hardware in the order of the text."""
        thing = self.scene.referents.thing
        return [Ware(one.first, thing(one), False) for one in self.scene.page.mentions if is_hardware(one)]

    @cached_property
    def counts(self) -> Counter[str]:
        """Return how often the text names each designation and paper."""
        return Counter(one.party.name for one in self.named)

    @cached_property
    def title(self) -> str:
        """Return the title in small letters, "" where there is none."""
        return self.scene.page.text[: self.scene.page.headline_end].lower()

    @cached_property
    def told(self) -> Counter[str]:
        """Return how many events have an item of each name, in small letters."""
        return Counter(name for one in self.scene.told for name in names_of_items(one))

    def models(self, token: Token) -> list[Ware]:
        """Return the designations in a word's sentence."""
        first, end = (bisect_left(self._firsts, at) for at in sentence_bounds(token))
        return [ware for ware in self.named[first:end] if not ware.paper]

    def around(self, token: Token) -> Iterator[Ware]:
        """Yield what is named before and after a word, on both sides in turn, from near to far."""
        after = bisect_left(self._firsts, token.i)
        before = after - 1
        while before >= 0 or after < len(self.named):
            if before >= 0:
                yield self.named[before]
            if after < len(self.named):
                yield self.named[after]
            before, after = before - 1, after + 1

    @cached_property
    def _firsts(self) -> list[int]:
        return [one.first for one in self.named]

    def _papers(self) -> Iterator[Ware]:
        """Yield the names of papers: stretches of capitalised words that hold a paper's noun."""
        page, document, done = self.scene.page, self.scene.page.doc, 0
        for found in _papers_noun().finditer(text_of(document)):
            span = document.char_span(*found.span(), alignment_mode="expand")
            if span is None or span.start < done:
                continue
            first, done = _name_around(document, span.start, done)
            run = document[first:done]
            if done - first > 1:
                words = page.stored(run.start_char, run.end_char)
                party = Party(words, "thing", run.start_char, run.end_char, None, (), "named-paper")
                yield Ware(first, party, True)


def is_hardware(mention: Mention | None) -> bool:
    """Tell whether a mention names a model of hardware."""
    return mention is not None and (mention.kind == "hardware" or mention.form == "designation")


def fits(token: Token, words: frozenset[str]) -> bool:
    """Tell whether a word is in a list of nouns, in any number."""
    return not words.isdisjoint(keys_of(token))


def keys_of(token: Token) -> tuple[str, str, str, str]:
    """Return the forms under which a word may stand in a list of nouns."""
    lemma = token.lemma_.lower()  # of a name it keeps the plural: "Accords"
    return lemma, lemma.removesuffix("s"), token.lower_, token.text


def names_of_items(one: Told) -> list[str]:
    """Return the names of an event's items in small letters."""
    return [party.name.lower() for party in one.draft.parties("items")]


@cache
def _papers_noun() -> re.Pattern[str]:
    nouns = sorted(noun for noun in materiel()["instruments"] if noun.isalpha())
    return re.compile(rf"\b(?:{'|'.join(noun.capitalize() for noun in nouns)})s?\b")


def _name_around(document: Doc, at: int, floor: int) -> tuple[int, int]:
    """Return where the capitalised words around one begin, not before ``floor``, and end."""
    first, end = at, at + 1
    while first > floor and _goes_on(document, first - 1, first - 2):
        first -= 1
    while first < at and not _capital(document[first]):
        first += 1
    while end < len(document) and _goes_on(document, end, end + 1):
        end += 1
    return first, end


def _goes_on(document: Doc, at: int, beyond: int) -> bool:
    """Tell whether a token belongs to a name beside it; ``beyond``: the token on its other side."""
    token = document[at]
    if token.lower_ in _SMALL:
        return 0 <= beyond < len(document) and _capital(document[beyond])
    return token.tag_ == "HYPH" or (_capital(token) and token.pos_ in _NAMES)


def _capital(token: Token) -> bool:
    return token.text[:1].isupper()
