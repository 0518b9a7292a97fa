"""What counts as a position taken: by whom, in which form of a verb, on whom."""

from __future__ import annotations

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.model import Draft, Party
from kb.reading.page import Page


def no_position(token: Token) -> bool:
    """A purpose is no position taken yet, nor is "as announced by X", nor an infinitive that a noun has."""
    words = {child.lower_ for child in token.children if child.dep_ in ("aux", "mark", "advmod")}
    if token.dep_ == "advcl" and words & {"to", "as"}:
        return True
    if token.dep_ in ("ccomp", "advcl") and words & {"whether", "if"}:
        return True
    infinitive = token.tag_ == "VB" and "to" in words and token.dep_ in ("acl", "xcomp")
    return infinitive and token.head.lemma_ not in cues("speech")["prelude"]


def by_somebody(page: Page, draft: Draft) -> bool:
    """Tell whether those who take a position are named, or of a state: not an outlet, not "observers"."""
    agents = draft.parties("agents")
    return bool(agents) and not any(
        party.kind == "outlet" or (party.kind == "group" and not party.states and not _names(page, party))
        for party in agents
    )


def _names(page: Page, party: Party) -> bool:
    """Tell whether an unnamed group is told by a name: "members of the X administration"."""
    return any(party.start <= mention.start and mention.end <= party.end for mention in page.mentions)


def aside(draft: Draft, token: Token) -> bool:
    """Tell whether a participle only rounds off its sentence: "…, underlining their ties", about nobody."""
    return token.dep_ == "advcl" and token.tag_ == "VBG" and not draft.parties("counterparts")
