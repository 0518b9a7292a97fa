"""Titles after a name that are no office of its bearer: "After a talk with X, the Zland president left"."""

from __future__ import annotations

from typing import Final

from kb.reading.model import OfficeMention
from kb.reading.page import Page

_SUBJECT: Final = frozenset({"nsubj", "nsubjpass"})


def begins_the_clause(page: Page, office: OfficeMention) -> bool:
    """Tell whether a title after a name is the subject of what follows, the name of a phrase before it."""
    title = page.doc[office.title]
    verb = title.head
    if title.i <= office.person.last or title.dep_ not in _SUBJECT or verb.i < title.i:
        return False
    name = page.doc[office.person.first : office.person.last + 1].root
    fronted = verb.is_ancestor(name) and name.dep_ in ("pobj", "appos", "conj", "dobj", "poss")
    return fronted and "," not in page.text[title.idx : verb.idx]
