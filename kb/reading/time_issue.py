"""What a government's own account tells without a date happened on the day of its issue."""

from __future__ import annotations

import re
from typing import Final

from spacy.tokens import Token

from kb.reading.data import nominals
from kb.reading.model import Draft
from kb.reading.page import Page
from kb.reading.syntax import carrier
from kb.records import ClaimType, Modality, Polarity

_ISSUED: Final = frozenset(
    {
        ClaimType.MEETING,
        ClaimType.CALL,
        ClaimType.VISIT,
        ClaimType.AGREEMENT,
        ClaimType.STATEMENT,
        ClaimType.DISPLAY,
        ClaimType.EXERCISE,
        ClaimType.SANCTION,
    }
)
_EARLIER: Final = frozenset(
    {"recent", "last", "previous", "earlier", "past", "recently", "previously", "first", "former"}
)
_BEFORE: Final = frozenset({"recent", "recently", "previous", "previously", "earlier", "past", "former"})
"""Said of an event, these tell that it was before what the text is of."""
_CREDITED: Final = re.compile(r"\b(?:citing|quoting)\s+(?P<source>.+)", re.IGNORECASE)
_ORGANS: Final = frozenset({"office", "government", "facility"})
_NOW: Final = frozenset({"current", "present", "ongoing", "visiting"})


def issued(page: Page, draft: Draft, modality: Modality, polarity: Polarity) -> bool:
    """Tell whether a government's own account of what it just did may take the day of its issue."""
    token = page.doc[draft.anchor]
    if not is_official(page) or modality is not Modality.REPORTED or draft.type not in _ISSUED:
        return False
    if draft.type != ClaimType.STATEMENT and polarity is Polarity.NEGATED:
        return False
    verb = token if token.pos_ in ("VERB", "AUX") else carrier(token)
    words = {child.lower_ for child in token.children if child.dep_ in ("amod", "advmod")}
    if verb is None and draft.start > page.headline_end:
        return bool(words & _NOW) or (draft.type == ClaimType.STATEMENT and _is_predicate(token))
    if verb is not None and _lies_back(verb, draft.type):
        return False
    if draft.type == ClaimType.SANCTION and page.home is not None and not _of_home(page, draft):
        return False
    return draft.type == ClaimType.VISIT or not words & _EARLIER


def before(token: Token) -> Token | None:
    """Return the word by which an event is one of before: "his recent visit", "an earlier meeting"."""
    aside = (child for child in token.children if child.dep_ in ("amod", "advmod"))
    return next((child for child in aside if child.lower_ in _BEFORE), None)


def is_official(page: Page) -> bool:
    """Tell whether a government speaks: its own outlet, one that gives its words, or a press service."""
    credited = _CREDITED.search(page.article.outlet)
    if credited is not None and _governs(page, credited["source"]):
        return True
    words = set(re.findall(r"[a-z]+", page.article.outlet.lower()))
    serves = {"press", "office"} <= words or {"press", "service"} <= words or {"press", "center"} <= words
    unlisted = page.outlet is None or page.outlet.kind != "outlet"
    return page.home is not None or (unlisted and serves and bool(words & nominals()["governing"]))


def _governs(page: Page, source: str) -> bool:
    """Tell whether a source is a government's: its ministry, its seat, its press service."""
    words = set(re.findall(r"[a-z]+", source.lower()))
    kinds = {entry.kind for match in page.lexicon.matches(source) for entry in match.entries}
    serves = {"press", "service"} <= words or {"press", "office"} <= words
    return serves or bool(words & nominals()["governing"]) or bool(kinds & _ORGANS)


def _is_predicate(token: Token) -> bool:
    """Tell whether an adjective or noun says what somebody is: "is committed to"."""
    return token.head.pos_ == "AUX" and token.dep_ in ("acomp", "attr")


def _lies_back(verb: Token, kind: str) -> bool:
    """Tell whether a verb tells what happened before the account: "had met", "have signed"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if "had" in helpers or any(c.dep_ == "mark" and c.lower_ == "since" for c in verb.children):
        return True
    if kind != ClaimType.AGREEMENT:
        return False
    aside = verb.dep_ in ("acl", "relcl", "pcomp") and verb.head.pos_ in ("NOUN", "PROPN", "ADP")
    return aside or bool(helpers & {"have", "has"})


def _of_home(page: Page, draft: Draft) -> bool:
    return any(page.home in party.states for party in draft.parties("agents"))
