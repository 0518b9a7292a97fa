"""Whom a style of honour alone stands for: "His Majesty" is who was so styled before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading import home_offices
from kb.reading.data import nominals
from kb.reading.extents import of_noun
from kb.reading.model import Party

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_REACH: Final = 70
"""Characters between a style and the name that it belongs to."""
_BETWEEN: Final = r"(?:,?\s+(?:of|the|and|[A-Z][\w'’.-]*))*,?\s+"
"""What stands between them: titles, no verb."""


def styled(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return whom "His Majesty" stands for, () for any other noun or where that is open."""
    whose = next((child.lower_ for child in token.children if child.dep_ == "poss"), "")
    if token.lower_ not in nominals()["honours"] or whose not in ("his", "her"):
        return ()
    title = next((child for child in token.children if child.dep_ == "appos"), None)
    if title is not None:
        return referents.single(title)
    return _so_styled(referents, token, whose) or _reigning(referents, token)


def _so_styled(referents: Referents, token: Token, whose: str) -> tuple[Party, ...]:
    """Return the person whom the text named with the style last, one of the outlet's own state first."""
    style = re.compile(rf"\b(?i:{whose}\s+(?:royal\s+)?{token.lower_})\b{_BETWEEN}\Z")
    page = referents.page
    people = [
        person
        for mention in page.mentions
        if mention.kind == "person"
        and mention.start < token.idx
        and style.search(page.text[max(0, mention.start - _REACH) : mention.start])
        and (person := referents.people.of(mention)) is not None
    ]
    own = [person for person in people if page.home is not None and person.state == page.home]
    return tuple(referents.party(person, *of_noun(token), "styled") for person in (own or people)[-1:])


def _reigning(referents: Referents, token: Token) -> tuple[Party, ...]:
    roles = home_offices.own_roles(referents.page) & {"HeadOfState"}
    found = home_offices.holder(referents, roles, *of_noun(token)) if token.lower_ == "majesty" else None
    return (found,) if found is not None else ()
