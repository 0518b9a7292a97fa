"""Pronouns: whom he, she, it, they and we stand for, by gender, number, nearness; subjects first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import first_person
from kb.reading.antecedents import antecedents
from kb.reading.first_person import FIRST
from kb.reading.model import Party
from kb.reading.sides import is_paper
from kb.reading.talkers import talkers

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_IT: Final = frozenset({"it", "its", "itself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves", "both"})


def resolve(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a pronoun stands for, () where nobody fits."""
    word = token.lower_
    if word in _HE or word in _SHE:
        return _one(referents, token, "female" if word in _SHE else "male")
    if word in _THEY:
        return _many(referents, token)
    if word in _IT:
        return _body(referents, token)
    if word in FIRST:
        return first_person.resolve(referents, token)
    return ()


def _one(referents: Referents, token: Token, gender: str) -> tuple[Party, ...]:
    others = _beside_itself(referents, token)
    for parties in antecedents(referents, token):
        fits = [p for p in parties if p.kind == "person" and p.name not in others]
        persons = [p for p in fits if _gender(referents, p) in (None, gender)]
        if len(persons) == 1:
            return (_linked(persons[0], token, "pronoun"),)
        if len(persons) > 1 and persons[0].rule != "pronoun-talkers":
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
    """Return the host in "X welcomed Y on his first visit": the visit is the guest's.

    "On his visit, X welcomed Y" tells the visit of X.
    """
    journey = token.dep_ == "poss" and token.head.lemma_ in ("visit", "trip", "tour", "arrival", "journey")
    verb = token.head
    while journey and verb.head != verb and verb.pos_ in ("NOUN", "PROPN", "ADP", "SCONJ"):
        verb = verb.head
    hosts = token.i > verb.i and (
        verb.lemma_ in ("welcome", "receive", "greet", "host")
        or (verb.lemma_ == "meet" and token.head.lemma_ == "arrival")
    )
    return [child for child in verb.children if child.dep_ == "nsubj"] if journey and hosts else []


def _many(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom a plural stands for: who acted together before it, else who talked with each other."""
    acts = token.dep_ in ("nsubj", "nsubjpass")
    for found in antecedents(referents, token):
        parties = tuple(party for party in found if not is_paper(party))
        talked = talkers(referents, token) if acts and not _persons(parties) else ()
        if parties and talked:
            return tuple(_linked(party, token, "pronoun-talkers") for party in talked)
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
    talked = talkers(referents, token) if acts else ()
    return tuple(_linked(party, token, "pronoun-talkers") for party in talked)


def _persons(parties: tuple[Party, ...]) -> bool:
    return all(party.kind == "person" for party in parties)


def _body(referents: Referents, token: Token) -> tuple[Party, ...]:
    for parties in antecedents(referents, token):
        if len(parties) == 1 and parties[0].kind in ("state", "organisation", "outlet"):
            return (_linked(parties[0], token, "pronoun-it"),)
    return ()


def _gender(referents: Referents, party: Party) -> str | None:
    for person in referents.people.all():
        if person.name == party.name:
            return person.gender
    return None


def _linked(party: Party, token: Token, rule: str) -> Party:
    return Party(party.name, party.kind, token.idx, token.idx + len(token), party.iri, party.states, rule)
