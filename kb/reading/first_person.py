"""Whom I and we stand for: who has the floor, who is said to speak near by, whose outlet it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import home_offices
from kb.reading.antecedents import back, subject_tokens
from kb.reading.data import cues
from kb.reading.model import Party

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

ALONE: Final = frozenset({"i", "me", "my", "mine", "myself"})
FIRST: Final = ALONE | {"we", "us", "our", "ours", "ourselves"}


def resolve(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom the first person stands for: who has the floor, else the state whose government speaks."""
    floor = None if referents.quotations.holds(token.idx) else referents.turns.at(token.idx)
    if floor is not None:
        return (_linked(_acting(referents, floor, token), token),)
    home = referents.page.home
    if home is not None and not referents.quotations.holds(token.idx):
        leader = _leader(referents, token) if token.lower_ in ALONE else None
        if leader is not None:
            return (leader,)
        return (referents.state_party(home, token.idx, token.idx + len(token), "speaker"),)
    for subject in _who_may_speak(referents, token):
        if referents.quotations.holds(subject.idx) or subject.lower_ in FIRST:
            continue
        found = [p for p in referents.single(subject) if p.kind in ("person", "state", "organisation")]
        if found:
            return (_linked(_acting(referents, found[0], token), token),)
    return ()


def _leader(referents: Referents, token: Token) -> Party | None:
    """Return whose office the outlet is: "I" in a presidency's own text that names no speaker."""
    roles = home_offices.own_roles(referents.page) & {"HeadOfState", "HeadOfGovernment"}
    return home_offices.holder(referents, roles, token.idx, token.idx + len(token))


def _acting(referents: Referents, party: Party, token: Token) -> Party:
    """Return the state for which an official says "we" where only states do it: "we will expel envoys"."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    acts = verb.lemma_ in cues("deeds")["all"] and token.lower_ in ("we", "us")
    if not acts or len(party.states) != 1:
        return party
    return referents.state_party(party.states[0], party.start, party.end, "speaker")


def _who_may_speak(referents: Referents, token: Token) -> Iterator[Token]:
    """Yield the subjects of verbs of speech in a token's sentence, before and after it in its paragraph, then
    any subjects before it."""
    start, end = referents.quotations.paragraph(token.idx)
    span = token.doc.char_span(start, end, alignment_mode="contract")
    near = list(span) if span is not None else list(token.sent)
    tags = [
        part
        for verb in near
        if verb.lemma_ in cues("speech")["verbs"]
        for part in verb.children
        if part.dep_ == "nsubj"
    ]
    yield from (part for part in tags if part.sent == token.sent)
    yield from (part for part in reversed(tags) if part.i < token.i)
    yield from (part for part in tags if part.i > token.i)
    for sentence in back(token.sent):
        yield from subject_tokens(sentence)


def _linked(party: Party, token: Token) -> Party:
    return replace(party, start=token.idx, end=token.idx + len(token), rule="speaker")
