"""The role paths of talks and travel that only walk the tree: where they happen, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.syntax import carrier, objects, preposition, subjects
from kb.reading.tree import ancestors, conjuncts

_OCCASIONS: Final = frozenset(
    {"lunch", "dinner", "talk", "meeting", "summit", "negotiation", "consultation", "visit"}
)
_HOSTING: Final = frozenset({"receive", "welcome", "host", "greet"})
_EVENTS: Final = frozenset(
    {
        "summit",
        "meeting",
        "conference",
        "forum",
        "assembly",
        "session",
        "talk",
        "g20",
        "g7",
        "congress",
        "ceremony",
        "festival",
        "game",
        "exhibition",
        "airshow",
        "expo",
        "olympics",
    }
)


def _where(token: Token) -> list[Token]:
    """Return what a relative "where" stands for."""
    verb = carrier(token) if token.pos_ == "NOUN" else token
    if verb is not None and any(child.lower_ == "where" for child in verb.children):
        clause = verb
        while clause.dep_ == "conj":
            clause = clause.head
        if clause.dep_ == "relcl":
            return [clause.head]
    return []


def _governor(token: Token) -> Token | None:
    return next((above for above in ancestors(token) if above.pos_ == "VERB"), None)


def _governing_subject(token: Token) -> list[Token]:
    """Return who does what an occasion came before: "X left Y after a visit"."""
    verb = _governor(token)
    return subjects(verb) if verb is not None else []


def _governing_visitor(token: Token) -> list[Token]:
    """Return who is on a visit when something is done: whom a host receives, else who does it."""
    verb = _governor(token)
    if verb is None:
        return []
    return objects(verb) if verb.lemma_ in _HOSTING else subjects(verb)


def _governing_object(token: Token) -> list[Token]:
    verb = _governor(token)
    return objects(verb) if verb is not None and verb.lemma_ in ("leave", "depart", "quit") else []


def _beside_party(token: Token) -> list[Token]:
    """Return the place that the parser hung under the other party or the occasion.

    "met X in Y", "was received by X for lunch in Y".
    """
    parties = [*preposition(token, frozenset({"with", "between", "by", "on"}))]
    if token.pos_ == "VERB":
        parties += [*objects(token), *subjects(token)]
    named = [joined for party in parties for joined in conjuncts(party) if joined.pos_ == "PROPN"]
    named += [t for t in preposition(token, frozenset({"for"})) if t.lemma_.lower() in _OCCASIONS]
    return [place for head in named for place in preposition(head, frozenset({"in", "at"}))]


def _happens_in(token: Token) -> list[Token]:
    """Return where what is a verb's subject happens: "the talks took place in X"."""
    subject = token.dep_ in ("nsubj", "nsubjpass")
    held = [child for child in token.children if child.dep_ == "acl" and child.lemma_ in ("hold", "take")]
    holders = [*held, *([token.head] if subject else [])]
    return [t for holder in holders for t in preposition(holder, frozenset({"in", "at", "aboard"}))]


def _with_in_place(token: Token) -> list[Token]:
    """Return with whom one meets where the parser hung it under place or time: "met at the Hall with X"."""
    spots = preposition(token, frozenset({"at", "in", "on", "during", "for", "aboard"}))
    times = [child for child in token.children if child.dep_ == "npadvmod"]
    return [t for noun in (*spots, *times) for t in preposition(noun, frozenset({"with"}))]


def _happens_between(token: Token) -> list[Token]:
    """Return between whom what is a verb's subject happens: "talks took place between X and Y"."""
    subject = token.dep_ in ("nsubj", "nsubjpass")
    return list(preposition(token.head, frozenset({"between", "among"}))) if subject else []


def _occasion_place(token: Token) -> list[Token]:
    """Return where the occasion of a meeting is: "on the sidelines of the summit in X"."""
    found: list[Token] = []
    for noun in preposition(token, frozenset({"at", "during", "on", "after", "before"})):
        nouns = [noun, *preposition(noun, frozenset({"of"}))]
        found += [t for one in nouns if one.lemma_.lower() in _EVENTS for t in _in_at(one)]
    return found


def _goal_place(token: Token) -> list[Token]:
    """Return where the event is to which somebody goes: "to the summit in X"."""
    holders = [token, *objects(token)] if token.pos_ == "VERB" else [token]
    goals = [t for holder in holders for t in preposition(holder, frozenset({"to", "for"}))]
    return [place for goal in goals if goal.lemma_.lower() in _EVENTS for place in _in_at(goal)]


def _arrival_place(token: Token) -> list[Token]:
    """Return where somebody arrives who is met then: "met X upon his arrival at the station in Y"."""
    holders = [token, *objects(token)]
    times = [t for one in holders for t in preposition(one, frozenset({"on", "upon", "after", "at"}))]
    return [
        place
        for noun in times
        if noun.lemma_ == "arrival"
        for place in preposition(noun, frozenset({"in", "at", "to"}))
    ]


def _in_at(noun: Token) -> list[Token]:
    held = [child for child in noun.children if child.dep_ == "acl" and child.lemma_ in ("hold", "take")]
    return [t for holder in (noun, *held) for t in preposition(holder, frozenset({"in", "at"}))]


def _with_in_object(token: Token) -> list[Token]:
    """Return with whom something is discussed where the parser hung "with X" under the matter."""
    if token.pos_ != "VERB":
        return []
    matters = [part for head in objects(token) for part in conjuncts(head)]
    matters += [t for m in matters for t in preposition(m, frozenset({"of", "on", "in"}))]
    found = [t for matter in matters for t in preposition(matter, frozenset({"with"}))]
    return [t for t in found if t.lemma_.lower() not in ("country", "state", "nation", "power")]


def _governing_addressee(token: Token) -> list[Token]:
    """Return whom somebody tells something on an occasion: "In the call X told Y"."""
    verb = _governor(token)
    return objects(verb) if verb is not None and verb.lemma_ in ("tell", "assure", "inform", "thank") else []


def _adjective_place(token: Token) -> list[Token]:
    """Return where somebody is due: "is due in X"."""
    adjectives = [child for child in token.children if child.dep_ == "acomp"]
    return [place for adjective in adjectives for place in preposition(adjective, frozenset({"in", "at"}))]


SCENES: Final[dict[str, Callable[[Token], list[Token]]]] = {
    "where": _where,
    "governing-subject": _governing_subject,
    "governing-visitor": _governing_visitor,
    "governing-object": _governing_object,
    "beside-party": _beside_party,
    "happens-in": _happens_in,
    "with-in-place": _with_in_place,
    "arrival-place": _arrival_place,
    "happens-between": _happens_between,
    "occasion-place": _occasion_place,
    "with-in-object": _with_in_object,
    "goal-place": _goal_place,
    "governing-addressee": _governing_addressee,
    "adjective-place": _adjective_place,
    "place-of-site": lambda token: [
        place
        for site in preposition(token, frozenset({"at", "in", "on"}))
        for place in preposition(site, frozenset({"in", "at"}))
    ],
}
