"""How far an office's words go, and of which state it is: what qualifies a title, before and after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals, titles_of_one_state
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention, OfficeMention
from kb.reading.office_names import name_of
from kb.reading.page import Page

_FORMER: Final = re.compile(r"\b(?:former|ex|late|retired|onetime)[\s-]*$", re.I)
_EX: Final = re.compile(r"\b(?:former|ex|late|retired|onetime)\b", re.I)
_BARE: Final = frozenset({"secretary", "minister", "deputy secretary", "deputy minister", "under secretary"})
"""Titles that name no office without what they are over: "Secretary X" repeats a fuller title."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title's stretch in the text, with the roles that it may mean."""

    start: int
    end: int
    text: str
    roles: tuple[str, ...]


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
    own = given or next(iter(states), None) or _own(page, person)
    state = own or _inferred(page, person, title, first, named)
    around = (first.idx, title.start), (title.end, end)
    name, iri = name_of(page, person, title.text, title.roles, state, *around)
    if name is None:
        return None
    if iri is not None:
        state = page.lexicon.entry(iri).state
    start = person.start if after else first.idx
    stop = end if after else person.end
    if behind and not after:
        stop = next(m.end for m in page.mentions if m.start > person.end)
    key = re.split(r"\s+(?:of|for|to)\s+", title.text.lower())[0].split()[-1]
    sure = bool(states) or given is not None
    head = next((token for token in span if token.lower_ == key), span[-1])
    return OfficeMention(
        person, head.i, key, name, iri, state, title.roles, start, stop, inferred=not sure, bare=bare
    )


def _inferred(page: Page, person: Mention, title: Title, first: Token, named: bool) -> str | None:
    """Return the state of an office that names none: its side's, its master's, the outlet's, the last."""
    found = _side(page, person) or _masters(page, first) or _by_title(page, title)
    if found is None and page.home is not None and _has(page, title, page.home):
        return page.home
    if found is None and named:
        ours = _outlets(page, title)
        fits = ours is not None and not _held_by_another(page, person, title, ours)
        return ours if fits else _last_named(page, person, title, first)
    return found


def _has(page: Page, title: Title, state: str) -> bool:
    """Tell whether a state may have such an office: one with a prime minister has no chancellor."""
    role = next((role for role in title.roles if role in ("HeadOfState", "HeadOfGovernment")), None)
    offices = page.lexicon.offices(state, role) if role is not None else []
    word = title.text.lower().split()[-1]
    plain = word in ("leader", "premier", "pm", "head", "ruler", "queen", "king")
    return plain or not offices or any(word in office.name.lower() for office in offices)


def _outlets(page: Page, title: Title) -> str | None:
    """Return the state of a news outlet that writes of its own ministers and speaks of that state."""
    state = page.outlet.state if page.outlet is not None else None
    leads = title.roles != ("OtherOffice",)
    spoken = any(entry.state == state for m in page.mentions for entry in m.entries if entry.kind == "state")
    return state if state is not None and leads and spoken else None


def _own(page: Page, person: Mention) -> str | None:
    """Return the state of a person whom the lexicon knows, by this name or by a fuller one in the text."""
    word = person.text.split()[-1]
    for mention in (
        person,
        *(m for m in page.mentions if m.kind == "person" and m.text.endswith(f" {word}")),
    ):
        states = {entry.state for entry in mention.entries}
        if len(states) == 1:
            return states.pop()
    return None


def _masters(page: Page, first: Token) -> str | None:
    """Return the state of the person whose aide somebody is: "Xian Chancellor A's spokesman, B"."""
    if first.i < 2 or first.nbor(-1).lower_ not in ("'s", "'"):
        return None
    master = first.nbor(-2)
    mention = page.mention_at(master)
    if (mention is None or mention.kind != "person") and master.lower_ not in _HEADS:
        return None
    before = list(page.mentions_in(max(master.i - 4, first.sent.start), master.i))
    states = [entry.state for entry in mention.entries if entry.state] if mention is not None else []
    states += [entry.state for other in before for entry in _stately(other.entries) if entry.state]
    return states[0] if states else None


def _by_title(page: Page, title: Title) -> str | None:
    """Return the only state that has such a title, the outlet's own aside."""
    found = titles_of_one_state().get(title.text.lower())
    return None if page.home is not None and page.home != found else found


def _last_named(page: Page, person: Mention, title: Title, first: Token) -> str | None:
    """Return the state named last before a title, in its sentence or the one before.

    A state whose office of that kind somebody else held on the day is passed over.
    """
    sentence = first.sent
    before = first.doc[sentence.start - 1].sent if sentence.start else first.doc[:0]
    here = list(page.mentions_in(sentence.start, first.i))
    subjects = [page.mention_at(token) for token in before if token.dep_ in ("nsubj", "nsubjpass")]
    acting = [mention for mention in subjects if mention is not None]
    for mention in (*reversed(here), *acting, *reversed(list(page.mentions_in(before.start, before.end)))):
        state = _named_state(page, mention)
        if (
            state is not None
            and _has(page, title, state)
            and not _held_by_another(page, person, title, state)
        ):
            return state
    return None


def _held_by_another(page: Page, person: Mention, title: Title, state: str) -> bool:
    day, name = page.article.published, person.text.split()[-1]
    role = next((role for role in title.roles if role != "OtherOffice"), None)
    if day is None or role is None:
        return False
    offices = page.lexicon.offices(state, role)
    holders = [holder for office in offices for holder in page.lexicon.holders(office.iri, day)]
    return bool(holders) and not any(name in holder.name for holder in holders)


def _named_state(page: Page, mention: Mention) -> str | None:
    if mention.kind == "person":
        return _own(page, mention)
    states = [entry.state for entry in mention.entries if entry.kind == "state"]
    return states[0] if states and mention.form in ("name", "demonym", "short") else None


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
        if _qualifies(here, page.doc[index + 1]) and not (here.lower_ in _HEADS and index + 1 < token.i):
            first = here
            whose = whose or (mention is not None and any(entry.kind == "state" for entry in mention.entries))
        elif whose or not _joins(page, here, listed=listed):
            break
        index -= 1
    return first


_HEADS: Final = frozenset({"minister", "president", "secretary", "premier", "chancellor", "director"})
"""Heads of another title: what qualifies a title never goes over one."""


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
        and before.lower_ not in _HEADS
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
    entries = [entry for mention in near for entry in _stately(mention.entries)]
    entries.sort(key=lambda entry: entry.kind not in ("state", "government"))
    return [entry.state for entry in entries if entry.state]


def _stately(entries: tuple[Entry, ...]) -> list[Entry]:
    kinds = ("state", "government", "region", "settlement", "organisation", "office", "facility")
    return [entry for kind in kinds for entry in entries if entry.kind == kind][:1]


def styles() -> str:
    """Return a pattern for the ranks and styles that stand between an office and a name."""
    words = sorted(nominals()["styles"], key=lambda word: (-len(word), word))
    return rf"(?:\b(?i:{'|'.join(map(re.escape, words))})(?:\.\s*|[’']\s+|[\s-]+)|\([A-Za-z]+\)[\s,]*)"
