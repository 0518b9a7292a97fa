"""Where a clause says that its event happened, also where the parser hung the place elsewhere in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.syntax import carrier
from kb.reading.tree import ancestors, once_each, sentence_start

IN: Final = frozenset({"in", "at", "aboard", "through", "inside", "outside"})
_PASSED: Final = ("passed_times", "passed_papers", "passed_occasions")
_FRAMES: Final = frozenset({"occasion", "part", "framework", "course", "margin", "sideline", "eve"})


def places_of_clause(token: Token) -> Iterator[Token]:
    """Yield the nouns of place after "in" and "at" that belong to a trigger's clause, the nearest first.

    Between place and clause may stand only a time ("for the first time in X"), a paper that is signed
    ("signed a treaty in X"), an occasion ("at a ceremony in X") or a name; all else has its own place.
    """
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    if clause is None and token.dep_ in ("nsubj", "nsubjpass"):
        clause = token.head
    if clause is None:
        clause = _occasion_of(token)
    if clause is None:
        return
    yield from _reaching(token, clause, _PASSED)


def _occasion_of(noun: Token) -> Token | None:
    """Return the verb of what happens on the occasion of an event: "had a busy day in X during his visit"."""
    above = noun.head
    while above.head != above and (above.pos_ == "ADP" or above.lemma_ in _FRAMES):
        above = above.head
    return above if noun.dep_ == "pobj" and above.pos_ in ("VERB", "AUX") else None


def towns_of_clause(token: Token) -> Iterator[Token]:
    """Yield the nouns that are of a trigger's clause if they name a town: "discussed relations in X".

    What is no town may be where the things stand that are talked of: "discussed cooperation in the Arctic".
    """
    clause = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    yield from _reaching(token, clause or token, (*_PASSED, "passed_topics"))


@once_each
def _leading(first: Token) -> list[Token]:
    """Return the words of a sentence, by its first word, that may lead to a place."""
    return [word for word in first.sent if word.dep_ == "prep" or word.lower_ == "board"]


def _reaching(token: Token, clause: Token, passed: Collection[str]) -> Iterator[Token]:
    tops = {token.i, clause.i}
    words = _leading(token.doc[sentence_start(token)])
    for word in sorted(words, key=lambda word: (word.i < token.i, abs(word.i - token.i))):
        if word.dep_ == "prep" and word.lower_ in IN and _reaches(word, tops, passed):
            yield from (child for child in word.children if child.dep_ == "pobj")
        elif word.lower_ == "board" and word.head.lower_ == "on" and _reaches(word.head, tops, passed):
            yield from (
                child for child in (*word.children, *word.head.children) if child.dep_ in ("dobj", "pobj")
            )


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
        if word.dep_ == "prep" and word.lower_ in IN:
            yield from (child for child in word.children if child.dep_ == "pobj")


def attended(verb: Token) -> Iterator[Token]:
    """Yield the occasion that somebody attends or holds: "attended the X summit"."""
    if verb.lemma_ in nominals()["attending_verbs"]:
        for noun in verb.children:
            if noun.dep_ == "dobj" and noun.lemma_.lower() in nominals()["passed_occasions"]:
                yield noun


def host_places(token: Token) -> Iterator[Token]:
    """Yield the subject of what hosts an event: "X hosted talks between Y and Z"."""
    verbs = [carrier(token)] if token.pos_ == "NOUN" else []
    verbs += [child for child in token.children if child.dep_ == "amod" and child.tag_ == "VBN"]  # a slip
    for verb in verbs:
        if verb is None or verb.lemma_ not in ("host", "witness", "see"):
            continue
        yield from (child for child in verb.children if child.dep_ == "nsubj" and child.pos_ == "PROPN")


def _reaches(preposition: Token, tops: set[int], passed: Collection[str]) -> bool:
    """Tell whether a preposition belongs to a clause, with nothing between that has a place of its own."""
    if preposition.head.i in tops:
        return True
    for above in ancestors(preposition):
        if above.i in tops:
            return True
        if (
            above.dep_ == "dobj"
            and above.head.lemma_ == "discuss"
            and _is_passed(above, ("passed_occasions",))
        ):
            return False  # "discussed the meeting in X"
        if above.pos_ == "VERB":
            if not (_only_tells_where(above) or ("passed_topics" in passed and _is_wish(above))):
                return False
        elif above.pos_ in ("NOUN", "PROPN", "NUM") and not _is_passed(above, passed):
            return False
    return False


def _only_tells_where(verb: Token) -> bool:
    """Tell whether a verb says of an occasion or paper only that it took place: "the summit held in X"."""
    told = (verb.dep_ == "acl" and verb.tag_ == "VBN") or verb.dep_ == "relcl"
    return told and verb.lemma_ in nominals()["holding_verbs"]


def _is_wish(verb: Token) -> bool:
    """Tell whether a verb is what parties would do with their relations: "discussed deepening ties in X"."""
    return verb.dep_ in ("xcomp", "pcomp", "conj") and verb.lemma_ in nominals()["passed_wishes"]


def _is_passed(noun: Token, passed: Collection[str]) -> bool:
    lemma = noun.lemma_.lower()
    if noun.pos_ == "NUM" or noun.ent_type_ in ("DATE", "TIME", "ORDINAL"):
        return True
    if noun.pos_ == "PROPN" and (noun.ent_type_ == "PERSON" or noun.dep_ == "appos"):
        return True
    if noun.pos_ == "PROPN":
        return lemma in nominals()["passed_occasions"]
    return any(lemma in nominals()[kind] for kind in passed)
