"""The role paths that lead to states: by demonym, possessive, body or place in a phrase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.model import Party
from kb.reading.modifiers import modifier_states
from kb.reading.syntax import objects, preposition, subjects
from kb.reading.towns import state_here


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
    return tuple(found)


def inside(referents: Referents, token: Token, names: str) -> tuple[Party, ...]:
    """Return whose the object of a preposition is, or the states that qualify it."""
    found: list[Party] = []
    for head in preposition(token, frozenset(names.split("|"))):
        found += [p for t in head.subtree if t.dep_ == "poss" for p in referents.single(t)]
        found += states(referents, head, modifier_states(referents, head))
    return tuple(found)
