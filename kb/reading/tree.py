"""The plain shape of a dependency tree: passive, conjuncts, owners, negation, what governs what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TypeVar

from spacy.tokens import Doc, Token

Told = TypeVar("Told")


def once(tell: Callable[[Token], Told]) -> Callable[[Token], Told]:
    """Let what is told of a word by its tree alone be worked out once for each word of a document.

    The document keeps it, so it must hold no token: that would keep the document alive.
    """
    name = f"{tell.__module__}.{tell.__qualname__}"

    @wraps(tell)
    def known(token: Token) -> Told:
        held: dict[int, Told] = token.doc.user_data.setdefault(name, {})
        if token.i not in held:
            held[token.i] = tell(token)
        return held[token.i]

    return known


def once_each(walk: Callable[[Token], list[Token]]) -> Callable[[Token], list[Token]]:
    """Let the words to which a walk through the tree leads be sought once for each word of a document.

    The document keeps their places; each caller gets a list of its own.
    """
    name = f"{walk.__module__}.{walk.__qualname__}"

    @wraps(walk)
    def known(token: Token) -> list[Token]:
        document = token.doc
        held: dict[int, list[int]] = document.user_data.setdefault(name, {})
        places = held.get(token.i)
        if places is None:
            found = walk(token)
            held[token.i] = [word.i for word in found]
            return found
        return [document[place] for place in places]

    return known


def sentence_bounds(token: Token) -> tuple[int, int]:
    """Return the first word of a word's sentence and the first after it, by index: no span is made."""
    held = token.doc.user_data.get("sentences")
    if held is None:
        return token.sent.start, token.sent.end
    bounds: tuple[int, int] = held[token.i]
    return bounds


def sentence_start(token: Token) -> int:
    """Return the first word of a word's sentence, by index."""
    return sentence_bounds(token)[0]


def text_of(document: Doc) -> str:
    """Return a document's text, which spaCy puts together anew each time that it is asked."""
    held = document.user_data.get("text")
    if held is None:
        held = document.user_data["text"] = document.text
    return str(held)


@once
def is_passive(verb: Token) -> bool:
    """Tell whether a verb is in the passive."""
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children) or (
        verb.dep_ == "acl"
        and verb.tag_ == "VBN"
        and not any(child.dep_ == "dobj" for child in verb.children)
        and named_before_insertion(verb) is None
    )


def named_before_insertion(verb: Token) -> Token | None:
    """Return who does what a sentence tells after an insertion that made the parser lose its subject.

    "X, who has come to Y for a visit, called on Z": X was taken for the whole sentence, "called" for a
    participle.
    """
    comma = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBN", "VBD") or comma.text != ",":
        return None
    if any(child.dep_ in ("agent", "nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children):
        return None
    top = verb.head
    while top.head != top:
        if top.pos_ in ("VERB", "AUX") and top.dep_ != "relcl":
            return None
        top = top.head
    inserted = any(child.dep_ == "relcl" and child.i < verb.i for child in top.children)
    return top if top.pos_ == "PROPN" and inserted else None


def is_going_to(verb: Token) -> bool:
    """Tell whether "going" only says that something lies ahead: "is going to visit"."""
    ahead = (c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB" and c.i > verb.i)
    return verb.lower_ == "going" and any(t.lower_ == "to" for c in ahead for t in c.lefts)


def is_gerund(token: Token) -> bool:
    """Tell whether a seeming adjective is a gerund with its object: "denied supplying missiles"."""
    return (
        token.dep_ == "amod"
        and token.tag_ == "VBG"
        and token.head.dep_ in ("dobj", "pobj")
        and not any(child.dep_ == "det" for child in token.head.children)
    )


@once_each
def conjuncts(token: Token) -> list[Token]:
    """Return a noun and the nouns joined to it, also those that the parser hung under an apposition."""
    found = []
    waiting = [(token, True, False)]  # a loop, because a list of thousands is thousands of links deep
    while waiting:
        word, joined, aside = waiting.pop()
        if joined and (not aside or word.pos_ in ("PROPN", "NOUN")):
            found.append(word)
        below = []
        for child in word.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"):
                below.append((child, True, aside))
            elif child.dep_ == "appos":
                below.append((child, False, True))
        waiting += reversed(below)
    return found


def agents(verb: Token) -> list[Token]:
    """Return the by-phrase of a passive, also where the parser hung it under what was shown or given."""
    holders = [verb, *(child for child in verb.children if child.dep_ == "dobj" and verb.tag_ == "VBN")]
    return [
        child
        for holder in holders
        for by in holder.children
        if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by")
        for child in by.children
        if child.dep_ == "pobj"
    ]


def owners(noun: Token) -> list[Token]:
    """Return whose a noun is: possessives."""
    return [child for child in noun.children if child.dep_ == "poss"]


@once
def negated(token: Token) -> bool:
    """Tell whether a negation hangs directly on a token."""
    return any(
        child.dep_ == "neg"
        or (child.dep_ in ("det", "advmod", "preconj") and child.lower_ in ("no", "never", "neither", "nor"))
        for child in token.children
    )


@once
def of_nothing(token: Token) -> bool:
    """Tell whether what is done is done to nothing: "signed no treaty", "no papers were signed"."""
    return token.pos_ == "VERB" and any(
        child.dep_ in ("dobj", "nsubjpass")
        and any(c.dep_ == "det" and c.lower_ == "no" for c in child.children)
        for child in token.children
    )


def ancestors(token: Token) -> Iterator[Token]:
    """Yield what governs a token, nearest first, inside its sentence."""
    while token.head != token:
        token = token.head
        yield token
