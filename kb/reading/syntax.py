"""Walk a dependency tree: logical subject and object, prepositions, conjuncts, what governs what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues, nominals
from kb.reading.tree import (
    agents,
    ancestors,
    is_gerund,
    is_passive,
    named_before_insertion,
    once_each,
    owners,
)

_RELATIVE: Final = frozenset({"who", "which", "that", "whom"})
_TAKING: Final = frozenset(
    {"accept", "receive", "get", "have", "decline", "reject", "welcome", "refuse", "take"}
)
"""What one does with an invitation to oneself."""
_TIMES: Final = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday",
     "tomorrow", "morning", "afternoon", "evening", "night", "week", "month"}
)  # fmt: skip
_HOSTING: Final = frozenset({"receive", "welcome", "greet", "host", "meet"})
_ABOARD: Final = 7
"""Words after "on board" in which the ship is named."""
_OPEN: Final = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "dep", "prep"})
_BIDDING: Final = frozenset(
    {"invite", "ask", "urge", "request", "order", "tell", "press", "allow", "encourage"}
)
"""Verbs whose object does what an infinitive beside it says."""


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Return the heads of a verb's logical subject, inherited where the verb has none of its own."""
    return _subjects(verb, depth) if depth else _subjects_from(verb)


@once_each
def _subjects_from(verb: Token) -> list[Token]:
    return _subjects(verb, 0)


def _subjects(verb: Token, depth: int) -> list[Token]:
    if depth > 5:
        return []
    if is_passive(verb):
        return agents(verb)
    if is_gerund(verb):
        governor = next((t for t in ancestors(verb.head) if t.pos_ in ("VERB", "AUX")), None)
        return subjects(governor, depth + 1) if governor is not None else []
    own = [child for child in verb.children if child.dep_ == "nsubj"]
    own = own or _misread_subject(verb) or _subject_on_the_left(verb)
    if own:
        return [_antecedent(verb, token) for token in own]
    lost = named_before_insertion(verb)
    if lost is not None:
        return [lost]
    if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN", "VBD"):
        if verb.head.lemma_.lower() in cues("speech")["nouns"]:
            return owners(verb.head) or carried(verb.head, depth + 1)
        shown = verb.head.lemma_.lower() in cues("speech")["shared"]
        return (list(preposition(verb.head, frozenset({"of"}))) if shown else []) or [verb.head]
    return inherited(verb, depth)


def _misread_subject(verb: Token) -> list[Token]:
    """Return a name right before a finite verb that the parser took for an adverb."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else verb
    named = before.pos_ == "PROPN" and before.head == verb and before.dep_ in ("advmod", "npadvmod", "dep")
    return [before] if named and verb.tag_ in ("VBD", "VBZ", "VBP") else []


def _subject_on_the_left(verb: Token) -> list[Token]:
    """Return the noun phrase right before a finite verb that the parser hung on an earlier noun.

    "At the invitation of X, Y will pay a visit": Y was taken for another name of X.
    """
    modal = [child for child in verb.children if child.tag_ == "MD"]
    if not (modal or verb.tag_ in ("VBD", "VBZ", "VBP")) or verb.dep_ in ("acl", "relcl", "amod"):
        return []
    first = min([verb.i, *(child.i for child in verb.children if child.dep_ in ("aux", "neg", "auxpass"))])
    if first == verb.sent.start:
        return []
    noun = verb.doc[first - 1]
    while noun.dep_ in ("pobj", "prep", "compound", "flat") and noun.head.i < noun.i:
        noun = noun.head
    led = next((t for t in ancestors(noun) if t.dep_ == "acl"), None)
    if led is not None and led.tag_ == "VBN" and noun.dep_ == "conj" and led.head.pos_ in ("NOUN", "PROPN"):
        return [led.head]  # "X, accompanied by Y and Z, landed"
    top = noun
    while top.dep_ == "conj" and top.head.i < top.i:
        top = top.head
    hung = noun.dep_ in ("appos", "conj") and noun.pos_ in ("NOUN", "PROPN") and top.head != verb
    return [noun if noun.dep_ == "appos" else top] if hung and noun.right_edge.i < first else []


def inherited(verb: Token, depth: int) -> list[Token]:
    """Return the subject of what governs a verb that has none: "plans to visit", "met X and left"."""
    head = verb.head
    if head == verb or verb.dep_ not in (*_OPEN, "conj", "acl", "relcl"):
        return []
    if verb.dep_ == "prep" or (head.pos_ == "ADP" and verb.dep_ == "pcomp"):
        head = head.head if head.pos_ == "ADP" else head
    of_whom = (
        verb.dep_ == "xcomp"
        or (verb.dep_ == "pcomp" and verb.head.lower_ in ("of", "for", "from", "on"))
        or is_bidden(verb)
    )
    if of_whom and head.lemma_ in cues("object_control")["all"]:
        controlled = objects(head) or list(preposition(head, frozenset({"on", "upon", "to"})))
        if controlled:
            return controlled
    planned = intended(verb)
    if planned is not None:
        return owners(planned) or [
            c for c in planned.children if c.dep_ in ("compound", "amod") and c.text.istitle()
        ]
    if verb.dep_ == "conj" and head.dep_ == "relcl" and verb.tag_ == "VBD" and head.tag_ in ("VBZ", "VBP"):
        matrix = next((t for t in ancestors(head) if t.pos_ == "VERB" and t.tag_ == "VBD"), None)
        if matrix is not None:  # the parser hung "and welcomed" under "the role that X plays"
            return subjects(matrix, depth + 1)
    if verb.dep_ == "conj" and is_passive(head):
        return patients(head)
    if head.pos_ in ("VERB", "AUX"):
        return patients(head) if is_passive(head) and verb.dep_ != "conj" else subjects(head, depth + 1)
    if head.pos_ == "ADJ" and head.head.pos_ in ("VERB", "AUX") and head.dep_ in ("acomp", "attr"):
        return subjects(head.head, depth + 1)
    if head.pos_ in ("NOUN", "PROPN"):
        if head.lemma_.lower() == "invitation":
            return _invited(head, depth + 1)
        return _meant_by(head) or owners(head) or carried(head, depth + 1)
    return []


def is_bidden(verb: Token) -> bool:
    """Tell whether an infinitive says what somebody is asked to do, however the parser hung it there."""
    asked = verb.head.lemma_ in _BIDDING and verb.dep_ in ("xcomp", "advcl") and verb.tag_ == "VB"
    return asked and any(child.lower_ == "to" for child in verb.lefts)


def _invited(noun: Token, depth: int) -> list[Token]:
    """Return who is to go where an invitation calls: who accepts it, else to whom it goes."""
    verb = noun.head
    if verb.pos_ == "VERB" and verb.lemma_ in _TAKING and noun.dep_ in ("dobj", "nsubjpass", "pobj", "prep"):
        return subjects(verb, depth)
    to = frozenset({"to", "for"})
    given = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    return [*preposition(noun, to), *given] or (list(preposition(verb, to)) if verb.pos_ == "VERB" else [])


def intended(verb: Token) -> Token | None:
    """Return the decision that an infinitive spells out: "welcomed the Y decision to buy"."""
    if verb.dep_ != "xcomp":
        return None
    nouns = (child for child in verb.head.children if child.dep_ == "dobj")
    return next((noun for noun in nouns if noun.lemma_.lower() in cues("nouns")["planned"]), None)


def _meant_by(noun: Token) -> list[Token]:
    """Return who is to do what a plan or an invitation is about: "plans for X to visit"."""
    return list(preposition(noun, frozenset({"for"})))


def patients(verb: Token) -> list[Token]:
    """Return the subject of a passive, or the noun that a participle modifies."""
    own = [child for child in verb.children if child.dep_ == "nsubjpass"]
    if own:
        return [_antecedent(verb, token) for token in own]
    if verb.dep_ == "conj":
        return patients(verb.head) if is_passive(verb.head) else subjects(verb.head)
    if verb.dep_ == "acl":
        return [verb.head]
    if verb.dep_ in ("xcomp", "advcl") and verb.head.pos_ in ("VERB", "AUX"):
        return patients(verb.head) if is_passive(verb.head) else subjects(verb.head)
    return []


@once_each
def objects(verb: Token) -> list[Token]:
    """Return the heads of a verb's logical object."""
    if is_passive(verb):
        return patients(verb)
    if is_gerund(verb):
        return [verb.head]
    own = [
        child
        for child in verb.children
        if child.dep_ in ("dobj", "attr", "oprd") or (child.dep_ == "dep" and child.pos_ == "PROPN")
    ]
    if own:
        joined = [c for c in verb.children if c.dep_ == "conj" and c.pos_ == "PROPN" and c.i > own[-1].i]
        return [_antecedent(verb, token) for token in [*own, *joined]]
    relative = any(
        child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in _RELATIVE for child in verb.children
    )
    placed = any(child.lower_ in ("where", "when", "why") for child in verb.children)
    if (
        verb.dep_ == "relcl"
        and not relative
        and not placed
        and any(child.dep_ == "nsubj" for child in verb.children)
    ):
        return [verb.head]
    given = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    return given or _after_time(verb) or _behind_place(verb)


def _behind_place(verb: Token) -> list[Token]:
    """Return the guest whom the parser took for part of a place: "received at the Works President X"."""
    if verb.lemma_ not in _HOSTING:
        return []
    places = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("at", "in", "on", "aboard")]
    nouns = [noun for place in places for noun in place.children if noun.dep_ == "pobj"]
    titles = nominals()["title_words"]
    return [n for n in nouns if n.pos_ == "PROPN" and any(c.lower_ in titles for c in n.lefts)]


def _after_time(verb: Token) -> list[Token]:
    """Return the object that the parser joined to a day before it: "phoned on Sunday X"."""
    days = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and c.i == verb.i + 1]
    nouns = [noun for day in days for noun in day.children if noun.dep_ == "pobj" and noun.pos_ == "PROPN"]
    return [n for n in nouns if n.left_edge.lower_ in _TIMES and n.left_edge != n and n.lower_ not in _TIMES]


def carried(noun: Token, depth: int = 0) -> list[Token]:
    """Return the subject of the light verb that carries a noun: "X held talks", "X took part in talks"."""
    verb = carrier(noun)
    if verb is None or depth > 5:
        return []
    empty = verb.lemma_ == "be" and noun.dep_ == "attr"
    return [
        t for t in subjects(verb, depth + 1) if not (empty and t.lower_ in ("it", "this", "that", "there"))
    ]


def carrier(noun: Token) -> Token | None:
    """Return the light verb that carries a noun, None where there is none."""
    found = _carriers(noun)
    return found[0] if found else None


@once_each
def _carriers(noun: Token) -> list[Token]:
    head, link = noun.head, noun.dep_
    for _ in range(5):
        if link == "conj" and head.pos_ in ("NOUN", "PROPN"):
            head, link = head.head, head.dep_
        elif link == "pobj" and head.pos_ == "ADP":
            head, link = head.head, head.dep_
            if head.pos_ in ("NOUN", "PROPN"):
                if head.lemma_.lower() not in (
                    "part",
                    "series",
                    "number",
                    "round",
                    "place",
                    "course",
                    "visit",
                    "day",
                    "hour",
                    "minute",
                    "string",
                ):
                    return []
                head, link = head.head, head.dep_
        else:
            break
    is_carried = link in ("dobj", "attr", "prep", "nsubjpass", "agent", "pobj", "oprd", "dep")
    is_carried = is_carried or (link == "xcomp" and noun.tag_ in ("NN", "NNS", "NNP"))
    return [head] if _is_light(head) and is_carried else _relative_carrier(noun)


def _is_light(word: Token) -> bool:
    return word.pos_ in ("VERB", "AUX") and word.lemma_ in cues("light")["all"]


def _relative_carrier(noun: Token) -> list[Token]:
    """Return the light verb of a relative clause whose object a noun is: "the talks which X held with Y"."""
    for clause in noun.children:
        if clause.dep_ != "relcl" or not _is_light(clause) or clause.lemma_ == "be":
            continue
        own = [child for child in clause.children if child.dep_ == "nsubj"]
        held = [child for child in clause.children if child.dep_ == "dobj"]
        if own and own[0].lower_ not in _RELATIVE and all(child.lower_ in _RELATIVE for child in held):
            return [clause]
    return []


def preposition(token: Token, names: frozenset[str]) -> Iterator[Token]:
    """Yield the objects of prepositions that hang on a token, or on the light verb that carries it."""
    holders = [token, token.head, token.head.head] if is_gerund(token) else [token]
    verb = carrier(token) if token.pos_ in ("NOUN", "PROPN") else None
    if verb is not None:
        holders.append(verb)
    for holder in holders:
        for child in holder.children:
            if child.dep_ in ("prep", "dative", "agent"):
                if child.lower_ in names:
                    yield from _prepositional(child)
                if "aboard" in names:
                    yield from _on_board(child)


def _prepositional(preposition_: Token) -> Iterator[Token]:
    for child in preposition_.children:
        if child.dep_ in ("pobj", "pcomp"):
            yield _before_time(child)
        elif child.dep_ == "prep":
            yield from _prepositional(child)


def _on_board(preposition_: Token) -> Iterator[Token]:
    """Yield what one is on board of, wherever the parser hung it: "went on board the cruiser Quincy"."""
    for word in preposition_.subtree:
        if word.lower_ == "board" and word.head.lower_ == "on":
            after = word.doc[word.i + 1 : min(word.i + _ABOARD, word.sent.end)]
            nouns = (t for t in after if t.pos_ in ("NOUN", "PROPN") and t.dep_ not in ("compound", "amod"))
            yield from list(nouns)[:1]


def _before_time(noun: Token) -> Token:
    """Return the place that the parser joined to a time: "landed in Xtown Sunday evening"."""
    if noun.lower_ not in _TIMES or noun.head.lower_ not in ("in", "at", "to", "for"):
        return noun
    places = [
        c for c in noun.children if c.dep_ == "compound" and c.pos_ == "PROPN" and c.lower_ not in _TIMES
    ]
    return places[-1] if places else noun


def _antecedent(verb: Token, token: Token) -> Token:
    """Return what a relative pronoun stands for."""
    if token.lower_ not in _RELATIVE:
        return token
    clause = verb
    for _ in range(4):
        if clause.dep_ == "relcl":
            return clause.head
        if clause.dep_ not in ("conj", "ccomp", "xcomp"):
            break
        clause = clause.head
    return token
