"""Who talked: the persons of the last talk that a text tells of, for whom it then says "they"."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import home_offices
from kb.reading.antecedents import back
from kb.reading.data import nominals
from kb.reading.model import Party
from kb.reading.syntax import carried, objects, preposition, subjects
from kb.reading.tree import ancestors, owners

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_NEAR: Final = 3
"""Sentences, a token's own among them, that may tell of the talk."""
_WITH: Final = frozenset({"with", "to", "between"})


def talkers(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the persons of two states or more who talked last before a token, () where nobody did."""
    for sentence in islice(back(token.sent), _NEAR):
        for part in reversed(sentence):
            if part.i < token.i and part.lemma_.lower() in nominals()["talks"]:
                people = _people(referents, part)
                if len(people) > 1:
                    return people
    return ()


def _people(referents: Referents, part: Token) -> tuple[Party, ...]:
    heads = _of_verb(part) if part.pos_ == "VERB" else _of_noun(part)
    people = tuple(party for party in referents.parties(heads) if party.kind == "person")
    home = referents.page.home
    if len(people) == 1 and home is not None and home not in people[0].states and not subjects(part):
        own = home_offices.holder(referents, home_offices.own_roles(referents.page), part.idx, part.idx)
        people = (own, *people) if own is not None else people  # "Meeting with X" heads a host's own text
    states = [state for party in people for state in party.states]
    return people if len(states) < len(people) or len(set(states)) > 1 else ()


def _of_verb(verb: Token) -> list[Token]:
    return [*subjects(verb), *objects(verb), *preposition(verb, _WITH)]


def _of_noun(noun: Token) -> list[Token]:
    """Return whose talk it is, with whom; of "recalled a talk with X" the one who tells of it."""
    governor = next((one for one in ancestors(noun) if one.pos_ == "VERB"), None)
    own = owners(noun) or carried(noun) or (subjects(governor) if governor is not None else [])
    return [*own, *preposition(noun, _WITH)]
