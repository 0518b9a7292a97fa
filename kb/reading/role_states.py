"""The role paths that lead to states: by demonym, possessive, body or place in a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import materiel
from kb.reading.model import Party
from kb.reading.modifiers import modifier_states
from kb.reading.pairs import pair_of_states
from kb.reading.role_reach import deep, rest_of_clause
from kb.reading.syntax import carried, objects, preposition, subjects
from kb.reading.towns import state_here
from kb.reading.tree import conjuncts

_BESIDE = 8
"""Tokens before a noun in which a state may still qualify it."""


def qualifying(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states that qualify a noun: "Russian-Indian talks", "U.S.-Czech relationship"."""
    return states(referents, token, modifier_states(referents, token))


def states(referents: Referents, token: Token, codes: Iterable[str]) -> tuple[Party, ...]:
    return tuple(referents.state_party(code, token.idx, token.idx + len(token), "modifier") for code in codes)


def of_object(referents: Referents, token: Token) -> tuple[Party, ...]:
    found = [code for head in objects(token) for code in modifier_states(referents, head)]
    return states(referents, token, found)


def of_subject(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states of what parades: "a Y contingent", "fighters of the Y air force"."""
    found: list[Party] = []
    for head in subjects(token):
        found += states(referents, head, modifier_states(referents, head))
        found += states(referents, head, (s for body in _bodies(referents, head) for s in body.states))
    return tuple(found)


def _bodies(referents: Referents, head: Token) -> Iterator[Party]:
    """Yield the bodies that a noun phrase names with "of" or "by": "ships of the Y fleet"."""
    for token in head.subtree:
        if token.dep_ == "pobj" and token.head.lower_ in ("of", "by"):
            yield from (party for party in referents.single(token) if party.kind == "organisation")


def here(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the state in which the text is, where no guest is of it."""
    state = state_here(referents.page, token)
    guests = {code for party in referents.parties(objects(token)) for code in party.states}
    return states(referents, token, [state] if state is not None and state not in guests else [])


def owners_of_object(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whose an object is, however deep: "the capabilities of Russia's Pacific Fleet"."""
    found: list[Party] = []
    for head in objects(token):
        found += [p for t in head.subtree if t.dep_ == "poss" for p in referents.single(t)]
        found += states(referents, head, modifier_states(referents, head))
        if not found:
            found += states(referents, head, (s for body in _bodies(referents, head) for s in body.states))
        if not found:
            found += belonging(referents, head)
    return tuple(found)


def inside(referents: Referents, token: Token, names: str) -> tuple[Party, ...]:
    """Return whose the object of a preposition is, or the states that qualify it."""
    found: list[Party] = []
    for head in preposition(token, frozenset(names.split("|"))):
        found += [p for t in head.subtree if t.dep_ == "poss" for p in referents.single(t)]
        found += states(referents, head, modifier_states(referents, head))
    return tuple(found)


def belonging(referents: Referents, head: Token) -> tuple[Party, ...]:
    """Return the states that a noun phrase is of: "X's navy", "X and Y warships", "troops from X and Y"."""
    found: list[Party] = []
    for noun in conjuncts(head):
        codes = modifier_states(referents, noun, frozenset({"of", "from"}))
        found += states(referents, noun, codes)
        found += states(referents, noun, (s for body in _bodies(referents, noun) for s in body.states))
        found += _named_before(referents, noun)
        mention = referents.page.mention_at(noun)
        if mention is not None and mention.kind == "organisation":  # "the X military" is a body by name
            found += states(referents, noun, referents.thing(mention).states)
        from_whom = (t for t in deep(noun, frozenset({"of", "from"})))
        found += [
            _state_of(referents, party) for party in referents.parties(from_whom) if len(party.states) == 1
        ]
    return _once(found)


def _named_before(referents: Referents, noun: Token) -> Iterator[Party]:
    """Yield the states of bodies that qualify a noun, and bodies of no state: "an EU aid flight"."""
    for child in noun.children:
        mention = referents.page.mention_at(child) if child.dep_ in ("compound", "nmod", "poss") else None
        if mention is not None and mention.kind == "organisation":
            party = referents.thing(mention)
            yield _state_of(referents, party) if len(party.states) == 1 else party


def _state_of(referents: Referents, party: Party) -> Party:
    """Return the state for which one acts: the forces of a leader are his state's."""
    if party.kind == "state":
        return party
    return referents.state_party(party.states[0], party.start, party.end, f"{party.rule}/state")


def forces_of_carried(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states of the forces that hold an event: "X and Y warships conducted the exercise"."""
    forces = [head for head in carried(token) if head.lemma_.lower() in materiel()["forces"]]
    return _once(party for head in forces for party in belonging(referents, head))


_WATCHING: Final = frozenset(
    {"watch", "observe", "oversee", "supervise", "attend", "direct", "guide", "inspect", "view"}
)


def watching(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states of the persons who watch what no other state is said to hold: their own forces do."""
    verb = token.head if token.head.pos_ == "VERB" else token.head.head
    watched = verb.lemma_ in _WATCHING and token.dep_ in ("dobj", "pobj", "nsubjpass")
    persons = (
        [party for party in referents.parties(subjects(verb)) if party.kind == "person"] if watched else []
    )
    return _once(_state_of(referents, party) for party in persons if len(party.states) == 1)


def in_object(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return every state that an object's words name: "the import of timber from X", "X's and Y's banks"."""
    return _once(
        party
        for head in objects(token)
        for party in (*belonging(referents, head), *_inside_of(referents, head))
    )


def _inside_of(referents: Referents, head: Token) -> Iterator[Party]:
    for noun in deep(head, frozenset({"of", "from", "to", "by", "against", "on", "with"})):
        yield from belonging(referents, noun)
        yield from (party for party in referents.parties([noun]) if party.kind == "state")


def with_whom(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whose a signed paper is: "X's treaty with Y", "the pact between X and Y"."""
    found: list[Party] = []
    for head in objects(token) if token.pos_ == "VERB" else [token]:
        found += belonging(referents, head)
        found += referents.parties(deep(head, frozenset({"between", "with", "among"})))
    return _once(party for party in found if party.kind in ("state", "person", "organisation"))


def supplier(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return from whom the thing comes that a signed paper is about: "a contract for tanks from X"."""
    heads = objects(token) if token.pos_ == "VERB" else [token]
    sources = [t for head in heads for t in deep(head, frozenset({"from", "with"}))]
    return _once(p for p in referents.parties(sources) if p.kind in ("state", "organisation") and p.states)


def near_left(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states named before a trigger in its sentence, the nearest first."""
    return _near(referents, reversed(token.doc[token.sent.start : token.i]))


def near_right(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states named after a trigger in its clause, the nearest first."""
    return _near(referents, rest_of_clause(token))


def beside_left(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the states named before a noun, no verb between, the nearest first: "X's hated embargo"."""
    words = token.doc[max(token.sent.start, token.i - _BESIDE) : token.i]
    verbs = [word.i for word in words if word.pos_ in ("VERB", "AUX") and word.dep_ != "amod"]
    start = verbs[-1] + 1 if verbs else words.start
    return _near(referents, reversed(token.doc[start : token.i]))


def before_object(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return to whom something goes where the parser took the name for part of it: "sold X arms"."""
    found: list[Party] = []
    for head in objects(token):
        for child in head.children:
            mention = referents.page.mention_at(child)
            if child.i < head.i and child.dep_ in ("compound", "nmod") and mention and mention.form == "name":
                found += [
                    party for party in referents.single(child) if party.kind in ("state", "organisation")
                ]
    return _once(found)


def _near(referents: Referents, tokens: Iterable[Token]) -> tuple[Party, ...]:
    found: list[Party] = []
    for word in tokens:
        mention = referents.page.mention_at(word)
        state = referents.state_of(mention) if mention is not None else None
        if mention is not None and state is not None:
            found.append(referents.state_party(state, mention.start, mention.end, "near"))
    return _once(found)


def partner(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the two states of the text for what nobody does alone and only one is said to do.

    "X signed an agreement": with the other of the two that the text is about. A treaty that has a name of its
    own may be of many.
    """
    heads = objects(token) if token.pos_ == "VERB" else [token]
    papers = [head for head in heads if head.lemma_.lower() in materiel()["instruments"]]
    named = any(t.pos_ == "PROPN" for head in papers for t in (head, *head.lefts))
    both = pair_of_states(referents, token) if heads and not named else []
    return tuple(replace(party, rule="pair") for party in states(referents, token, both))


def _once(parties: Iterable[Party]) -> tuple[Party, ...]:
    found: dict[tuple[str, str | None], Party] = {}
    for party in parties:
        found.setdefault((party.name, party.iri), party)
    return tuple(found.values())
