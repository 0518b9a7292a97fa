"""Of which state an office is that names none: its side's, its master's, the outlet's, the one spoken of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.data import titles_of_one_state
from kb.reading.lexicon_records import Entry
from kb.reading.model import Mention
from kb.reading.page import Page

HEADS: Final = frozenset({"minister", "president", "secretary", "premier", "chancellor", "director"})
"""Heads of another title: what qualifies a title never goes over one."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title's stretch in the text, with the roles that it may mean."""

    start: int
    end: int
    text: str
    roles: tuple[str, ...]


def inferred(page: Page, person: Mention, title: Title, first: Token, named: bool) -> str | None:
    """Return the state of an office that names none: its side's, its master's, the outlet's, the last."""
    found = _side(page, person) or _masters(page, first) or _by_title(page, title)
    home = page.home if page.home is not None and _has(page, title, page.home) else None
    if found is None and home is not None and not _held_by_another(page, person, title, home):
        return home
    if found is None and named:
        ours = _outlets(page, title)
        fits = ours is not None and not _held_by_another(page, person, title, ours)
        return ours if fits else _last_named(page, person, title, first) or home
    return found or home


def _outlets(page: Page, title: Title) -> str | None:
    """Return the state of a news outlet that writes of its own ministers and speaks of that state."""
    state = page.outlet.state if page.outlet is not None else None
    leads = title.roles != ("OtherOffice",)
    spoken = any(entry.state == state for m in page.mentions for entry in m.entries if entry.kind == "state")
    return state if state is not None and leads and spoken and _has(page, title, state) else None


def _has(page: Page, title: Title, state: str) -> bool:
    """Tell whether a state may have such an office: one with a prime minister has no chancellor."""
    role = next((role for role in title.roles if role in ("HeadOfState", "HeadOfGovernment")), None)
    offices = page.lexicon.offices(state, role) if role is not None else []
    word = title.text.lower().split()[-1]
    if "minister" in title.text.lower() and not _has_ministers(page, state):
        return False
    plain = word in ("leader", "premier", "pm", "head", "ruler", "queen", "king")
    return plain or not offices or any(word in office.name.lower() for office in offices)


def _has_ministers(page: Page, state: str) -> bool:
    """Tell whether a state's members of cabinet are ministers, not secretaries."""
    roles = ("ForeignMinister", "DefenceMinister", "HeadOfGovernment")
    offices = [office.name for role in roles for office in page.lexicon.offices(state, role)]
    return not offices or any("minister" in name.lower() for name in offices)


def own_state(page: Page, person: Mention) -> str | None:
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
    if (mention is None or mention.kind != "person") and master.lower_ not in HEADS:
        return None
    before = list(page.mentions_in(max(master.i - 4, first.sent.start), master.i))
    states = [entry.state for entry in mention.entries if entry.state] if mention is not None else []
    states += [entry.state for other in before for entry in stately(other.entries) if entry.state]
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
        return own_state(page, mention)
    states = [entry.state for entry in mention.entries if entry.kind == "state"]
    return states[0] if states and mention.form in ("name", "demonym", "short") else None


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


def stately(entries: tuple[Entry, ...]) -> list[Entry]:
    kinds = ("state", "government", "region", "settlement", "organisation", "office", "facility")
    return [entry for kind in kinds for entry in entries if entry.kind == kind][:1]
