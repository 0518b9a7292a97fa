"""Find persons named with an office: a title before the name, or in apposition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.reading.data import nominals
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_spans import VERBAL, office_of, styles
from kb.reading.office_states import Title
from kb.reading.offices_apposed import apposed
from kb.reading.offices_joint import counterparts, joint
from kb.reading.page import Page
from kb.reading.titles import find_titles

_STYLES: Final = styles()
_DIRECT: Final = re.compile(rf"^[\s,]*\(?{_STYLES}*$")
_OF_NAME: Final = re.compile(
    r"^\s+(?:of|for|to|on|at)\s+(?:(?:of|the|for|and|to|on|in|at|side|,|-|\([A-Z]+\)|[A-Z][\w'’.&-]*|"
    rf"\d+(?:st|nd|rd|th)|’s|'s)[\s,-]*)+(?:\({_STYLES}*)?$"
)
_AND_OF: Final = re.compile(
    r"^(?:,|\s+and)\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:and\s+(?:[A-Z][\w'’-]+\s*){1,3})?"
    rf"(?:of\s+(?:the\s+)?(?:[A-Z][\w'’-]+\s+|of\s+)*[A-Z][\w'’-]+)?,?\s+{_STYLES}*$"
)
"""What else a ministry is for: "Minister of Foreign Affairs and Human Mobility, X"."""
_OF_NOUNS: Final = re.compile(rf"^\s+(?:of|for|to|at)\s+[^,.;:()\"“”]{{3,80}},\s+{_STYLES}*$")
"""What an office is over, in plain words up to a comma: "security chief at the presidential palace, X"."""
_BEHIND: Final = re.compile(r"^,\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}$")
"""Between a name and its own title behind it: "X, the foreign minister, Y, the mayor"."""
_REIGNING: Final = frozenset({"HeadOfState"})
_STOP: Final = re.compile(r"[.!?;:\n]")
"""Marks that end a sentence: without one, a title and a name stand in one, whatever the parser says."""
_OFFICES: Final = frozenset({"president", "ambassador", "king", "queen", "senator", "chief"})
"""Styles that are offices by themselves."""
_TRAILING: Final = re.compile(rf"[\s,]*{_STYLES}+$")


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
    titled: set[int] = set()
    for mention in page.mentions:
        if mention.kind == "person":
            before = list(_within(page, mention, titles)) or list(_before(page, mention, titles, titled))
            titled |= {mention.end} if before else set()
            found += [*before, *apposed(page, mention, titles, listed=bool(before))]
    found += joint(page)
    found += counterparts(page, found)
    found = _without_doubtful(found)
    return tuple(sorted(found, key=lambda office: (office.person.start, office.start)))


def _without_doubtful(found: list[OfficeMention]) -> list[OfficeMention]:
    """Drop an office of an inferred state where the text names the same person with a state."""
    sure = {(o.person.text.split()[-1], o.state) for o in found if not o.inferred}
    named = {word for word, _ in sure}
    return [
        o
        for o in found
        if not o.inferred or (word := o.person.text.split()[-1]) not in named or (word, o.state) in sure
    ]


def _within(page: Page, person: Mention, titles: tuple[Title, ...]) -> Iterator[OfficeMention]:
    """Yield the office that a monarch's name begins with: "King Varga"."""
    for title in titles:
        if title.start == person.start and title.end < person.end and _REIGNING & set(title.roles):
            office = office_of(page, person, title, title.end)
            yield from () if office is None else (office,)


def _before(
    page: Page, person: Mention, titles: tuple[Title, ...], titled: set[int]
) -> Iterator[OfficeMention]:
    """Yield the office before a name: "Russian President X", "Director of the Agency X".

    ``titled``: where the names end that have an office before them.
    """
    sentence = page.doc[person.first].sent
    start = sentence.start_char
    near = [
        t
        for t in titles
        if t.end <= person.start
        and person.start - t.start < 220
        and (start <= t.start or not _STOP.search(page.text[t.end : person.start]))
    ]
    blocked = max((m.end for m in page.mentions if m.kind == "person" and m.end <= person.start), default=0)
    direct = [t for t in near if _DIRECT.match(page.text[t.end : person.start])]
    closest = [t for t in direct[-1:] if t.text.lower() not in nominals()["styles"] - _OFFICES]
    for title in closest or near:
        between = page.text[title.end : person.start]
        more = " of " in title.text and _AND_OF.match(between)
        plain = more or (_OF_NOUNS.match(between) and not _verbal(page, title.end, person.start))
        if title.start < blocked or not (_DIRECT.match(between) or _OF_NAME.match(between) or plain):
            continue
        behind = blocked > 0 and blocked not in titled and "," in between
        if behind and _BEHIND.match(page.text[blocked : title.start]):
            continue
        trailing = _TRAILING.search(between)
        bare = between[: trailing.start()] + " " if trailing else between
        if _joined_later(page, title, near) or re.search(r",?\s(?:and|with)\s+$", bare):
            continue
        end = title.end + trailing.start() if trailing else person.start
        twin = next((t for t in near if re.fullmatch(r"\s+and\s+", page.text[t.end : title.start])), None)
        alone = twin is None or re.search(r"(?:^|\W)(?:the|an?)\s+$", page.text[: twin.start], re.I)
        second = None if twin is None or alone else office_of(page, person, twin, twin.end)
        shared = second.state if second is not None and not second.inferred else None
        office = office_of(page, person, title, title.end if _DIRECT.match(between) else end, given=shared)
        yield from (each for each in (office, second) if each is not None)
        return


def _verbal(page: Page, start: int, end: int) -> bool:
    span = page.doc.char_span(start, end, alignment_mode="expand")
    return span is not None and any(token.pos_ in VERBAL for token in span)


def _joined_later(page: Page, title: Title, near: list[Title]) -> bool:
    """Tell whether another title follows "and" or a comma: then this one is another person's."""
    return any(
        later.start > title.end
        and re.search(
            r"(?:,|\band|\bwith)\s+(?:the\s+)?(?:[A-Z]\w+\s+){0,3}$", page.text[title.end : later.start]
        )
        for later in near
    )
