"""Pronouns: whom he, she, it, they and we stand for, by gender, number, nearness; subjects first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from spacy.tokens import Span, Token

from kb.reading.data import cues
from kb.reading.model import Party
from kb.reading.sides import is_paper

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_IT: Final = frozenset({"it", "its", "itself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves", "both"})
_SPEAKER: Final = frozenset({"i", "me", "my", "we", "us", "our", "ours"})
REACH: Final = 3
"""How many sentences a pronoun looks back."""


def resolve(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a pronoun stands for, () where nobody fits."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return _one(referents, token, "female" if word in _SHE else "male")
    if word in _THEY:
        return _many(referents, token)
    if word in _IT:
        return _body(referents, token)
    if word in _SPEAKER:
        return _speaker(referents, token)
    return ()


def _one(referents: Referents, token: Token, gender: str) -> tuple[Party, ...]:
    others = _beside_itself(referents, token)
    for parties in antecedents(referents, token):
        fits = [p for p in parties if p.kind == "person" and p.name not in others]
        persons = [p for p in fits if _gender(referents, p) in (None, gender)]
        if len(persons) == 1:
            return (_linked(persons[0], token, "pronoun"),)
        if len(persons) > 1:
            return ()
    return ()


def _beside_itself(referents: Referents, token: Token) -> frozenset[str]:
    """Return whom an object is not: the subject of its own clause, for "X met him" is of two."""
    guest = _welcomer(token)
    if guest:
        return frozenset(party.name for party in referents.parties(guest))
    noun = token.head if token.dep_ == "poss" and token.head.lemma_ == "side" else token
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    object_ = noun.dep_ in ("dobj", "dative", "pobj") and not token.lower_.endswith("self")
    if not object_ or verb.pos_ not in ("VERB", "AUX"):
        return frozenset()
    own = [child for child in verb.children if child.dep_ == "nsubj" and child.pos_ != "PRON"]
    return frozenset(party.name for party in referents.parties(own))


def _welcomer(token: Token) -> list[Token]:
    """Return the host in "X welcomed Y on his first visit": the visit is the guest's."""
    journey = token.dep_ == "poss" and token.head.lemma_ in ("visit", "trip", "tour", "arrival", "journey")
    verb = token.head
    while journey and verb.head != verb and verb.pos_ in ("NOUN", "PROPN", "ADP", "SCONJ"):
        verb = verb.head
    hosts = journey and (
        verb.lemma_ in ("welcome", "receive", "greet", "host")
        or (verb.lemma_ == "meet" and token.head.lemma_ == "arrival")
    )
    return [child for child in verb.children if child.dep_ == "nsubj"] if hosts else []


def _many(referents: Referents, token: Token) -> tuple[Party, ...]:
    for found in antecedents(referents, token):
        parties = tuple(party for party in found if not is_paper(party))
        if len(parties) > 1 and all(
            p.kind == "organisation" and not p.states and p.iri is None for p in parties
        ):
            continue  # papers and plans do not act
        if len(parties) > 1:
            return tuple(_linked(party, token, "pronoun-plural") for party in parties)
        if parties and parties[0].kind in ("group", "organisation"):
            return (_linked(parties[0], token, "pronoun-group"),)
        if parties and parties[0].kind == "state" and parties[0].rule in ("demonym", "body"):
            return (_linked(parties[0], token, "pronoun-state"),)
    return ()


def _body(referents: Referents, token: Token) -> tuple[Party, ...]:
    for parties in antecedents(referents, token):
        if len(parties) == 1 and parties[0].kind in ("state", "organisation", "outlet"):
            return (_linked(parties[0], token, "pronoun-it"),)
    return ()


def _speaker(referents: Referents, token: Token) -> tuple[Party, ...]:
    """I and we are whoever speaks: who is said to, near by; in a government's own text that state."""
    home = referents.page.home
    if home is not None and not referents.quotations.holds(token.idx):
        return (referents.state_party(home, token.idx, token.idx + len(token), "speaker"),)
    for subject in _who_may_speak(referents, token):
        if referents.quotations.holds(subject.idx) or subject.lower_ in _SPEAKER:
            continue
        found = [p for p in referents.single(subject) if p.kind in ("person", "state", "organisation")]
        if found:
            return (_linked(_acting(referents, found[0], token), token, "speaker"),)
    return ()


def _acting(referents: Referents, party: Party, token: Token) -> Party:
    """Return the state for which an official says "we" where only states do it: "we will expel envoys"."""
    acts = token.head.lemma_ in cues("deeds")["all"] and token.lower_ in ("we", "us")
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
    for sentence in _back(token.sent):
        yield from subject_tokens(sentence)


def antecedents(referents: Referents, token: Token) -> Iterator[tuple[Party, ...]]:
    """Yield what may stand behind a pronoun, the likeliest first: subjects before others, near before far.

    A pronoun in what stands before its clause's subject looks forward to it: "Since his arrival, X …".
    """
    for subject in _fronted(token):
        found = referents.parties([subject])
        if found:
            yield found
    for distance, sentence in enumerate(_back(token.sent)):
        if distance > REACH:
            return
        for candidate in subject_tokens(sentence):
            if candidate.i < token.i and not _inside(candidate, token):
                found = referents.parties([candidate])
                if found:
                    yield found
        for mention in referents.page.mentions_in(sentence.start, min(sentence.end, token.i)):
            head = referents.page.doc[mention.first : mention.last + 1].root
            if not _inside(head, token):
                found = referents.single(head)
                if found:
                    yield found


def _fronted(token: Token) -> list[Token]:
    root = token.sent.root
    own = [child for child in root.children if child.dep_ in ("nsubj", "nsubjpass") and child.i > token.i]
    inside = [c for c in root.children if c.dep_ in ("prep", "advcl") and c.i < root.i and token in c.subtree]
    return own if inside and token.i - token.sent.start < 15 and own and own[0].i > inside[0].i else []


def subject_tokens(sentence: Span) -> list[Token]:
    """Return the subjects of a sentence, that of its main clause first."""
    found = [
        token
        for token in sentence
        if token.dep_ in ("nsubj", "nsubjpass") and token.lower_ not in ("who", "which", "that", "what")
    ]
    root = sentence.root
    if root.pos_ == "NOUN" and any(child.dep_ == "acl" and child.tag_ == "VBN" for child in root.children):
        found.append(root)  # "The two officials condemned …", read as "officials who were condemned"
    return sorted(found, key=lambda token: (_depth(token), token.i))


def _depth(token: Token) -> int:
    depth = 0
    while token.head != token:
        token, depth = token.head, depth + 1
    return depth


def _back(sentence: Span) -> Iterator[Span]:
    yield sentence
    document, start = sentence.doc, sentence.start
    while start > 0:
        previous = document[start - 1].sent
        start = previous.start
        if not previous.text.isspace():
            yield previous


def _inside(candidate: Token, token: Token) -> bool:
    """A phrase does not stand behind a pronoun that is part of it."""
    return candidate == token or (
        candidate.is_ancestor(token) and token.dep_ == "poss" and token.head == candidate
    )


def _gender(referents: Referents, party: Party) -> str | None:
    for person in referents.people.all():
        if person.name == party.name:
            return person.gender
    return None


def _linked(party: Party, token: Token, rule: str) -> Party:
    return Party(party.name, party.kind, token.idx, token.idx + len(token), party.iri, party.states, rule)
