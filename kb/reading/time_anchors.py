"""Where a phrase of time may hang to date an event: the trigger, what carries it, what governs it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues, nominals
from kb.reading.frames import frames
from kb.reading.syntax import carrier
from kb.reading.tree import ancestors

_AT: Final = frozenset({"at", "during", "in", "on", "following", "after", "within"})
"""What joins an event to the occasion on which it happens: what dates the one dates the other."""
_GONE: Final = frozenset({"leave", "depart", "return", "fly", "continue", "proceed"})
_LOOSE: Final = 20
"""Added to a rank that only a loose reading of the parse gives."""


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


def rank(root: Token, token: Token, ranks: dict[int, int], *, closely: bool = False) -> int | None:
    """Return the rank of the first anchor above a time phrase, None where another event stands between.

    ``closely``: what is said or made is not dated by what its object holds ("welcomed the decision of May").
    """
    if _of_another(root, token):
        return None
    loose = 0
    for step, above in enumerate([root, *ancestors(root)]):
        if above.i in ranks:
            after = max(above.i, token.i if token.i < root.i else 0)
            if _in_clause_between(after, root) or (closely and _of_object(root, token)):
                return None
            return ranks[above.i] + loose
        if step and (above.pos_ == "VERB" or begins_anew(above)):
            if _is_held(above):
                continue
            if not closely and above.tag_ == "VBG" and above.dep_ == "dobj":
                loose = _LOOSE  # "discussed strengthening ties in X today"
                continue
            if not closely and _goes_on(above, token, ranks):
                return ranks[above.head.i] + _LOOSE
            return None
        if above == token or root.dep_ == "poss" or not step:
            continue
        if above.lemma_.lower() in _occasions():
            if not (above.dep_ == "pobj" and (above.head.lower_ in _AT or _ends(above))):
                return None
            loose = _LOOSE
        elif closely and above.pos_ in ("NOUN", "PROPN") and above.ent_type_ not in ("DATE", "TIME"):
            return None
    return None


def begins_anew(verb: Token) -> bool:
    """Tell whether "be" opens a clause of its own that is joined to another: "…, and in May he is to go"."""
    return (
        verb.pos_ == "AUX" and verb.dep_ == "conj" and any(child.dep_ == "nsubj" for child in verb.children)
    )


def _in_clause_between(start: int, root: Token) -> bool:
    """Tell whether a date ends a relative clause, begun after a token, out of which the parser took it."""
    first = root.left_edge.i
    first -= root.head.dep_ == "prep" and root.head.i == first - 1
    if first <= start + 1 or root.doc[first - 1].is_punct:
        return False
    return any(word.tag_ in ("WP", "WP$", "WRB", "WDT") for word in root.doc[start + 1 : first])


def _of_object(root: Token, token: Token) -> bool:
    """Tell whether a date ends what is spoken of: "thanked him for his visit to X on Monday"."""
    return any(
        word.lemma_.lower() in _occasions()
        and word.pos_ == "NOUN"
        and token.is_ancestor(word)
        and not (word.dep_ == "pobj" and word.head.lower_ in _AT)
        for word in token.doc[token.i + 1 : root.i]
    )


def _is_held(verb: Token) -> bool:
    """Tell whether a participle only says when an occasion was: "the summit held on", "starting on"."""
    starts = verb.tag_ == "VBG" and verb.lemma_ in ("start", "begin")
    held = verb.tag_ == "VBN" and verb.lemma_ in nominals()["holding_verbs"]
    return starts or (verb.dep_ == "acl" and held)


def _ends(noun: Token) -> bool:
    """Tell whether a stay ends with an occasion: "before his departure on Sunday" is that Sunday."""
    return noun.head.lower_ == "before" and noun.lemma_.lower() == "departure"


def _goes_on(verb: Token, token: Token, ranks: dict[int, int]) -> bool:
    """Tell whether a verb joined to the trigger's tells of the same day: "met X and signed Y on Monday"."""
    head = verb.head
    return (
        verb.dep_ == "conj"
        and head.i in ranks
        and ranks[head.i] <= 1
        and verb.tag_ == head.tag_
        and verb.lemma_ not in _GONE
        and head.lemma_ not in _GONE
        and not any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    )


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
