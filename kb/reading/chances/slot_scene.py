"""What all events of a page share when their dates and places are weighed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.slot_stays import stays
from kb.reading.chances.words import WEIGHED
from kb.reading.context.context import Context
from kb.reading.context.heads import ROLES
from kb.reading.coreference import Referents
from kb.reading.dates import resolve
from kb.reading.merge import Told
from kb.reading.page import Page
from kb.reading.scene_views import persons_of, sides_of
from kb.reading.time_issue import is_official
from kb.reading.time_records import Tense, TimeMention
from kb.reading.timing import Timing
from kb.reading.tree import ancestors, sentence_start
from kb.records import Modality

TAGS: Final = ("VBD", "VBN", "VBZ", "VBP", "VB", "VBG", "NN", "NNS", "NNP", "MD")
APART: Final = (9, 9)
_FAR: Final = 6
_MODALITIES: Final = tuple(Modality)
UNREAD: Final = -30.0
"""Log-odds of what no network read."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A phrase of time as it stands in the text."""

    mention: TimeMention
    root: Token
    sentence: int
    """Number of its sentence, from 0."""
    heads: bool
    """True for the date of a dateline."""


@dataclass(frozen=True, slots=True)
class Other:
    """An event as another one of its page sees it."""

    one: Told
    word: Token
    sentence: int
    """Number of its sentence, from 0."""
    tag: int
    type: int
    names: frozenset[str]
    persons: frozenset[str]
    sides: frozenset[str]


@dataclass(frozen=True)
class Scene:
    """One page with what it tells; where its sentences and paragraphs stand."""

    referents: Referents
    timing: Timing
    told: Sequence[Told]
    context: Context | None = None
    """What a trained network makes of the words, where there is one."""

    @property
    def page(self) -> Page:
        """Return the page."""
        return self.referents.page

    def read_as(self, role: str, one: Told, words: Sequence[Token]) -> list[float]:
        """Return the network's log-odds that words stand for a role of an event, ``UNREAD`` without one."""
        if self.context is None or not words or one.draft.type not in WEIGHED:
            return [UNREAD] * len(words)
        trigger = self.page.doc[one.draft.trigger]
        odds = self.context.roles(trigger.idx, [word.idx for word in words], one.draft.type)
        column: list[float] = odds[:, ROLES.index(role)].tolist()
        return column

    @cached_property
    def official(self) -> bool:
        """Tell whether a government speaks: what it tells without a date may have the day of issue."""
        return is_official(self.page)

    @cached_property
    def sentence(self) -> dict[int, int]:
        """Return the number of each sentence by its first word."""
        return {sentence.start: number for number, sentence in enumerate(self.page.doc.sents)}

    @cached_property
    def times(self) -> list[Timed]:
        """Return the phrases of time in the order of the text."""
        order = self.sentence
        return [
            Timed(mention, root, order[sentence_start(root)], heads)
            for mention, root, heads in self.timing.mentions()
        ]

    @cached_property
    def days(self) -> list[tuple[int, str]]:
        """Return where the text tells which date, datelines left out, sorted."""
        return sorted((one.mention.start, one.mention.edtf) for one in self.times
                      if one.mention.edtf is not None and not one.heads)  # fmt: skip

    @cached_property
    def stays(self) -> list[tuple[int, int]]:
        """Return each number of days that the text says a stay lasts, with the number of its sentence."""
        return stays(self.page.doc, self.sentence)

    @cached_property
    def read(self) -> dict[tuple[int, str], TimeMention]:
        """Return phrases as they were read, by start and tense; filled as they are asked for."""
        return {}

    def reading(self, mention: TimeMention, tense: Tense) -> TimeMention:
        """Return a phrase as it is read in a tense."""
        key = mention.start, tense
        if key not in self.read:
            self.read[key] = resolve(mention, mention.context.published, tense)
        return self.read[key]

    def seen(self, one: Told) -> Other:
        """Return what others see of an event."""
        word = self.page.doc[one.draft.trigger]
        persons, sides = frozenset(persons_of(one)), frozenset(sides_of(one))
        sentence = self.sentence[sentence_start(word)]
        return Other(one, word, sentence, tag(word), type_of(one), names_of(one), persons, sides)

    @cached_property
    def _others(self) -> list[Other]:
        return [self.seen(one) for one in self.told]

    @cached_property
    def dated(self) -> list[tuple[int, Other]]:
        """Return the events that have a date, by their place among all."""
        return [(at, one) for at, one in enumerate(self._others) if one.one.when.edtf is not None]

    @cached_property
    def placed(self) -> list[tuple[int, Other]]:
        """Return the events that have a place, by their place among all."""
        spots = [(at, one, one.one.draft.spot) for at, one in enumerate(self._others)]
        return [(at, one) for at, one, spot in spots if spot.place or spot.country]

    @cached_property
    def many_days(self) -> int:
        """Return how many dates the text tells."""
        return len({day for _, day in self.days})

    @cached_property
    def in_title(self) -> frozenset[str]:
        """Return the names that the title names and their states."""
        named = [one for one in self.page.mentions if one.start < self.page.headline_end]
        states = {entry.state for one in named for entry in one.entries if entry.state}
        return frozenset({one.name for one in named} | states)

    @cached_property
    def _breaks(self) -> list[int]:
        text = self.page.text
        pieces = text.split("\n\n")
        return [end - 2 for end in accumulate(len(piece) + 2 for piece in pieces[:-1])]

    def paragraphs(self, start: int, end: int) -> int:
        """Return how many paragraphs lie from one place to another, below 0 backwards, at most six."""
        between = bisect_right(self._breaks, end) - bisect_right(self._breaks, start)
        return max(-_FAR, min(_FAR, between))

    def between(self, start: int, end: int, edtf: str) -> tuple[int, int]:
        """Return how many other dates, and how many phrases with a date, two places have between them."""
        low, high = sorted((bisect_left(self.days, (start, "")), bisect_left(self.days, (end, ""))))
        return len({day for _, day in self.days[low:high]} - {edtf}), high - low


def anchor_of(one: Told) -> int:
    """Return the word at which an event's stance and time are read."""
    return one.draft.anchor if one.draft.anchor >= 0 else one.draft.trigger


def names_of(one: Told) -> frozenset[str]:
    """Return the names of who acts."""
    return frozenset([party.name for party in one.draft.parties("agents")])


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of all names two groups have in common, from 0 to 1."""
    return len(one & other) / max(len(one | other), 1)


def type_of(one: Told) -> int:
    """Return the number of an event's type, -1 for one that is not weighed."""
    return WEIGHED.index(one.draft.type) if one.draft.type in WEIGHED else -1


def modality_of(one: Told) -> int:
    """Return the number of an event's modality."""
    return _MODALITIES.index(one.stance.modality)


def tag(token: Token) -> int:
    """Return the number of a word's tag, -1 for a rare one."""
    return TAGS.index(token.tag_) if token.tag_ in TAGS else -1


def steps(one: Token, other: Token) -> tuple[int, int]:
    """Return how far two words of a sentence lie below what is above both."""
    above = {token.i: far for far, token in enumerate([one, *ancestors(one)])}
    for far, token in enumerate([other, *ancestors(other)]):
        if token.i in above:
            return above[token.i], far
    return APART
