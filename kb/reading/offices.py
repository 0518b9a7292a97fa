"""Find persons named with an office: a title before the name, or in apposition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_names import name_of
from kb.reading.page import Page
from kb.reading.titles import find_titles

_STYLES: Final = "|".join(
    sorted((re.escape(word) for word in nominals()["styles"]), key=lambda word: (-len(word), word))
)
_DIRECT: Final = re.compile(rf"^[\s,]*(?:(?i:{_STYLES})(?:\.\s*|[\s-]+))*$")
_OF_NAME: Final = re.compile(
    r"^\s+(?:of|for|to|on|at)\s+(?:(?:of|the|for|and|to|on|in|at|side|,|-|[A-Z][\w'’.&-]*|’s|'s)[\s,-]*)+$"
)
_AFTER: Final = re.compile(r"^(?:,\s+|\s+\()(?P<whole>(?:the |a |an |who is )?(?P<np>[^,.;:()\"“”]*))")
_FORMER: Final = re.compile(r"\b(?:former|ex|late|then|acting|designate|elect|retired|onetime)[\s-]*$", re.I)
_EX: Final = re.compile(r"\b(?:former|ex|late|then|retired|onetime|elect|designate)\b", re.I)
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
            before = list(_before(page, mention, titles))
            after = _after(page, mention, titles, listed=bool(before))
            found += [*before, after] if after is not None else before
    return tuple(found)


def _before(page: Page, person: Mention, titles: tuple[Title, ...]) -> Iterator[OfficeMention]:
    """Yield the office before a name: "Russian President X", "Director of the Agency X"."""
    sentence = page.doc[person.first].sent
    start = sentence.start_char
    near = [t for t in titles if start <= t.start and t.end <= person.start and person.start - t.start < 220]
    blocked = max((m.end for m in page.mentions if m.kind == "person" and m.end <= person.start), default=0)
    for title in near:
        between = page.text[title.end : person.start]
        if title.start < blocked or not (_DIRECT.match(between) or _OF_NAME.match(between)):
            continue
        if _joined_later(page, title, near) or re.search(r",?\s(?:and|with)\s+$", between):
            continue
        office = _office(page, person, title, title.end if _DIRECT.match(between) else person.start)
        if office is not None:
            yield office
            twin = next((t for t in near if page.text[t.end : title.start] == " and "), None)
            if twin is not None and not page.text[: twin.start].rstrip().endswith((" the", " a")):
                second = _office(page, person, twin, twin.end)
                if second is not None:
                    yield second
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


def _after(page: Page, person: Mention, titles: tuple[Title, ...], *, listed: bool) -> OfficeMention | None:
    """Return the office after a name: "X, the mayor of Y"."""
    sentence = page.doc[person.first].sent
    found = _AFTER.match(page.text[person.end : sentence.end_char])
    if not found:
        return None
    start, end = person.end + found.start("np"), person.end + found.end("np")
    title = next((t for t in titles if start <= t.start and t.end <= end), None)
    if title is None or (listed and not re.match(r"(?:the|a|an|who)\s", found["whole"])):
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
    before = page.text[max(0, first.idx - 12) : first.idx]
    if _FORMER.search(before) or _EX.search(page.text[first.idx : title.end]):
        return None
    states = _states(page, first.idx, max(end, title.end)) or _after_name(page, person)
    who = {entry.state for entry in person.entries}
    known = who.pop() if len(who) == 1 else None
    state = states[0] if states else known or _side(page, person) or page.home
    name, iri = name_of(
        page, person, title.text, title.roles, state, (first.idx, title.start), (title.end, end)
    )
    if name is None:
        return None
    start = person.start if after else first.idx
    stop = end if after else person.end
    behind = _after_name(page, person)
    if behind and not after:
        stop = next(m.end for m in page.mentions if m.start > person.end)
    key = head.lower_
    return OfficeMention(person, head.i, key, name, iri, state, title.roles, start, stop, inferred=not states)


def _after_name(page: Page, person: Mention) -> list[str]:
    """Return the state after a name: "Prime Minister X of Y"."""
    found = re.match(r"\s+of\s+(?:the\s+)?", page.text[person.end : person.end + 12])
    start = person.end + found.end() if found else -1
    return [
        s
        for m in page.mentions
        if m.start == start and m.form == "name"
        for s in (e.state for e in m.entries)
        if s
    ][:1]


def _side(page: Page, person: Mention) -> str | None:
    """Return whose delegation a sentence lists: "Y was represented by X", "on the Y side"."""
    sentence = page.doc[person.first].sent
    heads = [
        c for verb in sentence if verb.lemma_ == "represent" for c in verb.children if c.dep_ == "nsubjpass"
    ]
    heads += [c for noun in sentence if noun.lemma_ == "side" for c in noun.children if c.dep_ == "amod"]
    for head in heads:
        mention = page.mention_at(head)
        if mention is not None and (states := [e.state for e in mention.entries if e.state]):
            return states[0]
    return None


def _leftmost(page: Page, token: Token) -> Token:
    """Go left over what qualifies a title: "Russian Industry and Energy" in "… Minister"."""
    first, start = token, token.sent.start
    listed = (
        token.lower_ == "minister" or token.nbor(1).lower_ == "minister"
        if token.i + 1 < len(token.doc)
        else False
    )
    index = token.i - 1
    while index >= start:
        here = page.doc[index]
        mention = page.mention_at(here)
        if mention is not None and mention.kind == "person":
            break
        if _qualifies(here, page.doc[index + 1]):
            first = here
        elif not _joins(page, here, listed=listed):
            break
        index -= 1
    return first


def _joins(page: Page, token: Token, *, listed: bool) -> bool:
    """Tell whether a title's qualifiers go on to the left: "Industry and Energy", of ministers only."""
    before = page.doc[token.i - 1]
    if token.lower_ in ("-", "'s"):
        return before.text[:1].isupper()
    joined = listed and token.lower_ in ("and", ",")
    return joined and before.text[:1].isupper() and page.mention_at(before) is None


def _qualifies(token: Token, after: Token) -> bool:
    wordy = token.is_alpha or "." in token.text
    capital = token.text[:1].isupper() and token.pos_ in ("PROPN", "ADJ", "NOUN")
    plain = (
        token.dep_ in ("compound", "amod", "nmod") and token.pos_ in ("NOUN", "ADJ") and not after.is_punct
    )
    return wordy and (capital or plain)


def _states(page: Page, start: int, end: int) -> list[str]:
    """Return the states named within a stretch: by their own names first, then by what is theirs."""
    near = [m for m in page.mentions if start <= m.start and m.end <= end]
    entries = [entry for mention in near for entry in _stately(mention.entries)]
    entries.sort(key=lambda entry: entry.kind not in ("state", "government"))
    return [entry.state for entry in entries if entry.state]


def _stately(entries: tuple[Entry, ...]) -> list[Entry]:
    kinds = ("state", "government", "region", "settlement", "organisation", "office", "facility")
    return [entry for kind in kinds for entry in entries if entry.kind == kind][:1]
