"""The parties that may take part in an event: those near its trigger, and those that the text is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.telling import Telling
from kb.reading.model import Party

_KINDS: Final = frozenset({"person", "state", "organisation", "group"})
_POINTING: Final = frozenset({"person", "state", "group"})
_NOUNS: Final = frozenset({"nsubj", "pobj", "nsubjpass", "poss", "dobj", "conj", "appos"})


@dataclass(frozen=True, slots=True)
class Near:
    """A party near a trigger and the word that stands for it there; None where it stands elsewhere."""

    party: Party
    word: Token | None


def near(telling: Telling, token: Token) -> tuple[Near, ...]:
    """Return the parties of a trigger's sentence and of the one before, then those the text is about."""
    found: dict[str, Near] = {}
    for party, word in _named(telling, token):
        held = found.get(party.name)
        if held is None or (_other(held.word, token) and not _other(word, token)):
            found[party.name] = Near(party, word)
    order = sorted(found.values(), key=lambda one: _distance(one, token))
    order += [Near(party, None) for party in telling.leading if party.name not in found]
    return tuple(order)


def _other(word: Token | None, token: Token) -> bool:
    return word is None or word.sent.start != token.sent.start


def _distance(one: Near, token: Token) -> tuple[int, int]:
    index = one.word.i if one.word is not None else 0
    return abs(index - token.i), index


def _named(telling: Telling, token: Token) -> Iterator[tuple[Party, Token]]:
    referents, sentence = telling.referents, token.sent
    page = referents.page
    before = page.doc[sentence.start - 1].sent.start if sentence.start else 0
    for mention in page.mentions_in(before, sentence.end):
        word = page.doc[mention.first : mention.last + 1].root
        yield from ((party, word) for party in referents.single(word) if party.kind in _KINDS)
    for word in sentence:
        points = word.pos_ == "PRON" or word.tag_ == "PRP$"
        if points or (word.pos_ == "NOUN" and word.dep_ in _NOUNS):
            for party in referents.single(word):
                if party.kind in _POINTING:
                    yield party, word
