"""Who says which stretch of a text: tags ("…, X said"), quotations that run on, an address in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from spacy.tokens import Span, Token

from kb.reading.coreference import Referents
from kb.reading.model import Party
from kb.reading.said_tags import Saying, sayings

_FIRST: Final = frozenset({"i", "we", "my", "our", "us", "me", "ours"})
_CREDIT: Final = re.compile(r"\([A-Z][^()\n]{1,60}\)\s*\Z")
_TAG: Final = 6
"""Tokens at the end of a sentence in which a tag stands: ", said X."."""
_SHORT: Final = 4
"""Words of the longest quotation that tells nothing."""
_LAST: Final = 600
"""Characters after a saying in which a quotation that fills a paragraph still goes it on."""


class Sayings:
    """The sayings of one page, in the order of the text."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._doc = referents.page.doc
        self._first: dict[int, bool] = {}
        """By first word, whether a sentence is in the first person."""

    @cached_property
    def _sayings(self) -> list[Saying]:
        return sayings(self._referents)

    def over(self, token: Token) -> tuple[Party, ...]:
        """Return the voices of the saying that covers a token without governing it, () where none does."""
        in_quotes = self._quoted(token.idx)
        sentence = token.sent
        for said in self._in(sentence):
            if self._covers(said, token, in_quotes=in_quotes):
                return said.voices
        led = self._led(sentence)
        if led is not None:
            return led.voices
        if in_quotes or self._personal(sentence):
            found = self._beside(token)
            if found is not None:
                return found.voices
        return self._turn(token)

    def _led(self, sentence: Span) -> Saying | None:
        """Return the saying that a colon before a sentence opens: "a step that X announced: …"."""
        if not sentence.start or self._doc[sentence.start - 1].text != ":":
            return None
        before = [said for said in self._in(self._doc[sentence.start - 1].sent) if not said.ahead]
        return before[-1] if before else None

    def at(self, verb: Token) -> tuple[Party, ...]:
        """Return the voices of the saying that a verb is, () where it is none."""
        return next((said.voices for said in self._sayings if said.verb == verb.i), ())

    def credited(self, token: Token) -> Party | None:
        """Return the outlet that a paragraph credits in brackets at its end: "(AP, Sept. 12)"."""
        start, end = self._referents.quotations.paragraph(token.idx)
        credit = _CREDIT.search(self._referents.page.text[start:end])
        if credit is None:
            return None
        inside = range(start + credit.start(), start + credit.end())
        named = [m for m in self._referents.page.mentions if m.kind == "outlet" and m.start in inside]
        return self._referents.thing(named[0]) if named else None

    def quoted(self) -> list[tuple[Span, Saying]]:
        """Return the sentences that are somebody's words as a whole, with what they go on."""
        found = []
        for sentence in self._referents.page.sentences:
            words = [token for token in sentence if not token.is_punct and not token.is_space]
            if len(words) > _SHORT and (
                all(self._quoted(t.idx) for t in words) or self._in_an_address(sentence)
            ):
                said = self._beside(words[0])
                found += [(sentence, said)] if said is not None else []
        return found

    def _in_an_address(self, sentence: Span) -> bool:
        """Tell whether a sentence stands in a paragraph in the first person that ends in "he said"."""
        start, end = self._referents.quotations.paragraph(sentence.start_char)
        if any(True for _ in self._in(sentence)) or any(self._quoted(t.idx) for t in sentence):
            return False
        if self._referents.page.home is not None:
            return False
        sentences = [other for other in self._referents.page.sentences if start <= other.start_char < end]
        tagged = any(said.verb >= sentences[-1].end - _TAG for said in self._in(sentences[-1]))
        return tagged and any(self._personal(other) for other in sentences)

    def last_before(self, index: int, outlet: str = "") -> tuple[Party, ...]:
        """Return the voices of the last saying before a token, of an outlet where one is given."""
        earlier = [
            said.voices
            for said in self._sayings
            if said.verb < index and (not outlet or outlet in (party.name for party in said.voices))
        ]
        return earlier[-1] if earlier else ()

    def _in(self, sentence: Span) -> Iterator[Saying]:
        return (said for said in self._sayings if sentence.start <= said.verb < sentence.end)

    def _covers(self, said: Saying, token: Token, *, in_quotes: bool) -> bool:
        """Tell whether a tag of a token's own sentence is about it: "…, X said on Friday"."""
        verb = self._doc[said.verb]
        if token.i == said.verb or self._quoted(verb.idx):
            return False
        if in_quotes and self._quoted(token.idx):
            return True
        if token.i > said.last:
            if any(part.text == ":" for part in self._doc[said.last + 1 : token.i]):
                return True
            beside = said.first > token.sent.start and self._doc[said.first - 1].text in (",", '"')
            return not said.ahead and beside and self._goes_on(said) and not verb.is_ancestor(token)
        if token.i > said.first or said.ahead:
            return False
        before = self._doc[said.first - 1]
        whole = self._clause_between(token.sent.start, said.first) or self._goes_on(said)
        return before.text in (",", '"') and whole

    def _goes_on(self, said: Saying) -> bool:
        """Tell whether the sentence goes on after a tag put in its middle: "The visit, X said, will …"."""
        return said.last + 1 < len(self._doc) and self._doc[said.last + 1].text == ","

    def _clause_between(self, start: int, end: int) -> bool:
        return any(part.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN") for part in self._doc[start:end])

    def _beside(self, token: Token) -> Saying | None:
        """Return the saying that a quotation without a verb goes on: the nearest, in its paragraph."""
        start, end = self._referents.quotations.paragraph(token.idx)
        told = [s for s in self._sayings if not self._quoted(self._doc[s.verb].idx)]
        here = [s for s in told if start <= self._doc[s.verb].idx < end]
        before = [s for s in here if s.verb < token.i]
        if before:
            return before[-1]
        if here:
            return here[0]
        if not self._quoted(token.idx):
            return None
        earlier = [s for s in self._sayings if s.verb < token.i and not self._quoted(self._doc[s.verb].idx)]
        return earlier[-1] if earlier and start - self._doc[earlier[-1].verb].idx < _LAST else None

    def _turn(self, token: Token) -> tuple[Party, ...]:
        """Return who has the floor in a transcript of what one person says to many."""
        speaker = self._referents.turns.at(token.idx)
        return (speaker,) if speaker is not None else ()

    def _quoted(self, offset: int) -> bool:
        return self._referents.quotations.holds(offset)

    def _personal(self, sentence: Span) -> bool:
        """Tell whether a sentence without quotation marks speaks in the first person."""
        if sentence.start not in self._first:
            self._first[sentence.start] = any(
                t.lower_ in _FIRST and t.pos_ == "PRON" and not self._quoted(t.idx) for t in sentence
            )
        return self._first[sentence.start]
