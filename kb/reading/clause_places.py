"""Where a clause says that its event happened, also where the parser hung the place elsewhere in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.syntax import carrier
from kb.reading.tree import ancestors

_IN: Final = frozenset({"in", "at", "aboard", "through", "inside", "outside"})


def places_of_clause(token: Token) -> Iterator[Token]:
    """Yield the nouns of place after "in" and "at" that belong to a trigger's clause, the nearest first.

    Between place and clause may stand only a time ("for the first time in X"), a paper that is signed
    ("signed a treaty in X"), an occasion ("at a ceremony in X") or a name; all else has its own place.
    """
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    if clause is None and token.dep_ in ("nsubj", "nsubjpass"):
        clause = token.head
    if clause is None:
        return
    tops = {token.i, clause.i}
    words = sorted(token.sent, key=lambda word: (word.i < token.i, abs(word.i - token.i)))
    for word in words:
        if word.dep_ == "prep" and word.lower_ in _IN and _reaches(word, tops):
            yield from (child for child in word.children if child.dep_ == "pobj")


def pointers(verb: Token) -> list[Token]:
    """Return the "there", "where" or "here" of a verb's clause, none that stands for nothing ("there is")."""
    near = [word for child in verb.children for word in (child, *child.children)]
    found = [word for word in near if word.lower_ in ("there", "where", "here") and word.dep_ != "expl"]
    return [word for word in found if word.lower_ != "where" or verb.dep_ in ("relcl", "advcl", "acl")]


def occasions(token: Token) -> Iterator[Token]:
    """Yield the occasions on which a trigger's clause says that it happened: "during a ceremony"."""
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    for holder in (token, *([clause] if clause is not None and clause != token else [])):
        for word in holder.children:
            if word.dep_ == "prep" and word.lower_ in ("at", "during", "in", "on", "following", "after"):
                for noun in word.children:
                    if noun.dep_ == "pobj" and noun.lemma_.lower() in nominals()["told_on"]:
                        yield noun


def places_at(noun: Token) -> Iterator[Token]:
    """Yield the nouns after an occasion's own "in" and "at"."""
    for word in noun.children:
        if word.dep_ == "prep" and word.lower_ in _IN:
            yield from (child for child in word.children if child.dep_ == "pobj")


def host_places(token: Token) -> Iterator[Token]:
    """Yield the subject of what hosts an event: "X hosted talks between Y and Z"."""
    verbs = [carrier(token)] if token.pos_ == "NOUN" else []
    verbs += [child for child in token.children if child.dep_ == "amod" and child.tag_ == "VBN"]  # a slip
    for verb in verbs:
        if verb is None or verb.lemma_ not in ("host", "witness", "see"):
            continue
        yield from (child for child in verb.children if child.dep_ == "nsubj" and child.pos_ == "PROPN")


def _reaches(preposition: Token, tops: set[int]) -> bool:
    """Tell whether a preposition belongs to a clause, with nothing between that has a place of its own."""
    if preposition.head.i in tops:
        return True
    for above in ancestors(preposition):
        if above.i in tops:
            return True
        if above.pos_ == "VERB":
            if not (
                above.dep_ == "acl" and above.tag_ == "VBN" and above.lemma_ in nominals()["holding_verbs"]
            ):
                return False
        elif above.pos_ in ("NOUN", "PROPN", "NUM") and not _is_passed(above):
            return False
    return False


def _is_passed(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if noun.pos_ == "NUM" or noun.ent_type_ in ("DATE", "TIME", "ORDINAL"):
        return True
    if noun.pos_ == "PROPN":
        return noun.ent_type_ == "PERSON" or noun.dep_ == "appos"
    return any(lemma in nominals()[kind] for kind in ("passed_times", "passed_papers", "passed_occasions"))
