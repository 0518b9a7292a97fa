"""The towns that a text has just named, for facilities told without one: "the city's aircraft plant"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, Spot
from kb.reading.page import Page
from kb.records import Ref

REACH: Final = 2
"""How many sentences before may name the town in which a facility stands."""
_POINTING: Final = frozenset({"the", "this", "that", "same"})
_OWNERS: Final = frozenset({"city", "town", "capital"})


class Towns:
    """Finds the towns that a page names before a noun."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def stretches(self, token: Token) -> Iterator[tuple[int, int]]:
        """Yield the tokens before one, its own sentence's first, then those of the sentence before."""
        start = token.sent.start
        yield start, token.i
        if start:
            yield self._page.doc[start - 1].sent.start, start

    def tells(self, town: Entry) -> bool:
        """Tell whether the text names a town as a place where one is, or from or to which one goes."""
        return any(
            any(entry.iri == town.iri for entry in mention.entries) and _stands(self._page, mention)
            for mention in self._page.mentions
        )

    def before(self, token: Token) -> list[Spot]:
        """Return the towns named before a noun in its sentence and those before, the nearest first."""
        start = token.sent.start
        for _ in range(REACH):
            start = self._page.doc[start - 1].sent.start if start else 0
        mentions = list(self._page.mentions_in(start, token.i))
        return [spot for mention in reversed(mentions) if (spot := _town(mention)) is not None]


def _is_where(page: Page, mention: Mention) -> bool:
    """Tell whether a name is of a place where one goes or is, not "a Kremlin leader", nor "from X"."""
    head = page.doc[mention.first : mention.last + 1].root
    return head.dep_ in ("pobj", "dobj", "conj") and head.head.lower_ != "from"


def _stands(page: Page, mention: Mention) -> bool:
    head = page.doc[mention.first : mention.last + 1].root
    if head.dep_ in ("compound", "nmod"):  # "the X parade"
        return head.head.lemma_.lower() in nominals()["passed_occasions"]
    return head.dep_ == "pobj" and head.head.lower_ in ("in", "at", "to", "from", "near", "of", "outside")


def _town(mention: Mention) -> Spot | None:
    for entry in mention.entries:
        if entry.kind == "settlement":
            return Spot(
                place=Ref(entry.name, entry.iri), country=entry.state, start=mention.start, end=mention.end
            )
    return None


def points_back(token: Token) -> bool:
    """Tell whether a noun points to what is known from the text: "the plant", "the city's plant"."""
    return any(
        (child.dep_ in ("det", "amod") and child.lower_ in _POINTING)
        or (child.dep_ == "poss" and child.lower_ in _OWNERS)
        for child in token.children
    )


def state_here(page: Page, token: Token) -> str | None:
    """Return the state of the place named last before a token, in its sentence or the two before."""
    start = token.sent.start
    for _ in range(REACH):
        start = page.doc[start - 1].sent.start if start else 0
    for mention in reversed(list(page.mentions_in(start, token.i))):
        states = {
            e.state for e in mention.entries if e.kind in ("settlement", "region", "facility") and e.state
        }
        if not _is_where(page, mention):
            continue
        if len(states) == 1 and not any(entry.kind == "person" for entry in mention.entries):
            return states.pop()
    return None
