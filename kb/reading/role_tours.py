"""The role paths of trips as a whole: whose the tour is that includes some states, or takes somebody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from spacy.tokens import Token

from kb.reading.syntax import carried, objects, preposition, subjects
from kb.reading.tree import ancestors, owners

_TOURS: Final = frozenset({"tour", "trip", "visit", "journey", "itinerary", "swing"})


def _tours(verb: Token) -> list[Token]:
    """Return the trips that are a verb's subject."""
    return [noun for noun in subjects(verb) if noun.lemma_.lower() in _TOURS]


def _owner_of_tour(token: Token) -> list[Token]:
    """Return whose tour includes something: "X's tour included Y", "X left on a tour that included Y"."""
    found: list[Token] = []
    for noun in _tours(token):
        found += owners(noun) or list(preposition(noun, frozenset({"of", "by"}))) or carried(noun)
        governor = next((above for above in ancestors(noun) if above.pos_ in ("VERB", "AUX")), None)
        if not found and governor is not None and governor != token:
            found += subjects(governor)
    return found


def _taken_on_tour(token: Token) -> list[Token]:
    """Return whom a tour takes somewhere: "a tour that will take her to X and Y"."""
    return objects(token) if _tours(token) else []


TOURS: Final[dict[str, Callable[[Token], list[Token]]]] = {
    "owner-of-tour": _owner_of_tour,
    "taken-on-tour": _taken_on_tour,
}
