"""Role paths that survive a parser's slip: at any depth below a trigger, or to its right in the clause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from spacy.tokens import Token

_SHUT: Final = frozenset({"relcl", "advcl", "ccomp", "parataxis", "nsubj", "csubj", "punct"})
"""Links below which another clause, or the doer, stands."""
_FAR: Final = 30
"""Tokens to the right of a trigger that may still belong to it."""
_BEFORE_NOUN: Final = 6
"""Tokens between a preposition and the noun after it that the parser did not hang under it."""
_BOUNDS: Final = frozenset({"border", "frontier", "boundary", "war", "tension", "dispute"})
"""Nouns whose "with X" names no party: "drills on the border with X"."""
_CLAUSE_ENDS: Final = frozenset({";", ":", "—", "–"})


def deep(token: Token, names: frozenset[str]) -> list[Token]:
    """Return the objects of prepositions at any depth below a trigger, the nearest first, clauses left out.

    "The delivery of two boats from X to Y": the parser hangs both parties under the boats.
    """
    found: list[Token] = []
    waiting = [token]
    while waiting:
        word = waiting.pop(0)
        for child in word.children:
            joined = child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")
            if joined or child.dep_ in _SHUT:
                continue
            beside = child.lower_ in names and word.lemma_.lower() not in _BOUNDS
            done = child.lower_ == "by" and word.pos_ == "VERB" and token not in (word, word.head)
            if beside and not done and child.dep_ in ("prep", "dative", "agent", "prt"):
                found += _goals(child)
            waiting.append(child)
    return found


def right(token: Token, names: frozenset[str]) -> list[Token]:
    """Return the object of the first fitting preposition to the right of a trigger in its clause."""
    for word in rest_of_clause(token):
        joins = word.lower_ in names and word.head.lemma_.lower() not in _BOUNDS
        if joins and word.pos_ in ("ADP", "PART", "SCONJ", "ADV"):
            goals = _goals(word) or _noun_after(word)
            if goals:
                return goals
    return []


def rest_of_clause(token: Token) -> Iterator[Token]:
    """Yield the tokens after a trigger up to the next clause that has a subject of its own."""
    for word in token.doc[token.i + 1 : min(token.sent.end, token.i + _FAR)]:
        own = (c for c in word.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > token.i)
        if word.text in _CLAUSE_ENDS or (word.pos_ in ("VERB", "AUX") and any(own)):
            return
        yield word


def _goals(preposition: Token) -> list[Token]:
    return [child for child in preposition.children if child.dep_ in ("pobj", "pcomp")]


def _noun_after(preposition: Token) -> list[Token]:
    end = min(preposition.sent.end, preposition.i + _BEFORE_NOUN)
    for word in preposition.doc[preposition.i + 1 : end]:
        if word.text[0].isupper() and word.pos_ in ("VERB", "ADJ", "X"):
            return [word]  # a name that the parser took for a verb: "handed over to Belize"
        if word.pos_ in ("NOUN", "PROPN") and not (word.dep_ == "compound" and word.head.i > word.i):
            return [word]
        if word.pos_ in ("VERB", "AUX", "PUNCT"):
            return []
    return []


REACHES: Final[dict[str, Callable[[Token, frozenset[str]], list[Token]]]] = {"deep": deep, "right": right}
"""Walks whose names stand after a colon: "deep:to|for"."""
