"""The role paths that only walk the tree: from a trigger to the nouns that may fill a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.role_dealings import DEALINGS
from kb.reading.role_reach import REACHES, deep
from kb.reading.syntax import carried, carrier, objects, preposition, subjects
from kb.reading.tree import ancestors, conjuncts, owners

_OCCASIONS: Final = frozenset(
    {"lunch", "dinner", "talk", "meeting", "summit", "negotiation", "consultation", "visit"}
)
_HOSTING: Final = frozenset({"receive", "welcome", "host", "greet"})
_PLANS: Final = frozenset(
    {
        "agenda",
        "schedule",
        "programme",
        "program",
        "itinerary",
        "plan",
        "visit",
        "trip",
        "tour",
        "journey",
        "stay",
    }
)
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


def heads(token: Token, path: str) -> list[Token]:
    """Return the head nouns at the end of a path that only walks the tree."""
    walk, _, names = path.partition(":")
    if walk == "prep":
        return list(preposition(token, frozenset(names.split("|"))))
    if walk in REACHES and names:
        return REACHES[walk](token, frozenset(names.split("|")))
    return WALKS[path](token) if path in WALKS else []


def _datives(token: Token) -> list[Token]:
    return [child for child in token.children if child.dep_ == "dative" and child.pos_ != "ADP"]


def _described(token: Token) -> list[Token]:
    if token.dep_ == "appos":
        return [token.head]
    return subjects(token.head) if token.dep_ == "attr" else []


def _owned_carrier(token: Token) -> list[Token]:
    """Return whose programme carries an event: "Kim's itinerary includes a visit"."""
    verb = carrier(token)
    plans = [one for one in (subjects(verb) if verb is not None else []) if one.lemma_.lower() in _PLANS]
    return [owner for plan in plans for owner in owners(plan)]


def _present(token: Token) -> list[Token]:
    """Return who is said to be somewhere on an occasion: "X, in Y on a visit"."""
    for ancestor in ancestors(token):
        if ancestor.pos_ in ("PROPN", "PRON"):
            return [ancestor]
        if ancestor.pos_ in ("VERB", "AUX"):
            return []
    return []


def _present_in(token: Token) -> list[Token]:
    person = _present(token)
    return [t for head in person for t in preposition(head, frozenset({"in", "at"}))]


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


def _joint_subject(token: Token) -> list[Token]:
    """Return both parties of a meeting in which something is signed: "X met Y and signed …"."""
    head = token.head
    if token.dep_ != "conj" or head.lemma_ not in ("meet", "receive", "host"):
        return []
    return [*subjects(head), *objects(head), *preposition(head, frozenset({"with"}))]


def _shown_place(token: Token) -> list[Token]:
    """Return the place that somebody is shown, where the parser hung it under the person."""
    return [child for guest in _datives(token) for child in guest.children if child.dep_ == "appos"]


def _to_in_object(token: Token) -> list[Token]:
    """Return to whom something goes where the parser hung "to X" under the thing: "sent shells to X"."""
    things = objects(token) if token.pos_ == "VERB" else preposition(token, frozenset({"of"}))
    return [goal for thing in things for goal in preposition(thing, frozenset({"to"}))]


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


def _self(token: Token) -> list[Token]:
    return [token]


def _kept_object(token: Token) -> list[Token]:
    """Return what was shown to somebody: in "was shown missiles" the object of a passive."""
    return [child for child in token.children if child.dep_ in ("dobj", "oprd", "attr")]


def _inviter(token: Token) -> list[Token]:
    """Return who invites: "X invited Y to visit", "an invitation from X to visit"."""
    if token.pos_ == "NOUN" and (verb := carrier(token)) is not None:
        token = verb
    head = token.head
    if token.dep_ == "xcomp" and head.lemma_ == "invite":
        return subjects(head)
    if head.lemma_.lower() == "invitation" and token.dep_ in ("acl", "relcl", "xcomp"):
        return [*owners(head), *preposition(head, frozenset({"from", "of", "by"}))]
    return []


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


def _in_return(token: Token) -> list[Token]:
    """Return who gives in return, to whom the verb before gives: "sell to Y and receive Z in return"."""
    back = any(t.lemma_ in ("return", "exchange") for t in preposition(token, frozenset({"in"})))
    if token.dep_ != "conj" or not back:
        return []
    return [*preposition(token.head, frozenset({"to"})), *_datives(token.head), *_to_in_object(token.head)]


def _subject_and_with(token: Token) -> list[Token]:
    """Return who signs and with whom, also where the parser hung "with X" under what is signed."""
    holders = [token, *objects(token)]
    withs = frozenset({"with", "alongside"})
    beside = [t for holder in holders for t in preposition(holder, withs)]
    beside = beside or [t for holder in objects(token) for t in deep(holder, withs)]
    return [*subjects(token), *beside]


def _matter_in(token: Token) -> list[Token]:
    """Return the place that the parser hung under what is signed, what that is on, or with whom."""
    objects_ = objects(token)
    holders = [t for holder in (token, *objects_) for t in preposition(holder, frozenset({"on", "with"}))]
    return [place for noun in holders for place in preposition(noun, frozenset({"in", "at"}))]


def traded_verb(token: Token) -> Token | None:
    """Return the verb to which "in exchange for" belongs."""
    for ancestor in ancestors(token):
        if ancestor.lemma_ in (
            "supply",
            "sell",
            "deliver",
            "provide",
            "send",
            "give",
            "transfer",
            "ship",
            "export",
            "donate",
        ):
            return ancestor
    return next(
        (
            t
            for t in token.sent
            if t.i < token.i and t.lemma_ in ("supply", "sell", "deliver", "provide", "send", "give", "ship")
        ),
        None,
    )


WALKS: Final[dict[str, Callable[[Token], list[Token]]]] = {
    "subject": subjects,
    "object": objects,
    "poss": owners,
    "carried": carried,
    "subject-of-carrier": carried,
    "dative": _datives,
    "described": _described,
    "owner-of-carrier": _owned_carrier,
    "present": _present,
    "present-in": _present_in,
    "subject-place": carried,
    "where": _where,
    "governing-subject": _governing_subject,
    "governing-visitor": _governing_visitor,
    "governing-object": _governing_object,
    "joint-subject": _joint_subject,
    "shown-place": _shown_place,
    "to-in-object": _to_in_object,
    "beside-party": _beside_party,
    "self": _self,
    "kept-object": _kept_object,
    "happens-in": _happens_in,
    "with-in-place": _with_in_place,
    "arrival-place": _arrival_place,
    "place-of-site": lambda token: [
        place
        for site in preposition(token, frozenset({"at", "in", "on"}))
        for place in preposition(site, frozenset({"in", "at"}))
    ],
    "happens-between": _happens_between,
    "occasion-place": _occasion_place,
    "with-in-object": _with_in_object,
    "goal-place": _goal_place,
    "governing-addressee": _governing_addressee,
    "adjective-place": _adjective_place,
    "subject-and-with": _subject_and_with,
    "matter-in": _matter_in,
    "by-in-object": lambda token: [
        t for head in objects(token) for t in preposition(head, frozenset({"by", "of"}))
    ],
    "in-return": _in_return,
    "by-in-with": lambda token: [
        by
        for noun in preposition(token, frozenset({"with", "under"}))
        for by in preposition(noun, frozenset({"by"}))
    ],
    "compound-noun": lambda token: [c for c in token.children if c.dep_ == "compound" and c.pos_ == "NOUN"],
    "place-in-of": lambda token: [
        place
        for noun in preposition(token, frozenset({"of"}))
        for place in preposition(noun, frozenset({"from", "to", "in"}))
    ],
    "from-in-object": lambda token: [
        t
        for head in objects(token)
        for part in conjuncts(head)
        for t in preposition(part, frozenset({"from"}))
    ],
    "object-in": lambda token: [
        t for head in objects(token) for t in preposition(head, frozenset({"in", "at"}))
    ],
    "traded": lambda token: [verb] if (verb := traded_verb(token)) is not None else [],
    "inviter": _inviter,
    **DEALINGS,
}
