"""The parties that may take part in an event: those near its trigger, and those that the text is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Span, Token

from kb.reading.chances.telling import Telling
from kb.reading.model import Party

Named = tuple[Party, Token]
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
        self._names: dict[int, list[Named]] = {}
        self._words: dict[int, list[Named]] = {}

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

    def _named(self, sentence: Span) -> list[Named]:
        """Return whom names, then pronouns and common nouns stand for, of a sentence and the one before."""
        start, end = sentence.start, sentence.end
        before = self._telling.sentence[start - 1] if start else 0
        found: list[Named] = []
        for of_sentence in (self._by_name, self._by_word):
            if before < start:
                found += of_sentence(before, start)
            found += of_sentence(start, end)
        return found

    def _by_name(self, start: int, end: int) -> list[Named]:
        """Return whom the names of a sentence stand for."""
        if start not in self._names:
            page = self._telling.referents.page
            roots = [page.doc[one.first : one.last + 1].root for one in page.mentions_in(start, end)]
            self._names[start] = self._parties(roots)
        return self._names[start]

    def _by_word(self, start: int, end: int) -> list[Named]:
        """Return whom pronouns and common nouns of a sentence stand for.

        An office with a capital, "the President", is no name and stands for its holder too.
        """
        if start not in self._words:
            words = [word for word in self._telling.referents.page.doc[start:end] if _may_stand_for(word)]
            self._words[start] = self._parties(words)
        return self._words[start]

    def _parties(self, words: Iterable[Token]) -> list[Named]:
        single = self._telling.referents.single
        return [(party, word) for word in words for party in single(word) if party.kind in _KINDS]


def _may_stand_for(word: Token) -> bool:
    """Tell whether a word is a pronoun, or a noun in a place where those who act stand."""
    kind = word.pos_
    return kind == "PRON" or word.tag_ == "PRP$" or (kind in ("NOUN", "PROPN") and word.dep_ in _NOUNS)


def _before(one: Near, sentence: Span) -> bool:
    return one.word is not None and one.word.i < sentence.start


def _distance(one: Near, token: Token) -> tuple[int, int]:
    index = one.word.i if one.word is not None else 0
    return abs(index - token.i), index
