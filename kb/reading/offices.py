"""Find persons named with an office: a title before the name, or in apposition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.lexicon import Entry
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_names import name_of
from kb.reading.page import Page
from kb.reading.titles import find_titles

_STYLES: Final = r"(?:His|Her) (?:Royal )?(?:Highness|Majesty|Excellency)|(?:Crown )?(?:President|Sheikh|King|Prince|General|Sir|Dr\.?)"
_DIRECT: Final = re.compile(rf"^[\s,]*(?:(?:{_STYLES})\s+)*$")
_OF_NAME: Final = re.compile(
    r"^\s+(?:of|for|to|on|at)\s+(?:(?:of|the|for|and|to|on|in|at|side|,|-|[A-Z][\w'’.&-]*|’s|'s)[\s,-]*)+$"
)
_AFTER: Final = re.compile(r"^(?:,\s+|\s+\()(?P<whole>(?:the |a |an |who is )?(?P<np>[^,.;:()\"“”]*))")
_FORMER: Final = re.compile(r"\b(?:former|ex|late|then|acting|designate|elect|retired|onetime)[\s-]*$", re.I)
_VERBAL: Final = frozenset({"VERB", "AUX", "PRON", "ADV"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title's stretch in the text, with the roles that it may mean."""

    start: int
    end: int
    text: str
    roles: tuple[str, ...]


def titles_in(page: Page) -> tuple[Title, ...]:
    """Return the singular titles of a text, the known ones and the plain heads of offices, sorted."""
    found = [Title(m.start, m.end, m.text, m.title.roles) for m in find_titles(page.text) if not m.plural]
    taken = {index for title in found for index in range(title.start, title.end)}
    heads = nominals()["office_heads"]
    for token in page.doc:
        if token.lower_ in heads and token.idx not in taken:
            end = token.idx + len(token.text)
            found.append(Title(token.idx, end, page.text[token.idx : end], ("OtherOffice",)))
    return tuple(sorted(found, key=lambda title: title.start))


def find(page: Page) -> tuple[OfficeMention, ...]:
    """Return each person's naming with an office, in the order of the text."""
    titles = titles_in(page)
    found: list[OfficeMention] = []
    for mention in page.mentions:
        if mention.kind == "person":
            before = _before(page, mention, titles)
            found += [office for office in (*before, _after(page, mention, titles)) if office is not None]
    return tuple(found)


def _before(page: Page, person: Mention, titles: tuple[Title, ...]) -> Iterator[OfficeMention]:
    """Yield the office before a name: "Russian President X", "Director of the Agency X"."""
    sentence = page.doc[person.first].sent
    start = sentence.start_char
    near = [t for t in titles if start <= t.start and t.end <= person.start and person.start - t.start < 220]
    blocked = max((m.end for m in page.mentions if m.kind == "person" and m.end <= person.start), default=0)
    for title in near:
        between = page.text[title.end : person.start]
        if title.start < blocked or not (
            _DIRECT.match(between) or _OF_NAME.match(" ".join(between.split(" ")))
        ):
            continue
        if _joined_later(page, title, near) or re.search(r",?\s(?:and|with)\s+$", between):
            continue
        office = _office(page, person, title, title.end if _DIRECT.match(between) else person.start)
        if office is not None:
            yield office
        return


def _joined_later(page: Page, title: Title, near: list[Title]) -> bool:
    """Tell whether another title follows "and" or a comma: then this one is another person's."""
    return any(
        later.start > title.end
        and re.search(
            r"(?:,|\band|\bwith)\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}$", page.text[title.end : later.start]
        )
        for later in near
    )


def _after(page: Page, person: Mention, titles: tuple[Title, ...]) -> OfficeMention | None:
    """Return the office after a name: "X, the mayor of Y"."""
    sentence = page.doc[person.first].sent
    found = _AFTER.match(page.text[person.end : sentence.end_char])
    if not found:
        return None
    start, end = person.end + found.start("np"), person.end + found.end("np")
    title = next((t for t in titles if start <= t.start and t.end <= end), None)
    if title is None:
        return None
    for token in page.doc.char_span(start, end, alignment_mode="expand") or ():
        if token.pos_ in _VERBAL or (token.idx < title.start and token.pos_ == "ADP"):
            if token.idx <= title.start:
                return None
            end = token.idx
            break
        other = page.mention_at(token)
        if other is not None and other.kind == "person" and other is not person:
            return None
    end = len(page.text[:end].rstrip())
    end = _cut_and(page, title, end)
    return _office(page, person, title, end, after=True)


def _cut_and(page: Page, title: Title, end: int) -> int:
    found = re.search(r"\s+(?:and|who|which|on a|in a|during)\s+(?=[a-z])", page.text[title.end : end])
    return title.end + found.start() if found else end


def _office(
    page: Page, person: Mention, title: Title, end: int, *, after: bool = False
) -> OfficeMention | None:
    span = page.doc.char_span(title.start, title.end, alignment_mode="expand")
    if span is None:
        return None
    head = span[-1]
    first = _leftmost(page, span[0])
    if _FORMER.search(page.text[max(0, first.idx - 12) : first.idx]) or _FORMER.match(
        page.text[first.idx : first.idx + 9]
    ):
        return None
    states = _states(page, first.idx, max(end, title.end))
    who = person.entries[0].state if len({entry.state for entry in person.entries}) == 1 else None
    state = states[0] if states else who or page.home
    name, iri = name_of(
        page, person, title.text, title.roles, state, (first.idx, title.start), (title.end, end)
    )
    if name is None:
        return None
    start = person.start if after else first.idx
    stop = end if after else person.end
    key = head.lower_
    return OfficeMention(person, head.i, key, name, iri, state, title.roles, start, stop, inferred=not states)


def _leftmost(page: Page, token: Token) -> Token:
    """Go left over what qualifies a title: "Russian Industry and Energy" in "… Minister"."""
    first, start = token, token.sent.start
    index = token.i - 1
    while index >= start:
        here = page.doc[index]
        mention = page.mention_at(here)
        if mention is not None and mention.kind == "person":
            break
        if _qualifies(here, page.doc[index + 1]):
            first = here
        elif here.lower_ not in ("and", ",", "-", "'s") or not page.doc[index - 1].text[:1].isupper():
            break
        index -= 1
    return first


def _qualifies(token: Token, after: Token) -> bool:
    wordy = token.is_alpha or "." in token.text
    capital = token.text[:1].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN")
    plain = (
        token.dep_ in ("compound", "amod", "nmod") and token.pos_ in ("NOUN", "ADJ") and not after.is_punct
    )
    return wordy and (capital or plain)


def _states(page: Page, start: int, end: int) -> list[str]:
    """Return the states named within a stretch, the nearest to its start first."""
    found: list[str] = []
    for mention in page.mentions:
        if start <= mention.start and mention.end <= end:
            found += [entry.state for entry in _stately(mention.entries) if entry.state]
    return found


def _stately(entries: tuple[Entry, ...]) -> list[Entry]:
    kinds = ("state", "government", "region", "settlement", "organisation", "office", "facility")
    return [entry for kind in kinds for entry in entries if entry.kind == kind][:1]
