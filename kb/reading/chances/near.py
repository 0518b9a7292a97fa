"""The parties that may take part in an event: those near its trigger, and those that the text is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Span, Token

from kb.reading.chances.telling import Telling
from kb.reading.model import Party

_KINDS: Final = frozenset({"person", "state", "organisation", "group"})
_NOUNS: Final = frozenset({"nsubj", "pobj", "nsubjpass", "poss", "dobj", "conj", "appos"})


@dataclass(frozen=True, slots=True)
class Near:
    """A party near a trigger and the word that stands for it there; None where it stands elsewhere."""

    party: Party
    word: Token | None


class Neighbours:
    """Finds the parties near the triggers of one page, those of a sentence once."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._known: dict[int, tuple[Near, ...]] = {}

    def of(self, token: Token) -> tuple[Near, ...]:
        """Return the parties of a trigger's sentence and of the one before, then those the text is about."""
        start = self._telling.sentence[token.i]
        if start not in self._known:
            self._known[start] = self._of_sentence(token.sent)
        ranked = sorted(self._known[start], key=lambda one: _distance(one, token))
        names = {one.party.name for one in ranked}
        rest = [Near(party, None) for party in self._telling.leading if party.name not in names]
        return (*ranked, *rest)

    def _of_sentence(self, sentence: Span) -> tuple[Near, ...]:
        """Return each party once, by a word of the sentence itself where there is one."""
        found: dict[str, Near] = {}
        for party, word in self._named(sentence):
            held = found.get(party.name)
            if held is None or (_before(held, sentence) and word.i >= sentence.start):
                found[party.name] = Near(party, word)
        return tuple(found.values())

    def _named(self, sentence: Span) -> Iterator[tuple[Party, Token]]:
        """Yield whom names, then pronouns and common nouns stand for, of a sentence and the one before.

        An office with a capital, "the President", is no name and stands for its holder too.
        """
        referents = self._telling.referents
        page = referents.page
        before = self._telling.sentence[sentence.start - 1] if sentence.start else 0
        for mention in page.mentions_in(before, sentence.end):
            word = page.doc[mention.first : mention.last + 1].root
            yield from ((party, word) for party in referents.single(word) if party.kind in _KINDS)
        for word in page.doc[before : sentence.end]:
            points = word.pos_ == "PRON" or word.tag_ == "PRP$"
            if points or (word.pos_ in ("NOUN", "PROPN") and word.dep_ in _NOUNS):
                yield from ((party, word) for party in referents.single(word) if party.kind in _KINDS)


def _before(one: Near, sentence: Span) -> bool:
    return one.word is not None and one.word.i < sentence.start


def _distance(one: Near, token: Token) -> tuple[int, int]:
    index = one.word.i if one.word is not None else 0
    return abs(index - token.i), index
