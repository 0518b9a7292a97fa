"""The role paths that only walk the tree: from a trigger to the nouns that may fill a role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.role_dealings import DEALINGS
from kb.reading.role_reach import REACHES, deep
from kb.reading.role_scenes import SCENES
from kb.reading.role_tours import TOURS
from kb.reading.syntax import carried, carrier, is_bidden, objects, preposition, subjects
from kb.reading.tree import ancestors, conjuncts, owners

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
_INVITING: Final = frozenset(
    {"extend", "issue", "send", "give", "convey", "make", "offer", "deliver", "repeat"}
)


def heads(token: Token, path: str) -> list[Token]:
    """Return the head nouns at the end of a path that only walks the tree."""
    document = token.doc
    known: dict[tuple[int, str], list[int]] = document.user_data.setdefault(__name__, {})
    places = known.get((token.i, path))
    if places is None:
        places = known[token.i, path] = [head.i for head in _heads(token, path)]
    return [document[place] for place in places] if places else []


def _heads(token: Token, path: str) -> list[Token]:
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
    if is_bidden(token) and head.lemma_ == "invite":
        return subjects(head)
    if head.lemma_.lower() == "invitation" and token.dep_ in ("acl", "relcl", "xcomp"):
        giver = subjects(head.head) if head.head.lemma_ in _INVITING else []
        return [*owners(head), *preposition(head, frozenset({"from", "of", "by"}))] or giver
    return []


def _in_return(token: Token) -> list[Token]:
    """Return who gives in return, to whom the verb before gives: "sell to Y and receive Z in return"."""
    back = any(t.lemma_ in ("return", "exchange") for t in preposition(token, frozenset({"in"})))
    if token.dep_ != "conj" or not back:
        return []
    return [*preposition(token.head, frozenset({"to"})), *_datives(token.head), *_to_in_object(token.head)]


def _subject_and_with(token: Token) -> list[Token]:
    """Return who signs and with whom, also where the parser hung "with X" under what is signed."""
    holders = [token, *objects(token), *preposition(token, frozenset({"into"}))]
    withs = frozenset({"with", "alongside"})
    beside = [t for holder in holders for t in preposition(holder, withs)]
    beside = beside or [t for holder in objects(token) for t in deep(holder, withs)]
    return [*subjects(token), *beside, *preposition(token, frozenset({"between"}))]


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
    "joint-subject": _joint_subject,
    "shown-place": _shown_place,
    "to-in-object": _to_in_object,
    "self": _self,
    "kept-object": _kept_object,
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
    **SCENES,
    **TOURS,
}
