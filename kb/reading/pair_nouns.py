"""Plurals that point back to two or more: "the two leaders", "both sides", "the ministers"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.dates_words import date_words
from kb.reading.extents import of_noun
from kb.reading.model import Party
from kb.reading.pairs import (
    counted_states,
    leaders_listed,
    pair_of_people,
    pair_of_states,
    titled_pair,
)
from kb.reading.talkers import talkers
from kb.reading.titled import holder_in

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_PLAIN: Final = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "both",
        "neighbouring",
        "neighboring",
        "same",
        "other",
        "respective",
        "foreign",
        "prime",
        "defence",
        "defense",
    }
)
_DEFINITE: Final = frozenset({"the", "both", "these", "those", "his", "her", "their", "this", "that"})


def pair(referents: Referents, token: Token, lemma: str) -> tuple[Party, ...]:
    """Return the persons or states for whom a plural stands, () where it is none of a pair's."""
    words = nominals()
    start, end = of_noun(token)
    count = _count(token)
    if count is not None and count > 2:
        told = counted_states(referents, token, count) if lemma in words["state_pairs"] else []
        return tuple(referents.state_party(state, start, end, "counted-states") for state in told)
    if lemma in words["pairs"] or token.lower_ in words["pairs"]:
        return _pair_of_people(referents, token, lemma)
    if lemma in words["state_pairs"]:
        states = pair_of_states(referents, token)
        return tuple(referents.state_party(state, start, end, "state-pair") for state in states)
    return ()


def _count(token: Token) -> int | None:
    """Return how many a plural says they are: "the three countries"."""
    numbers = date_words().numbers
    told = [c.lower_ for c in token.children if c.dep_ == "nummod"]
    return next((numbers[word] for word in told if word in numbers), None)


def _pair_of_people(referents: Referents, token: Token, lemma: str) -> tuple[Party, ...]:
    start, end = of_noun(token)
    if of_the_two(token):
        states = pair_of_states(referents, token)
        held = [one for state in states if (one := holder_in(referents, token, state, lemma)) is not None]
        if len(held) == 2:
            return tuple(held)
    listed = leaders_listed(referents, token)
    if listed:
        return tuple(replace(party, start=start, end=end, rule="leaders-listed") for party in listed)
    two = titled_pair(referents, referents.page.text[start:end], lemma, token.idx)
    two = two or pair_of_people(referents, token.idx)
    if two:
        return tuple(referents.party(person, start, end, "pair") for person in two)
    talked = talkers(referents, token)
    talked = talked if len(talked) == 2 else ()
    return tuple(replace(party, start=start, end=end, rule="pair-talkers") for party in talked)


def definite(token: Token) -> bool:
    """Tell whether a plural points back: "the leaders", "both", "the two"; not "two officials"."""
    kinds = ("det", "nummod", "poss", "predet", "amod")
    children = {child.lower_ for child in token.children if child.dep_ in kinds}
    said = [c for c in token.children if c.dep_ in ("amod", "compound", "nmod") and c.lower_ not in _PLAIN]
    return (bool(children & _DEFINITE) or token.lower_ in ("two", "both")) and not said


def of_others(referents: Referents, token: Token) -> bool:
    """Tell whether a plural is of others than the two at hand: "the leaders of Z's 28 members"."""
    named = [part for noun in _of(token) for part in (noun, *noun.children)]
    return any(
        (part.like_num and part.lower_ not in ("two", "2")) or referents.page.mention_at(part) is not None
        for part in named
    )


def of_the_two(token: Token) -> bool:
    """Tell whether a plural is of the two states: "the presidents of the two countries"."""
    return any(noun.lemma_.lower() in nominals()["state_pairs"] and noun.tag_ == "NNS" for noun in _of(token))


def _of(token: Token) -> list[Token]:
    of = [child for child in token.children if child.dep_ == "prep" and child.lower_ == "of"]
    return [noun for child in of for noun in child.children if noun.dep_ == "pobj"]
