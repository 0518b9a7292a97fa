"""Whose office an outlet is: in a presidency's own texts "the President" is its own, not a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading.data import outlet_offices
from kb.reading.model import Party
from kb.reading.page import Page
from kb.reading.titles import find_titles

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_PORTFOLIOS: Final = frozenset({"ForeignMinister", "DefenceMinister"})
"""Whom a ministry calls "the Minister"."""
_REIGNING: Final = frozenset({"king", "queen", "emir", "amir", "sultan", "emperor", "pope"})
_BARE: Final = 2
"""Words of "the Minister"."""


def own_roles(page: Page) -> frozenset[str]:
    """Return the roles of those whose office the outlet is, () where it is none's or no government's."""
    if page.home is None:
        return frozenset()
    words = [word.strip(",()") for word in page.article.outlet.lower().split()]
    return frozenset(role for word in words if (role := outlet_offices().get(word)) is not None)


def own_title(referents: Referents, token: Token, phrase: str) -> frozenset[str]:
    """Return the roles that a title without a state means where it is of the outlet, () elsewhere."""
    roles = own_roles(referents.page)
    if not roles or referents.quotations.holds(token.idx):
        return frozenset()
    found = find_titles(phrase)
    meant = frozenset(found[-1].title.roles if found else ())
    if token.lower_ in _REIGNING and not _reigns(referents.page, token.lower_):
        return frozenset()
    if token.lower_ in ("minister", "secretary") and not meant & roles and len(phrase.split()) <= _BARE:
        meant = _PORTFOLIOS
    return meant & roles


def _reigns(page: Page, title: str) -> bool:
    """Tell whether the state of an outlet has an office of a title: no king in the texts of a republic."""
    offices = page.lexicon.offices(page.home, "HeadOfState") if page.home is not None else ()
    return any(office.name.lower().startswith(title) for office in offices)


def holder(referents: Referents, roles: frozenset[str], start: int, end: int) -> Party | None:
    """Return who holds the outlet's office on the day of the text, None where that is unknown."""
    page = referents.page
    day, home = page.article.published, page.home
    if day is None or home is None:
        return None
    for role in sorted(roles):
        held = {h.iri: h for o in page.lexicon.offices(home, role) for h in page.lexicon.holders(o.iri, day)}
        if len(held) == 1:
            one = next(iter(held.values()))
            return Party(one.name, "person", start, end, one.iri, (home,), "own-office-on-date")
    return None
