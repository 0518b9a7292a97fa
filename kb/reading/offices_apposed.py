"""Offices told after a name: "X, the mayor of Y", "X, member of the W, Foreign Minister of Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kb.reading.model import Mention, OfficeMention
from kb.reading.office_spans import VERBAL, office_of, styles
from kb.reading.office_states import Title
from kb.reading.page import Page

_INNER: Final = r"(?:[^,.;:()\"“”]|(?<=\b[A-Z])\.)*"
"""What an apposition holds: no mark that ends it, but the dots of "U.S."."""
_AFTER: Final = re.compile(rf"^(?:,\s+|\s+\()(?P<whole>(?:the |a |an |who is )?(?P<np>{_INNER}))")
_NEXT: Final = re.compile(rf"^(?:,\s+(?:and\s+)?|\s+and\s+)(?P<whole>(?:the |also )?(?P<np>{_INNER}))")
_CUT: Final = re.compile(
    r"\s+(?:(?:and|who|which|on a|in a|during)\s+(?=[a-z])|"
    r"(?:in\s+[A-Z]\w+\s+)?(?:later|earlier|today|yesterday|tomorrow|"
    r"on\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:this|last|next)\s+(?:week|month|year))\b)"
)
"""Where what follows a title ends and the sentence goes on."""
_TWO: Final = re.compile(r"\s+and\s+(?:the\s+)?(?:[A-Z][\w-]*\s+){0,2}$")
_STYLED: Final = re.compile(rf",\s+{styles()}*")
_MOST: Final = 4
"""Offices that are told of one person in a row."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """An apposition: its title, where its words begin and where they end."""

    title: Title
    end: int
    cut: bool
    """True where the sentence goes on within the stretch: nothing further is the person's."""


def apposed(
    page: Page, person: Mention, titles: tuple[Title, ...], *, listed: bool
) -> Iterator[OfficeMention]:
    """Yield the offices after a name; ``listed``: where one stands before it too, only with an article."""
    last = _sentence_end(page, person)
    found = _AFTER.match(page.text[person.end : last])
    if not found or found["np"].startswith("The "):  # a sentence goes on: "In X, The President said"
        return
    if listed and not re.match(r"(?:the|a|an|who)\s", found["whole"]):
        return
    held: list[OfficeMention] = []
    at, pattern = person.end, found
    for _ in range(_MOST):
        start, end = at + pattern.start("np"), at + pattern.end("np")
        stretch = _stretch(page, person, titles, start, end)
        if stretch is None or isinstance(stretch, OfficeMention):
            held += [stretch] if stretch is not None else []
            break
        if listed and _of_the_next(page, stretch.end):
            break
        given = _given(page, start, stretch.end, held)
        office = office_of(page, person, stretch.title, stretch.end, after=True, given=given)
        if office is not None:
            held.append(replace(office, start=stretch.title.start) if held else office)
        follows = _NEXT.match(page.text[stretch.end : last])
        if office is None or stretch.cut or follows is None:
            break
        at, pattern = stretch.end, follows
    yield from held


def _sentence_end(page: Page, person: Mention) -> int:
    """Return where a name's sentence ends, with what follows a comma that the parser took for an end."""
    end = page.doc[person.first].sent.end_char
    if page.text[person.end : end].strip() in ("", ",") and end < len(page.text):
        following = page.doc.char_span(end, end + 12, alignment_mode="expand")
        return (
            following[-1].sent.end_char
            if following is not None and "," in page.text[person.end : end]
            else end
        )
    return end


def _of_the_next(page: Page, end: int) -> bool:
    """Tell whether a name follows a title: "Foreign Secretary X, the Secretary for Trade, Y"."""
    styled = _STYLED.match(page.text[end:])
    at = end + styled.end() if styled is not None else -1
    return any(mention.kind == "person" and mention.start == at for mention in page.mentions)


def _given(page: Page, start: int, end: int, held: list[OfficeMention]) -> str | None:
    """Return the state that the office told before names, where this one, told after it, names none."""
    within = [mention for mention in page.mentions if start <= mention.start and mention.end <= end]
    named = any(entry.state for mention in within for entry in mention.entries)
    return held[-1].state if held and not held[-1].inferred and not named else None


def _stretch(
    page: Page, person: Mention, titles: tuple[Title, ...], start: int, end: int
) -> _Stretch | OfficeMention | None:
    """Return the apposition within a stretch of text, or the office of who serves a person named there."""
    within = [t for t in titles if start <= t.start and t.end <= end]
    title = next((t for t in within if page.text[t.end : t.end + 2] not in ("'s", "’s")), None)
    if title is None:
        return None
    cut = False
    for token in page.doc.char_span(start, end, alignment_mode="expand") or ():
        verbal = token.pos_ in VERBAL and token.dep_ != "amod" and token.text[:1].islower()
        if verbal or (token.idx < title.start and token.pos_ == "ADP"):
            if token.idx <= title.start:
                return None
            end, cut = token.idx, True
            break
        other = page.mention_at(token)
        if other is not None and other.kind == "person" and other is not person:
            return _aide(page, person, title, other)
    second = next((t for t in titles if title.end < t.start < end), None)
    joint = _TWO.search(page.text[title.end : second.start]) if second is not None else None
    if joint is not None:
        return _Stretch(title, title.end + joint.start(), cut=False)
    end = len(page.text[:end].rstrip())
    whole = _cut_and(page, title, _of_state(page, title, end))
    return _Stretch(title, whole, cut or whole < end)


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
