"""Where one speaks, goes or stays at the time of an event, as a clause tells it beside its roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.clause_places import IN, places_at
from kb.reading.data import nominals
from kb.reading.syntax import carrier

_WHILE: Final = frozenset({"during", "on", "upon"})
_SPEAKING: Final = frozenset({"speak", "talk", "appear"})
_HEARERS: Final = frozenset({"reporter", "journalist"})


def gone_to(token: Token) -> Iterator[Token]:
    """Yield where one goes for an event: "went to X to sign", "visited X for talks"."""
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    going = clause.head if clause is not None and clause.dep_ in ("advcl", "xcomp") else None
    if going is None and token.dep_ == "pobj" and token.head.lower_ == "for":
        going = token.head.head
    if going is not None and going.lemma_ in nominals()["going_verbs"]:
        if going.lemma_ in ("visit", "tour"):
            yield from (child for child in going.children if child.dep_ == "dobj")
        yield from _goals(going)


def stayed_in(token: Token) -> Iterator[Token]:
    """Yield where one is at the time of an event: "met during a visit to X"."""
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    for word in clause.children if clause is not None else ():
        if word.dep_ == "prep" and word.lower_ in _WHILE:
            for noun in word.children:
                if noun.dep_ == "pobj" and noun.lemma_ in nominals()["stays"]:
                    yield from _goals(noun)


def _goals(word: Token) -> Iterator[Token]:
    for preposition in word.children:
        if preposition.dep_ == "prep" and preposition.lower_ in ("to", "in", "at"):
            yield from (child for child in preposition.children if child.dep_ == "pobj")


def saying_after(noun: Token) -> Token | None:
    """Return the verb of what was said at or after talks: "said in X, after talks with Y"."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun
    while verb.dep_ in ("ccomp", "xcomp", "advcl") and verb.head.pos_ == "VERB":
        verb = verb.head
    return verb if verb.pos_ == "VERB" else None


def said_at(verb: Token) -> Iterator[Token]:
    """Yield the nouns of place in which somebody says something: "said on Monday in X that", "In X, Y said".

    After an object or a clause "in X" may be of what is spoken of: "condemned the attack in X".
    """
    if verb.pos_ not in ("VERB", "AUX"):
        return
    speaking = [c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in _SPEAKING and c.tag_ == "VBG"]
    for word in (*verb.children, *(child for one in speaking for child in one.children)):
        opens = word.i < verb.i and not any(
            t.pos_ in ("VERB", "NOUN", "PROPN") for t in word.doc[word.sent.start : word.i]
        )
        if word.dep_ == "prep" and word.lower_ in IN and (opens or _follows(word)):
            yield from (child for child in word.children if child.dep_ == "pobj")
    yield from stayed_in(verb)
    for hearer in verb.children:
        if hearer.dep_ == "dobj" and hearer.lemma_ in _HEARERS:
            yield from places_at(hearer)


def _follows(preposition: Token) -> bool:
    """Tell whether only times stand between a verb and its preposition."""
    head = preposition.head
    return preposition.i > head.i and all(
        word.pos_ in ("ADV", "ADP", "NUM") or word.ent_type_ in ("DATE", "TIME") or word.lemma_ in _HEARERS
        for word in preposition.doc[head.i + 1 : preposition.i]
    )
