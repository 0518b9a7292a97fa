"""How far an office's words go, and of which state it is: what qualifies a title, before and after."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_names import body_of_many, name_of
from kb.reading.office_states import HEADS, Title, inferred, own_state, stately
from kb.reading.page import Page

VERBAL: Final = frozenset({"VERB", "AUX", "PRON"})
_FORMER: Final = re.compile(r"\b(?:former|ex|late|retired|onetime)[\s-]*$", re.I)
_EX: Final = re.compile(r"\b(?:former|ex|late|retired|onetime)\b", re.I)
_BARE: Final = frozenset({"secretary", "minister", "deputy secretary", "deputy minister", "under secretary"})
"""Titles that name no office without what they are over: "Secretary X" repeats a fuller title."""


def office_of(
    page: Page, person: Mention, title: Title, end: int, *, after: bool = False, given: str | None = None
) -> OfficeMention | None:
    """Return a person's office; None where the words name none, or one that is no longer held.

    ``end`` is the offset where what follows the title ends; ``given`` the state that the text says elsewhere.
    """
    span = page.doc.char_span(title.start, title.end, alignment_mode="expand")
    if span is None:
        return None
    first = leftmost(page, span[0])
    before = page.text[max(0, first.idx - 12) : first.idx]
    if _FORMER.search(before) or _EX.search(page.text[first.idx : title.end]):
        return None
    behind = _after_name(page, person)
    states = _states(page, first.idx, max(end, title.end)) or behind
    bare = first == span[0] and end <= title.end and not states and title.text.lower() in _BARE
    if title.roles == ("OtherOffice",) and not states and re.search(r"\ban?\s+$", before):
        return None  # "a representative of a firm" is one of many
    named = end > title.end or title.text.lower() not in nominals()["office_heads"]
    wide = not states and given is None and body_of_many(page, first.idx, title.start) is not None
    own = given or next(iter(states), None) or (None if wide else own_state(page, person))
    state = own or (None if wide else inferred(page, person, title, first, named))
    around = (first.idx, title.start), (title.end, end)
    name, iri = name_of(page, person, title.text, title.roles, state, *around)
    if name is None:
        return None
    if iri is not None:
        state = page.lexicon.entry(iri).state
        wide = state is None
    start = person.start if after else first.idx
    stop = end if after else person.end
    if behind and not after:
        stop = next(m.end for m in page.mentions if m.start > person.end)
    key = re.split(r"\s+(?:of|for|to)\s+", title.text.lower())[0].split()[-1]
    sure = bool(states) or given is not None
    head = next((token for token in span if token.lower_ == key), span[-1])
    inferring = not sure and not wide
    return OfficeMention(
        person, head.i, key, name, iri, state, title.roles, start, stop, inferring, bare, body=wide
    )


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


def leftmost(page: Page, token: Token) -> Token:
    """Go left over what qualifies a title: "Russian Industry and Energy" in "… Minister"."""
    first, start = token, token.sent.start
    listed = (
        token.lower_ == "minister" or token.nbor(1).lower_ == "minister"
        if token.i + 1 < len(token.doc)
        else False
    )
    index, whose = token.i - 1, False
    while index >= start:
        here = page.doc[index]
        mention = page.mention_at(here)
        if mention is not None and mention.kind == "person":
            break
        if _qualifies(here, page.doc[index + 1]) and not (here.lower_ in HEADS and index + 1 < token.i):
            first = here
            whose = whose or (mention is not None and any(entry.kind == "state" for entry in mention.entries))
        elif whose or not _joins(page, here, listed=listed):
            break
        index -= 1
    return first


def _joins(page: Page, token: Token, *, listed: bool) -> bool:
    """Tell whether a title's qualifiers go on to the left: "Industry and Energy", of ministers only."""
    before = page.doc[token.i - 1]
    if token.lower_ in ("-", "'s"):
        return before.text[:1].isupper()
    if token.lower_ == "of" and before.lower_ in ("department", "ministry", "bureau", "secretariat"):
        return True
    joined = listed and token.lower_ in ("and", ",")
    return (
        joined
        and before.text[:1].isupper()
        and page.mention_at(before) is None
        and before.lower_ not in HEADS
    )


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
    entries = [entry for mention in near for entry in stately(mention.entries)]
    entries.sort(key=lambda entry: entry.kind not in ("state", "government"))
    return [entry.state for entry in entries if entry.state]


def styles() -> str:
    """Return a pattern for the ranks and styles that stand between an office and a name."""
    words = sorted(nominals()["styles"], key=lambda word: (-len(word), word))
    ranks = rf"\b(?i:{'|'.join(map(re.escape, words))})(?:\.\s*|[’']\s+|[\s-]+)"
    return rf"(?:{ranks}|\bH[EHM]\b[\s.]+|\([A-Za-z]+\)[\s,]*)"
