"""In whose words a text says something, and through which outlet it has it. Its own voice is None."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacy.tokens import Span, Token

from kb.reading.coreference import Referents
from kb.reading.data import cues
from kb.reading.modality_cues import calls_for
from kb.reading.model import Party
from kb.reading.outlets import as_outlet, as_reporter, is_outlet, outlets_at
from kb.reading.said_tags import VOICES, cited_by, quoted_in, told_to
from kb.reading.sayings import Sayings
from kb.reading.syntax import objects, preposition, subjects
from kb.reading.tree import agents, ancestors, is_passive, owners
from kb.reading.unnamed_voices import unnamed
from kb.reading.voice_names import by_own_name, one_voice

_TRIPS: Final = ("visit", "travel", "come", "go", "tour", "trip")
"""To ask somebody to a place is to invite: who invites is the host, and speaks for nobody."""
_INSIDE: Final = ("pobj", "poss", "compound", "nmod")
_CLAUSES: Final = ("acl", "ccomp")
_ASKED: Final = ("ccomp", "xcomp", "dobj", "prep", "pcomp", "advcl", "oprd")


class Voices:
    """Finds the voices behind what the triggers of one page tell."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self.sayings = Sayings(referents)
        self._telling: dict[int, list[Token]] = {}
        """By a sentence's first word, its words that may say whose words it holds."""

    def behind(self, token: Token) -> tuple[Party | None, Party | None]:
        """Return the speaker and the outlet behind what a trigger tells, each None where there is none."""
        found = (
            self._governing(token)
            or self._according(token)
            or self._as_confirmed(token)
            or list(self.sayings.over(token))
            or self._asking(token)
        )
        found = [p for one in found for p in self._chain(one, token)]
        speaker = one_voice([by_own_name(self._referents, p) for p in found if not is_outlet(p)])
        around = [*found, *self.sayings.at(token), *self.sayings.over(token)]
        via = next((party for party in around if is_outlet(party)), None)
        return speaker, via or self._through(token) or self.sayings.credited(token)

    def _chain(self, party: Party, token: Token) -> list[Party]:
        """Return an outlet that is named again with whom it had before: "According to the newspaper"."""
        before = self.sayings.last_before(token.i, party.name) if party.rule == "outlet-again" else ()
        return list(before) or [party]

    def _governing(self, token: Token) -> list[Party]:
        """Climb to the nearest verb or noun of speech that governs the event."""
        below, aside, within = token, False, False
        for governor in ancestors(token):
            lemma = governor.lemma_.lower()
            within |= governor.pos_ == "NOUN" and lemma in cues("speech")["nouns"] and below.dep_ in _CLAUSES
            if governor.pos_ == "NOUN" and lemma == "invitation":
                return []  # who passes on an invitation tells of no visit
            aside |= not within and _aside(governor, below)
            verbal = governor.pos_ in ("VERB", "AUX")
            speaks = verbal and lemma in cues("speech")["verbs"] and _said(governor, below)
            asks = verbal and lemma in cues("speech")["asking"] and below.dep_ in _ASKED
            asks = asks and (lemma != "call" or calls_for(governor, below)) and token.lemma_ not in _TRIPS
            if aside and below.dep_ not in ("ccomp", "parataxis"):
                speaks = asks = False
            if speaks or asks:
                found = self._speakers(governor)
                if found:
                    return found + outlets_at(self._referents, told_to(governor))
            if governor.pos_ == "NOUN" and lemma in cues("speech")["nouns"] and _about(governor, below):
                found = self._holders(governor)[:1] or self._misread_report(governor)
                if found:
                    return found
            if lemma in cues("speech")["sharing"] and _shares(governor):
                found = outlets_at(self._referents, subjects(governor))
                if found:
                    return found
            below = governor
        return []

    def _asking(self, verb: Token) -> list[Party]:
        """Return who asks where the asking itself is the event: "X requested fighters from Y"."""
        asks = verb.pos_ == "VERB" and verb.lemma_ in cues("speech")["asking"] and verb.lemma_ != "call"
        return self._speakers(verb) if asks else []

    def _speakers(self, verb: Token) -> list[Party]:
        cited = [party for party in self._referents.parties(quoted_in(verb)) if party.kind in VOICES]
        if cited:
            return cited
        heads = subjects(verb)
        found = [party for party in self._referents.parties(heads) if party.kind in VOICES]
        if not found and any(head.lemma_.lower() in cues("speech")["documents"] for head in heads):
            owned = [owner for head in heads for owner in owners(head)]
            found = self._named(owned) or list(self.sayings.last_before(verb.i))
        found = [as_outlet(self._referents, party) for party in found]
        found = [as_reporter(party) for party in found] if verb.lemma_ == "report" else found
        cited = cited_by(self._referents, verb)
        found = cited + [p for p in found if not cited or is_outlet(p)] or outlets_at(self._referents, heads)
        return found or unnamed(self._referents, verb, heads)

    def _holders(self, noun: Token) -> list[Party]:
        """Return who holds a belief or made a statement: "speculation among X", "Y's statement"."""
        heads = [child for child in noun.children if child.dep_ == "poss"]
        heads += list(preposition(noun, frozenset({"among", "by", "from"})))
        joined = _joined_group(self._referents, heads)
        return joined or [party for party in self._referents.parties(heads) if party.kind in VOICES]

    def _misread_report(self, noun: Token) -> list[Party]:
        """Return who reports where the parser took the verb for a noun: "X reports, quoting Y, that …"."""
        before = [
            c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.i == noun.i - 1
        ]
        if noun.lemma_.lower() != "report" or not before or noun.head != noun:
            return []
        outlets = [as_reporter(as_outlet(self._referents, p)) for p in self._referents.parties(before)]
        return cited_by(self._referents, noun) + [party for party in outlets if is_outlet(party)]

    def _tellers(self, sentence: Span) -> list[Token]:
        """Return the words of a sentence that may say whose words it holds."""
        if sentence.start not in self._telling:
            speech = cues("speech")
            self._telling[sentence.start] = [
                part
                for part in sentence
                if part.lower_ in ("according", "per")
                or part.lemma_ in speech["verbs"]
                or part.lemma_ in speech["sharing"]
                or part.lemma_ in ("report", "quote", "cite")
            ]
        return self._telling[sentence.start]

    def _according(self, token: Token) -> list[Party]:
        for part in self._tellers(token.sent):
            if part.lower_ == "according" or (part.lower_ == "per" and part.pos_ == "ADP"):
                heads = list(preposition(part, frozenset({"to"}))) or [
                    t
                    for child in part.head.children
                    if child.lower_ == "to"
                    for t in child.children
                    if t.dep_ == "pobj"
                ]
                found = self._named(heads) or outlets_at(self._referents, heads)
                for head in heads if not found else ():
                    found = self._named([t for t in head.subtree if t.dep_ in _INSIDE])
                if found:
                    return found[:2]
        return []

    def _named(self, heads: Sequence[Token]) -> list[Party]:
        found = [party for party in self._referents.parties(heads) if party.kind in VOICES]
        return [as_outlet(self._referents, party) for party in found]

    def _as_confirmed(self, token: Token) -> list[Party]:
        """Return who confirmed: "…, as confirmed by X in an announcement to Y"; it covers its sentence."""
        for part in self._tellers(token.sent):
            speaks = part.lemma_ in cues("speech")["verbs"] and part.dep_ in (
                "advcl",
                "ccomp",
                "acl",
                "parataxis",
            )
            if speaks and any(
                c.dep_ in ("mark", "advmod", "prep") and c.lower_ == "as" for c in part.children
            ):
                heads = agents(part) if is_passive(part) or agents(part) else subjects(part)
                found = self._named(heads)[:1] or outlets_at(self._referents, heads)
                if found:
                    return found + outlets_at(self._referents, told_to(part))
        return []

    def _through(self, token: Token) -> Party | None:
        """Return the outlet that reports a sentence: "X reported", "shared a video of"."""
        for part in self._tellers(token.sent):
            reports = part.lemma_ in ("report", "quote", "cite") or (
                part.lemma_ in cues("speech")["sharing"] and _shares(part)
            )
            if reports and part.pos_ == "VERB":
                found = outlets_at(self._referents, subjects(part))
                if found:
                    return found[0]
        return None


def _said(governor: Token, below: Token) -> bool:
    """What is below is the words said: a clause, an object, or the clause in which "X said" was put."""
    if below.dep_ == "prep":
        return below.lower_ in ("of", "about")
    if below.dep_ == "advcl":
        return _clause(below)
    if below.dep_ == "conj":
        return governor.i > below.i or _clause(below)
    return below.dep_ in ("ccomp", "dobj", "xcomp", "dep", "parataxis", "nsubjpass")


def _aside(governor: Token, below: Token) -> bool:
    """Tell whether an event stands only in a clause about a noun: "announced talks with X, which met Y"."""
    lemma = governor.lemma_.lower()
    means = any(lemma in words for words in cues("nouns").values()) or lemma in cues("speech")["nouns"]
    return governor.pos_ in ("NOUN", "PROPN") and below.dep_ in ("relcl", "acl") and not means


def _clause(below: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in below.children)


def _about(noun: Token, below: Token) -> bool:
    return below.dep_ in ("acl", "relcl", "ccomp", "pobj", "prep", "pcomp") or below == noun


def _joined_group(referents: Referents, heads: list[Token]) -> list[Party]:
    """Return an unnamed group in all its words: "foreign governments and experts"."""
    for head in heads:
        found = [p for p in referents.parties([head]) if p.kind == "group"]
        if len(found) > 1:
            start, end = min(p.start for p in found), max(p.end for p in found)
            return [Party(referents.page.stored(start, end), "group", start, end, None, (), "group-joined")]
    return []


def _shares(governor: Token) -> bool:
    return any(head.lemma_.lower() in cues("speech")["shared"] for head in objects(governor))
