"""A body that is named again without its state: "the ministry", "the embassy", "the company"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kb.reading.model import Mention, Party
from kb.reading.modifiers import modifier_states

if TYPE_CHECKING:
    from kb.reading.coreference import Referents

_LEAGUE: Final = "InternationalOrganisation"
_SMALL: Final = frozenset({"of", "the", "for", "and", "minister", "ministry"})
_BARE: Final = re.compile(
    r"(?:the )?(?:(?P<topic>Foreign|External|Defen[cs]e|Interior|Finance|Trade|Energy) Ministry"
    r"|Ministry (?:of|for) (?P<of>Foreign Affairs|External Affairs|(?:National )?Defen[cs]e|Interior))\Z",
    re.IGNORECASE,
)
_BACK: Final = 3
"""Sentences before a ministry in which its state may be that of the subject."""
_DATELINE: Final = 60
"""Characters after the title in which a capital is the dateline's."""
_STEM: Final = 5
"""Letters of a word that American and British spelling share: "defen"."""


def again(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the body that a definite noun points back to: named before, else that of a minister before."""
    lemma = token.lemma_.lower()
    named = [
        referents.thing(mention)
        for mention in referents.page.mentions
        if mention.kind == "organisation" and mention.end <= token.idx and lemma in _words(mention.text)
    ]
    if not named:
        return _of_minister(referents, token) if lemma == "ministry" else ()
    return (replace(named[-1], start=token.idx, end=token.idx + len(token), rule="organ-again"),)


def league(referents: Referents, token: Token) -> tuple[Party, ...]:
    """Return the body of several states that a text named last before "the alliance", "the bloc".

    "The alliance between X and Y" is none.
    """
    if any(child.dep_ == "prep" for child in token.children):
        return ()
    for mention in reversed(referents.page.mentions):
        joint = mention.entries and all(_LEAGUE in entry.classes for entry in mention.entries)
        if joint and mention.end <= token.idx:
            found = referents.thing(mention)
            return (replace(found, start=token.idx, end=token.idx + len(token), rule="league-again"),)
    return ()


def listed(referents: Referents, token: Token, state: str) -> Party | None:
    """Return the ministry of a state that the lexicon lists under other words: "Z's defence ministry"."""
    if token.lemma_.lower() != "ministry":
        return None
    known = referents.state(state)
    words = {token.lower_, *(c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod"))}
    words |= {t.lower_ for c in token.children if c.lower_ in ("of", "for") for t in c.subtree}
    topic = _stems(words - _SMALL) - _stems(_words(known.name) if known else set())
    return _ministry(referents, token, state, topic)


def unowned(referents: Referents, mention: Mention, token: Token) -> Party | None:
    """Return the ministry that a text names without its state: of whom it spoke last, or of its dateline."""
    bare = _BARE.match(mention.text)
    if bare is None or mention.entries:
        return None
    topic = _stems({word.lower() for word in (bare["topic"] or bare["of"]).split()} - _SMALL)
    for state in (*modifier_states(referents, token), *_speaking(referents, token)):
        found = _ministry(referents, token, state, topic)
        if found is not None:
            return found
    return None


def _speaking(referents: Referents, token: Token) -> Iterator[str]:
    """Yield the states of the subjects in the sentences before a token, then that of the dateline."""
    document, start = token.doc, token.sent.start
    for _ in range(_BACK):
        if not start:
            break
        before = document[start - 1].sent
        for part in before:
            if part.dep_ == "nsubj" and part.head == before.root:
                yield from (s for p in referents.single(part) if len(p.states) == 1 for s in p.states)
        start = before.start
    for mention in referents.page.mentions:
        if mention.form == "metonym" and mention.start < referents.page.headline_end + _DATELINE:
            state = referents.state_of(mention)
            yield from [state] if state is not None else []


def _of_minister(referents: Referents, token: Token) -> tuple[Party, ...]:
    before = [o for o in referents.offices if o.key == "minister" and o.start < token.idx and o.state]
    for office in reversed(before):
        state = referents.state(office.state or "")
        topic = _stems(_words(office.name) - _SMALL) - _stems(_words(state.name) if state else set())
        found = _ministry(referents, token, office.state or "", topic)
        if found is not None:
            return (found,)
    return ()


def _ministry(referents: Referents, token: Token, state: str, topic: set[str]) -> Party | None:
    for entry in referents.page.lexicon.entries("organisation"):
        words = _words(entry.name)
        if entry.state == state and "ministry" in words and topic and topic <= _stems(words):
            span = (token.idx, token.idx + len(token))
            return Party(entry.name, entry.kind, *span, entry.iri or None, (state,), "organ-of-minister")
    return None


def _stems(words: set[str]) -> set[str]:
    return {word[:_STEM] for word in words}


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[^\W\d_]+", name)}
