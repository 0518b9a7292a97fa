"""Offices under one title in the plural, and of a counterpart: "Presidents A and B", "his counterpart C"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kb.reading.model import Mention, OfficeMention
from kb.reading.office_spans import leftmost, office_of, styles
from kb.reading.office_states import Title
from kb.reading.page import Page
from kb.reading.titles import find_titles

_JOIN: Final = re.compile(rf"^(?:,\s*(?:and\s+)?|\s+and\s+|\s+(?:of|from)\s+)(?:the\s+)?{styles()}*$")
_LONG: Final = r"(?:the\s+)?(?:(?:Republic|Kingdom|State)\s+of\s+)?"
_OF: Final = re.compile(rf"\s+(?:of|from)\s+{_LONG}")
_JOINED: Final = re.compile(rf"(?:,\s*|\s+)(?:and\s+)?(?:of\s+)?{_LONG}")
_COUNTERPART: Final = re.compile(rf"\bcounterpart,?\s+{styles()}*$", re.I)


def joint(page: Page) -> Iterator[OfficeMention]:
    """Yield the offices of persons who share a title in the plural, each in his own state."""
    persons = [mention for mention in page.mentions if mention.kind == "person"]
    for found in find_titles(page.text):
        if not found.plural:
            continue
        title = Title(found.start, found.end, found.text, found.title.roles)
        after = _states_after(page, found.end)
        named = _listed(page, persons, after[-1].end if after else found.end)
        if len(named) < 2:
            continue
        span = page.doc.char_span(found.start, found.end, alignment_mode="expand")
        if span is None:
            continue
        first = leftmost(page, span[0])
        start = _sentence_start(page, first.i)
        own = _states_between(page, start, found.end, first.idx)
        own = [e.state for m in after for e in m.entries[:1] if e.state] if after else own
        given: Sequence[str | None] = own if len(own) == len(named) else [None] * len(named)
        for person, state in zip(named, given, strict=True):
            held = office_of(page, person, replace_plural(title, found.title.text), found.end, given=state)
            if held is not None and (state is not None or any(e.state == held.state for e in person.entries)):
                begin = min(held.start, found.start)
                yield replace(held, name=held.name, start=begin, end=person.end)


def _states_after(page: Page, start: int) -> list[Mention]:
    """Return the states that follow a title in the plural: "the Presidents of A and the Republic of B"."""
    found: list[Mention] = []
    at = start
    for mention in page.mentions:
        if mention.start < at:
            continue
        fits = (_JOINED if found else _OF).fullmatch(page.text[at : mention.start])
        if not fits or not any(entry.kind == "state" for entry in mention.entries):
            break
        found.append(mention)
        at = mention.end
    return found if len(found) > 1 else []


def counterparts(page: Page, before: Sequence[OfficeMention]) -> Iterator[OfficeMention]:
    """Yield the office of who is called a counterpart: that of the office named last before, in his state."""
    for person in page.mentions:
        if person.kind != "person":
            continue
        hit = _COUNTERPART.search(page.text[max(0, person.start - 60) : person.start])
        earlier = [
            office
            for office in before
            if office.person.end < person.start and office.roles != ("OtherOffice",)
        ]
        if hit is None or not earlier:
            continue
        at = max(0, person.start - 60) + hit.start()
        states = _states_between(page, max(0, at - 40), at, max(0, at - 40))
        last = max(earlier, key=lambda office: office.start)
        title = Title(at, at + len("counterpart"), _plain(last), last.roles)
        if _holds_another(page, person, last):
            continue
        held = office_of(page, person, title, title.end, given=states[-1] if states else None)
        if held is not None and held.state is not None and held.state != last.state:
            yield replace(held, key=last.key)


def _holds_another(page: Page, person: Mention, last: OfficeMention) -> bool:
    """Tell whether the lexicon knows a person of other offices only: a general secretary is no president."""
    day = page.article.published
    if len(person.entries) != 1 or day is None:
        return False
    held = page.lexicon.offices_of(person.entries[0].iri, day)
    return bool(held) and not any(set(page.lexicon.roles(o.iri)) & set(last.roles) for o in held)


def replace_plural(title: Title, singular: str) -> Title:
    """Return a title with its text in the singular, where it stands."""
    return Title(title.start, title.end, singular, title.roles)


def _plain(office: OfficeMention) -> str:
    names = {"ForeignMinister": "foreign minister", "DefenceMinister": "defence minister",
             "HeadOfGovernment": "prime minister", "HeadOfState": "president"}  # fmt: skip
    return next((names[role] for role in office.roles if role in names), office.key)


def _listed(page: Page, persons: Sequence[Mention], start: int) -> list[Mention]:
    """Return the persons named right after an offset, one after another."""
    found: list[Mention] = []
    at = start
    for person in persons:
        if person.start < at:
            continue
        between = page.text[at : person.start]
        fits = _JOIN.match(between) if found else re.match(rf"^[,:]?\s+{styles()}*$", between)
        if not fits:
            break
        found.append(person)
        at = person.end
    return found


def _states_between(page: Page, start: int, end: int, first: int) -> list[str]:
    del first
    return [
        entry.state
        for mention in page.mentions
        if start <= mention.start and mention.end <= end and mention.form in ("name", "demonym", "short")
        for entry in mention.entries[:1]
        if entry.kind == "state" and entry.state
    ]


def _sentence_start(page: Page, index: int) -> int:
    """Return the offset from which the states before a title are its own: four words back at most."""
    token = page.doc[index]
    start = max(token.sent.start, index - 4)
    return page.doc[start].idx
