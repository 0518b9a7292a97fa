"""Where a phrase of time may hang to date an event: the trigger, what carries it, what governs it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.frames import frames
from kb.reading.syntax import carrier
from kb.reading.tree import ancestors


def anchors(token: Token) -> Iterator[Token]:
    """Yield where a time phrase may hang to date a trigger, the nearest first."""
    yield token
    verb = carrier(token) if token.pos_ in ("NOUN", "PROPN") else None
    if verb is not None and verb.lemma_ not in cues("speech")["verbs"]:
        yield verb
    current = verb or token
    for governor in ancestors(token if verb is None else verb):
        link = current.dep_
        if link == "ccomp" and governor.lemma_ in cues("speech")["verbs"]:
            return
        if governor.pos_ in ("VERB", "AUX", "NOUN"):
            yield governor
        current = governor


def rank(root: Token, token: Token, ranks: dict[int, int]) -> int | None:
    """Return the rank of the first anchor above a time phrase, None where another event stands between."""
    if _of_another(root, token):
        return None
    for step, above in enumerate([root, *ancestors(root)]):
        if above.i in ranks:
            return ranks[above.i]
        if step and above.pos_ == "VERB":
            return None
        if above.lemma_.lower() in _occasions() and above != token and root.dep_ != "poss":
            return None
    return None


def _of_another(root: Token, token: Token) -> bool:
    """Tell whether a date stands with an earlier event named by its place: "after X in 2000, Y in 2001"."""
    for word in token.doc[token.i + 1 : root.i]:
        if word.dep_ == "prep" and word.lower_ in ("after", "before"):
            return any(child.dep_ == "pobj" and child.pos_ == "PROPN" for child in word.children)
    return False


@cache
def _occasions() -> frozenset[str]:
    """Return the nouns that name an event: a time phrase that hangs on one dates that event."""
    return frozenset(noun for frame in frames() for noun in frame.nouns)
