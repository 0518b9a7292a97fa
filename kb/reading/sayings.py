"""Who says which stretch of a text: tags ("…, X said"), quotations that run on, an address in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from spacy.tokens import Span, Token

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.model import Party
from kb.reading.outlets import as_outlet, is_outlet, outlets_at
from kb.reading.syntax import objects, subjects
from kb.reading.tree import agents, is_passive, owners

VOICES: Final = ("person", "group", "state", "organisation", "outlet")
_PARAGRAPH: Final = re.compile(r"\n[ \t\r]*\n\s*")
_TURN: Final = re.compile(r"\A\s*(?P<who>[^\n:.?!\"]{3,90}):\s")
"""A paragraph that opens with the name of who speaks: "Senior Colonel X: Good afternoon"."""
_MISREAD: Final = ("appos", "conj", "dep", "npadvmod", "pobj", "dobj")
_NEAR: Final = 400
"""Characters in which a speaker still speaks to the same outlet."""
_CITING: Final = ("cite", "quote")
_FIRST: Final = frozenset({"i", "we", "my", "our", "us", "me", "ours"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A verb of speech with its subject: who speaks, through whom, and where the words about it stand."""

    verb: int
    voices: tuple[Party, ...]
    first: int
    """Index of the first token of the tag: its subject or its verb."""
    last: int
    """Index of the last token of the tag."""
    ahead: bool
    """True where what is said follows the verb as its clause."""


class Sayings:
    """The sayings of one page, in the order of the text."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._doc = referents.page.doc

    def over(self, token: Token) -> tuple[Party, ...]:
        """Return the voices of the saying that covers a token without governing it, () where none does."""
        in_quotes = self._quoted(token.idx)
        for said in self._in(token.sent):
            if self._covers(said, token, in_quotes=in_quotes):
                return said.voices
        led = self._led(token.sent)
        if led is not None:
            return led.voices
        if in_quotes or self._personal(token.sent):
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

    def last_before(self, index: int, outlet: str = "") -> tuple[Party, ...]:
        """Return the voices of the last saying before a token, of an outlet where one is given."""
        earlier = [
            said.voices
            for said in self._sayings
            if said.verb < index and (not outlet or outlet in (party.name for party in said.voices))
        ]
        return earlier[-1] if earlier else ()

    @cached_property
    def _sayings(self) -> list[Saying]:
        found: list[Saying] = []
        for verb in self._doc:
            if verb.pos_ == "VERB" and verb.lemma_ in cues("speech")["sharing"]:
                self._carried(verb, found)
            if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ not in cues("speech")["verbs"]:
                continue
            said = self._saying(verb, found)
            if said is not None:
                found.append(self._through_the_last(said, found))
        return found

    def _through_the_last(self, said: Saying, earlier: list[Saying]) -> Saying:
        """Return a saying with the outlet to which the same speaker spoke just before."""
        if not earlier or any(is_outlet(party) for party in said.voices):
            return said
        last, near = earlier[-1], self._doc[said.verb].idx - self._doc[earlier[-1].verb].idx < _NEAR
        outlet = [party for party in last.voices if is_outlet(party)]
        same = {p.name for p in last.voices if not is_outlet(p)} == {p.name for p in said.voices}
        return replace(said, voices=(*said.voices, *outlet)) if near and same else said

    def _carried(self, verb: Token, earlier: list[Saying]) -> None:
        """Give the last saying the outlet that carried it: "The statement was carried by X"."""
        papers = {head.lemma_.lower() for head in objects(verb)} & cues("speech")["documents"]
        outlet = outlets_at(self._referents, agents(verb)) if papers and earlier else []
        if outlet and not any(is_outlet(party) for party in earlier[-1].voices):
            earlier[-1] = replace(earlier[-1], voices=(*earlier[-1].voices, *outlet))

    def _saying(self, verb: Token, earlier: list[Saying]) -> Saying | None:
        heads = agents(verb) if is_passive(verb) else subjects(verb)
        quoted = is_passive(verb) and verb.lemma_ in ("quote", "cite")
        if quoted:
            heads = [child for child in verb.children if child.dep_ == "nsubjpass"]
        heads = _before_tag(verb) or heads
        found = [party for party in self._referents.parties(heads) if party.kind in VOICES]
        if not found and any(head.lemma_.lower() in cues("speech")["documents"] for head in heads):
            found = self._issuer(heads, earlier)
        if not found:
            found = outlets_at(self._referents, heads)
        found = [as_outlet(self._referents, party) for party in found]
        if not found:
            return None
        cited = cited_by(self._referents, verb)
        found = cited + [party for party in found if not cited or is_outlet(party)]
        own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "agent")]
        own += _before_tag(verb)
        first = min([verb.i, *(child.left_edge.i for child in own)])
        clauses = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i]
        last = max([verb.i, *(child.right_edge.i for child in own if child.i > verb.i)])
        return Saying(
            verb.i, (*found, *outlets_at(self._referents, told_to(verb))), first, last, bool(clauses)
        )

    def _issuer(self, heads: list[Token], earlier: list[Saying]) -> list[Party]:
        """Return whose a document is that says something; one without an owner goes on the last saying."""
        named = [p for head in heads for p in self._referents.parties(owners(head)) if p.kind in VOICES]
        return named or (list(earlier[-1].voices) if earlier else [])

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
            return not said.ahead and beside and self._after_comma(said, token)
        if token.i > said.first or said.ahead:
            return False
        before = self._doc[said.first - 1]
        return before.text in (",", '"') and self._clause_between(token.sent.start, said.first)

    def _after_comma(self, said: Saying, token: Token) -> bool:
        """Tell whether the sentence goes on after a tag put in its middle: "The visit, X said, will …"."""
        after = self._doc[said.last + 1] if said.last + 1 < len(self._doc) else token
        return after.text == "," and token.i > after.i

    def _clause_between(self, start: int, end: int) -> bool:
        return any(part.tag_ in ("VBD", "VBZ", "VBP", "MD", "VBN") for part in self._doc[start:end])

    def _beside(self, token: Token) -> Saying | None:
        """Return the saying that a quotation without a verb goes on: the nearest, in its paragraph."""
        start, end = self._paragraph(token.idx)
        here = [s for s in self._sayings if start <= self._doc[s.verb].idx < end]
        here = [s for s in here if not self._quoted(self._doc[s.verb].idx)]
        before = [s for s in here if s.verb < token.i]
        if before:
            return before[-1]
        if here:
            return here[0]
        if not self._quoted(token.idx):
            return None
        earlier = [s for s in self._sayings if s.verb < token.i and not self._quoted(self._doc[s.verb].idx)]
        return earlier[-1] if earlier and start - self._doc[earlier[-1].verb].idx < 600 else None

    def _turn(self, token: Token) -> tuple[Party, ...]:
        """Return who has the floor in a transcript of what one person says to many."""
        turns = [turn for turn in self._turns if turn[0] <= token.idx]
        return (turns[-1][1],) if turns else ()

    @cached_property
    def _turns(self) -> list[tuple[int, Party]]:
        found = []
        for start, end in self._paragraphs:
            opened = _TURN.match(self._referents.page.text[start:end])
            if opened is None:
                continue
            low, high = start + opened.start("who"), start + opened.end("who")
            named = [
                m
                for m in self._referents.page.mentions
                if m.kind == "person" and low <= m.start and m.end == high
            ]
            speaks = any(t.lower_ in _FIRST and t.pos_ == "PRON" for t in self._doc if t.idx > high)
            if named and speaks:
                head = self._doc[named[-1].first : named[-1].last + 1].root
                found += [(high, party) for party in self._referents.single(head)[:1]]
        return found

    def _personal(self, sentence: Span) -> bool:
        """Tell whether a sentence without quotation marks speaks in the first person."""
        return any(t.lower_ in _FIRST and t.pos_ == "PRON" and not self._quoted(t.idx) for t in sentence)

    @cached_property
    def _paragraphs(self) -> list[tuple[int, int]]:
        text = self._referents.page.text
        starts = [0, *(found.end() for found in _PARAGRAPH.finditer(text))]
        return list(zip(starts, [*starts[1:], len(text)], strict=True))

    def _paragraph(self, offset: int) -> tuple[int, int]:
        return next(span for span in reversed(self._paragraphs) if span[0] <= offset)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        found, text = [], self._doc.text
        for start, end in self._paragraphs:
            marks = [index for index in range(start, min(end, len(text))) if text[index] == '"']
            marks += [end] if len(marks) % 2 else []
            found += list(zip(marks[::2], marks[1::2], strict=True))
        return found

    def _quoted(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._quotations)


def _before_tag(verb: Token) -> list[Token]:
    """Return the subject of a tag that the parser did not see as one: "…, the ministry reported Friday"."""
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if own or verb.i == verb.sent.start or verb.tag_ not in ("VBD", "VBN") or is_passive(verb):
        return []
    noun = verb.nbor(-1)
    first = noun.left_edge.i
    named = noun.pos_ in ("NOUN", "PROPN") and noun.dep_ in _MISREAD
    opens = first > verb.sent.start and verb.doc[first - 1].text in (",", '"')
    goes_on = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")]
    return [noun] if named and opens and not goes_on else []


def cited_by(referents: Referents, verb: Token) -> list[Party]:
    """Return whom an outlet has a thing from: "the agency cites X", "reported the paper, citing X"."""
    below = [c for c in verb.children if c.dep_ in ("advcl", "prep") and c.lemma_ in _CITING]
    found: list[Party] = []
    for one in [verb] if verb.lemma_ in _CITING and not is_passive(verb) else below:
        heads = objects(one) or [c for c in one.children if c.dep_ == "pobj"]
        named = [p for p in referents.parties(heads) if p.kind in VOICES]
        inner = [t for head in heads for t in head.subtree if t.dep_ in ("pobj", "poss")]
        found += named or [p for p in referents.parties(inner) if p.kind in VOICES][:1]
    return [party for party in found if not is_outlet(party)]


def told_to(verb: Token) -> list[Token]:
    """Return to whom or in what something is said: "told X", "in an interview with X"."""
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative", "npadvmod") and c.pos_ != "ADP"]
    for part in verb.children:
        if part.dep_ in ("prep", "dative", "agent"):
            heads += [
                t for t in part.subtree if t.dep_ in ("pobj", "appos", "npadvmod", "nummod", "compound")
            ]
    return heads
