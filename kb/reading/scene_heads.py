"""The line above a readout that says where and when it was: "May 17, 2002, Bocharov Ruchei, Sochi"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from kb.reading.dates import find_times
from kb.reading.lexicon_records import Entry
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.time_issue import is_official
from kb.records import Ref

_LINES: Final = 6
"""Among so many first lines the line of place and date stands."""
_LONG: Final = 80
_TALKS: Final = frozenset({"talk", "meeting", "summit", "negotiation"})


@lru_cache(maxsize=4)
def page_place(page: Page) -> Spot:
    """Return the place that such a line names, NOWHERE where there is none; worked out once a page.

    Only an office writes of its own events: in a newspaper the line says where the reporter is.
    """
    if not is_official(page):
        return NOWHERE
    start = 0
    for line in page.text.splitlines(keepends=True)[:_LINES]:
        end = start + len(line)
        if len(line.strip()) <= _LONG:
            spot = _told(page, start, end)
            if spot != NOWHERE:
                return spot
        start = end
    return NOWHERE


def talks_in(page: Page) -> list[Spot]:
    """Return the towns of "the talks in X", each once."""
    found: dict[str, Spot] = {}
    for mention in page.mentions:
        town = next((entry for entry in mention.entries if entry.kind == "settlement"), None)
        head = page.doc[mention.first : mention.last + 1].root
        inside = head.dep_ == "pobj" and head.head.lower_ == "in"
        if town is not None and inside and _are_the_talks(head.head.head):
            found.setdefault(town.iri, Spot(Ref(town.name, town.iri), None, town.state))
    return list(found.values())


def _are_the_talks(noun: Token) -> bool:
    """Tell whether a noun means the talks of the text: "the talks", not "the recent trilateral summit"."""
    before = [child for child in noun.children if child.i < noun.i]
    return noun.lemma_.lower() in _TALKS and [child.lower_ for child in before] == ["the"]


def _told(page: Page, start: int, end: int) -> Spot:
    """Return the place of a line of a date and names of places, before them at most whose site it is."""
    line = page.text[start:end]
    dates = find_times(line, page.article.published)
    if not dates:
        return NOWHERE
    rest = line
    outlet = line[: dates[0].start]
    if outlet.strip() and line[dates[-1].end :].strip(" .,\r\n"):
        named = [name.strip() for name in outlet.split(",") if name.strip()]
        if not any(_place(page, name) for name in named):  # "Zemblan News, May 17, 2002, Strelsau"
            rest = " " * len(outlet) + line[len(outlet) :]
    for date in reversed(dates):
        rest = rest[: date.start] + rest[date.end :]
    names = [name.strip() for name in rest.strip(" .,\r\n").split(",") if name.strip()]
    entries = [_place(page, name) for name in names]
    if not entries or None in entries:
        return NOWHERE
    facility = next((e for e in entries if e is not None and e.kind == "facility"), None)
    town = next((e for e in entries if e is not None and e.kind in ("settlement", "region")), None)
    state = next((e.state for e in entries if e is not None and e.state), None)
    return Spot(
        Ref(town.name, town.iri) if town else None,
        Ref(facility.name, facility.iri) if facility else None,
        state,
    )


def _place(page: Page, name: str) -> Entry | None:
    """Return the place that a whole name is."""
    for match in page.lexicon.matches(name):
        if len(match.text) >= len(name) - len("the "):
            for kind in ("facility", "settlement", "region", "state"):
                for entry in match.entries:
                    if entry.kind == kind:
                        return entry
    return None
