"""The role paths of frames: from a trigger to those who fill a role. The YAML uses their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from spacy.tokens import Token

from kb.reading import items, role_states, topics
from kb.reading.antecedents import antecedents
from kb.reading.coreference import Referents
from kb.reading.model import Party
from kb.reading.modifiers import modifier_states
from kb.reading.pairs import pair_of_people, pair_of_states
from kb.reading.role_reach import REACHES
from kb.reading.role_walks import WALKS, heads, traded_verb
from kb.reading.syntax import carried, objects, preposition, subjects
from kb.reading.tree import ancestors, owners

Path = Callable[[Referents, Token], tuple[Party, ...]]
_BETWEEN_TWO: Final = frozenset(
    {"bilateral", "their", "one-on-one", "face-to-face", "delegation-level", "restricted", "expanded"}
)
_MODIFIER: Final = ("compound", "amod", "nmod", "npadvmod")


def follow(referents: Referents, token: Token, path: str) -> tuple[Party, ...]:
    """Return the parties at the end of a path."""
    special = PATHS.get(path)
    if special is not None:
        return special(referents, token)
    walk, _, names = path.partition(":")
    if walk == "owner-in":
        return role_states.inside(referents, token, names)
    if walk == "word":
        return (Party(names, "thing", token.idx, token.idx + len(token), rule="described"),)
    return referents.parties(heads(token, path))


def _compound(referents: Referents, token: Token) -> tuple[Party, ...]:
    named = (c for c in token.children if c.dep_ in _MODIFIER and referents.page.mention_at(c) is not None)
    return tuple(party for party in referents.parties(named) if party.kind == "person")


def _definite_pair(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the two of whom the text just spoke where their talks take place: "The talks took place"."""
    definite = any(c.dep_ == "det" and c.lower_ in ("the", "their") for c in token.children)
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ in ("round", "session"):
        token = token.head.head
    held = token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in (
        "take",
        "hold",
        "begin",
        "last",
        "end",
    )
    if not (definite and held) and not _between_the_two(token):
        return ()
    return _pair_so_far(referents, token)


def _between_the_two(token: Token) -> bool:
    """Tell whether a noun without parties is of the two at hand: "after bilateral talks", "their meeting"."""
    words = {child.lower_ for child in token.children if child.dep_ in ("amod", "poss", "compound")}
    if words & _BETWEEN_TWO:
        return True
    the = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    return the and token.dep_ == "pobj" and token.head.lower_ in ("during", "after", "following", "before")


def _pair_so_far(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the two persons of whom the text speaks up to here."""
    pair = pair_of_people(referents, token.idx)
    if pair:
        return tuple(referents.party(one, token.idx, token.idx + len(token), "pair") for one in pair)
    return role_states.states(referents, token, pair_of_states(referents, token))


def _origin_of_object(referents: Referents, token: Token) -> tuple[Party, ...]:
    return referents.parties(t for head in objects(token) for t in _from(head)) or role_states.of_object(
        referents, token
    )


def _from(head: Token) -> list[Token]:
    return [
        t
        for part in head.subtree
        for t in part.children
        if part.dep_ == "prep" and part.lower_ == "from" and t.dep_ == "pobj"
    ]


def _origin_of_for(referents: Referents, token: Token) -> tuple[Party, ...]:
    return referents.parties(t for head in preposition(token, frozenset({"for"})) for t in _from(head))


def _first_side(referents: Referents, token: Token) -> tuple[Party, ...]:
    verb = traded_verb(token)
    return referents.parties(subjects(verb)) if verb is not None else ()


def _other_side(referents: Referents, token: Token) -> tuple[Party, ...]:
    verb = traded_verb(token)
    return referents.parties(preposition(verb, frozenset({"to", "with"}))) if verb is not None else ()


def _head_owner(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whose decision it is: "the Czech decision to purchase"."""
    if token.dep_ != "acl" or token.head.pos_ != "NOUN":
        return ()
    return referents.parties(owners(token.head)) or role_states.states(
        referents, token.head, modifier_states(referents, token.head)
    )


def _makers(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the organisations that name what is made or shown: "a Beriev Be-200"."""
    found: list[Party] = []
    for head in objects(token) or list(preposition(token, frozenset({"on", "by", "in"}))):
        for part in [child for child in head.children if child.dep_ in (*_MODIFIER, "poss")]:
            mention = referents.page.mention_at(part)
            if mention is not None and mention.kind == "organisation":
                found.append(referents.thing(mention))
    return tuple(found)


def _other_party(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the person of whom the text last spoke where talks name only the other: "The summit with X"."""
    known = referents.parties(preposition(token, frozenset({"with"})))
    definite = any(c.lower_ in ("the", "this") for c in token.children if c.dep_ == "det")
    if not definite or len(known) != 1 or known[0].kind != "person" or carried(token):
        return ()
    for parties in antecedents(referents, token):
        others = [p for p in parties if p.kind == "person" and p.states and p.states != known[0].states]
        if others:
            return tuple(others[:1])
    return ()


def _states_of_owner(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states of the joint body whose meeting it is: "the X-Y commission's third meeting"."""
    return role_states.states(
        referents, token, (state for owner in owners(token) for state in modifier_states(referents, owner))
    )


def _two_states(referents: Referents, token: Token) -> tuple[Party, ...]:
    return role_states.states(referents, token, pair_of_states(referents, token))


def _context_state(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the nearest subject that governs a noun: "He announced the delivery of vaccines"."""
    for ancestor in ancestors(token):
        if ancestor.pos_ in ("VERB", "AUX"):
            found = referents.parties(subjects(ancestor))
            if found:
                return found
    return ()


def _invited_by(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return at whose invitation: the "of" of an invitation in the trigger's sentence."""
    found: list[Token] = []
    for part in token.sent:
        if part.lemma_ == "invitation" and part.head.lower_ == "at":
            found += preposition(part, frozenset({"of", "from"}))
            found += owners(part)
    return referents.parties(found)


def _in_honour(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return host and guest of honour: "on behalf of X in honour of Y"."""
    found: list[Token] = []
    for part in token.sent:
        if part.lower_ in ("behalf", "honour", "honor") and part.head.lower_ in ("on", "in"):
            found += preposition(part, frozenset({"of"}))
    return referents.parties(found)


def _members(referents: Referents, tokens: Iterable[Token]) -> tuple[Party, ...]:
    """Return who takes part in a summit: named bodies and states in its name."""
    found: list[Party] = []
    for head in tokens:
        parts = sorted(head.subtree, key=lambda t: t.i)
        for part in parts:
            if (
                part.dep_ in (*_MODIFIER, "pobj", "conj", "poss")
                and referents.page.mention_at(part) is not None
            ):
                found += referents.single(part)
    return tuple(p for p in found if p.kind in ("state", "organisation", "person", "group"))


def _hardware_near(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the hardware named in the trigger's sentence and the next two."""
    found: list[Party] = []
    for mention in referents.page.mentions_in(token.sent.start, token.sent.end):
        if mention.kind == "hardware" or mention.form == "designation":
            found.append(referents.thing(mention))
    return tuple(found)


def _companions(referents: Referents, token: Token) -> tuple[Party, ...]:
    return topics.companions(referents, token)


PATHS: Final[dict[str, Path]] = {
    "compound": _compound,
    "compound-states": role_states.qualifying,
    "owner-in-object": role_states.owners_of_object,
    "owner-of-object": role_states.owners_of_object,
    "subject-states": role_states.of_subject,
    "state-here": role_states.here,
    "definite-pair": _definite_pair,
    "pair-so-far": _pair_so_far,
    "origin-of-object": _origin_of_object,
    "origin-of-for": _origin_of_for,
    "object-party": lambda referents, token: referents.parties(objects(token)),
    "origin-in-of": lambda referents, token: role_states.inside(referents, token, "of"),
    "owner-of-head": _head_owner,
    "maker-of-object": _makers,
    "maker-in-sentence": _makers,
    "first-side": _first_side,
    "other-side": _other_side,
    "other-party": _other_party,
    "two-states": _two_states,
    "states-of-owner": _states_of_owner,
    "states-of-subject": lambda referents, token: role_states.states(
        referents, token, (code for head in subjects(token) for code in modifier_states(referents, head))
    ),
    "context-state": _context_state,
    "invited-by": _invited_by,
    "in-honour": _in_honour,
    "object-members": lambda referents, token: _members(referents, objects(token)),
    "prep-members:in": lambda referents, token: _members(referents, preposition(token, frozenset({"in"}))),
    "owner-in-of": lambda referents, token: role_states.inside(referents, token, "of"),
    "hardware-in:for": lambda referents, token: tuple(
        party for head in preposition(token, frozenset({"for"})) for party in items.hardware(referents, head)
    ),
    "hardware-in-sentence": _hardware_near,
    "companions": _companions,
    "of-states": role_states.in_object,
    "forces-that-carry": role_states.forces_of_carried,
    "watching": role_states.watching,
    "of-with": role_states.with_whom,
    "exercise-name": items.event_name,
    "states-after": role_states.near_right,
    "near-left": role_states.near_left,
    "near-right": role_states.near_right,
    "other-of-two": _two_states,
    "told-before": _two_states,
    "object-prefix": role_states.before_object,
    "beside-left": role_states.beside_left,
    "partner": role_states.partner,
    "supplier": role_states.supplier,
    "topic": topics.topic,
    "delegates": topics.delegates,
}


def is_path(name: str) -> bool:
    """Tell whether a frame may use a name as a role path."""
    walk, _, rest = name.partition(":")
    return name in PATHS or name in WALKS or (walk in ("prep", "word", "owner-in", *REACHES) and bool(rest))
