"""Find persons named with an office: a title before the name, or in apposition after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kb.reading.data import nominals
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_spans import office_of, styles
from kb.reading.office_states import Title
from kb.reading.offices_joint import counterparts, joint
from kb.reading.page import Page
from kb.reading.titles import find_titles

_STYLES: Final = styles()
_DIRECT: Final = re.compile(rf"^[\s,]*{_STYLES}*$")
_OF_NAME: Final = re.compile(
    r"^\s+(?:of|for|to|on|at)\s+(?:(?:of|the|for|and|to|on|in|at|side|,|-|\([A-Z]+\)|[A-Z][\w'’.&-]*|’s|'s)[\s,-]*)+$"
)
_AND_OF: Final = re.compile(
    r"^(?:,|\s+and)\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:and\s+(?:[A-Z][\w'’-]+\s*){1,3})?,\s+$"
)
"""What else a ministry is for: "Minister of Foreign Affairs and Human Mobility, X"."""
_OF_NOUNS: Final = re.compile(r"^\s+(?:of|for|to|at)\s+[^,.;:()\"“”]{3,80},\s+$")
"""What an office is over, in plain words up to a comma: "security chief at the presidential palace, X"."""
_OFFICES: Final = frozenset({"president", "ambassador", "king", "queen", "senator", "chief"})
"""Styles that are offices by themselves."""
_TRAILING: Final = re.compile(rf"[\s,]*{_STYLES}+$")
_AFTER: Final = re.compile(r"^(?:,\s+|\s+\()(?P<whole>(?:the |a |an |who is )?(?P<np>[^,.;:()\"“”]*))")
_CUT: Final = re.compile(
    r"\s+(?:(?:and|who|which|on a|in a|during)\s+(?=[a-z])|"
    r"(?:in\s+[A-Z]\w+\s+)?(?:later|earlier|today|yesterday|tomorrow|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:this|last|next)\s+(?:week|month|year))\b)"
)
"""Where what follows a title ends and the sentence goes on."""
_VERBAL: Final = frozenset({"VERB", "AUX", "PRON"})


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


def _before(page: Page, person: Mention, titles: tuple[Title, ...]) -> Iterator[OfficeMention]:
    """Yield the office before a name: "Russian President X", "Director of the Agency X"."""
    sentence = page.doc[person.first].sent
    start = sentence.start_char
    near = [t for t in titles if start <= t.start and t.end <= person.start and person.start - t.start < 220]
    blocked = max((m.end for m in page.mentions if m.kind == "person" and m.end <= person.start), default=0)
    direct = [t for t in near if _DIRECT.match(page.text[t.end : person.start])]
    closest = [t for t in direct[-1:] if t.text.lower() not in nominals()["styles"] - _OFFICES]
    for title in closest or near:
        between = page.text[title.end : person.start]
        more = " of " in title.text and _AND_OF.match(between)
        plain = more or (_OF_NOUNS.match(between) and not _verbal(page, title.end, person.start))
        if title.start < blocked or not (_DIRECT.match(between) or _OF_NAME.match(between) or plain):
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
    return span is not None and any(token.pos_ in _VERBAL for token in span)


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
    if found["np"].startswith("The "):  # a sentence goes on: "In X, The President said"
        return None
    start, end = person.end + found.start("np"), person.end + found.end("np")
    title = next((t for t in titles if start <= t.start and t.end <= end), None)
    if title is None or (listed and not re.match(r"(?:the|a|an|who)\s", found["whole"])):
        return None
    for token in page.doc.char_span(start, end, alignment_mode="expand") or ():
        verbal = token.pos_ in _VERBAL and token.dep_ != "amod" and token.text[:1].islower()
        if verbal or (token.idx < title.start and token.pos_ == "ADP"):
            if token.idx <= title.start:
                return None
            end = token.idx
            break
        other = page.mention_at(token)
        if other is not None and other.kind == "person" and other is not person:
            return _aide(page, person, title, other)
    end = len(page.text[:end].rstrip())
    end = _cut_and(page, title, _of_state(page, title, end))
    return office_of(page, person, title, end, after=True)


def _aide(page: Page, person: Mention, title: Title, master: Mention) -> OfficeMention | None:
    """Return the office of who serves another: "X, spokesman for Y's president Z", of the master's state."""
    if title.end > master.start or not re.match(r"\s+(?:for|of|to)\s", page.text[title.end : master.start]):
        return None
    states = [
        entry.state
        for mention in page.mentions
        if title.end <= mention.start <= master.start
        for entry in mention.entries[:1]
        if entry.state
    ]
    return office_of(page, person, title, title.end, after=True, given=states[0]) if states else None


def _of_state(page: Page, title: Title, end: int) -> int:
    """Return where "of Y" ends after a title: what follows the state is the sentence's."""
    found = re.match(r"\s+of\s+(?:the\s+)?", page.text[title.end : end])
    start = title.end + found.end() if found else -1
    state = next((m for m in page.mentions if m.start == start and m.form == "name"), None)
    whole = state is not None and any(entry.kind == "state" for entry in state.entries)
    whole = whole and state is not None and page.text[state.end : state.end + 2] not in ("'s", "’s")
    return state.end if state is not None and whole else end


def _cut_and(page: Page, title: Title, end: int) -> int:
    found = _CUT.search(page.text[title.end : end])
    return title.end + found.start() if found else end
