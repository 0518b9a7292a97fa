"""What counts as a position taken: by whom, in which form of a verb, on whom."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.model import Draft, Party
from kb.reading.page import Page

_PRAISES: Final = ("praise", "welcome", "applaud", "commend", "hail", "appreciate")


def no_position(token: Token) -> bool:
    """A purpose is no position taken yet, nor is "as announced by X", nor an infinitive that a noun has."""
    words = {child.lower_ for child in token.children if child.dep_ in ("aux", "mark", "advmod")}
    goes_on = "on" in {child.lower_ for child in token.head.children} and token.head.lemma_ == "go"
    if token.dep_ == "advcl" and words & {"to", "as"} and not goes_on:
        return True
    if token.dep_ in ("ccomp", "advcl") and words & {"whether", "if"}:
        return True
    if token.lemma_ == "be" and token.tag_ == "VB" and "to" in words:
        return True  # "believes X to be ready"
    if token.lemma_ == "say" and any(c.lower_ == "what" for child in token.children for c in child.children):
        return True  # "what it said were drills"
    if token.dep_ == "pcomp" and token.tag_ == "VBG" and token.head.head.pos_ == "NOUN":
        return True  # "his position of attaching importance to …"
    if token.dep_ == "acl" and token.tag_ == "VBN" and token.lemma_ in cues("attitudes")["all"]:
        return True  # "militias supported by X"
    if _no_stance(token):
        return True
    helped = (
        token.tag_ == "VB"
        and token.dep_ in ("ccomp", "xcomp")
        and token.head.lemma_ in ("help", "let", "make")
    )
    if helped and "to" not in words:
        return True
    infinitive = token.tag_ == "VB" and "to" in words and token.dep_ in ("acl", "xcomp")
    return infinitive and token.head.lemma_ not in cues("speech")["prelude"]


def _no_stance(token: Token) -> bool:
    """Tell whether a verb has another meaning: called on a host, recalled an envoy, committed a sum."""
    lemma, below = token.lemma_, {child.dep_ for child in token.children}
    goods = [child for child in token.children if child.dep_ == "dobj"]
    if lemma == "call":
        links = {child.lower_ for child in token.children if child.dep_ == "prep"}
        return bool(links & {"on", "upon"}) and not below & {"xcomp", "advcl"} and "for" not in links
    if lemma == "recall":
        return any(noun.lemma_.lower() in cues("envoys")["all"] for noun in goods)
    if lemma == "commit":
        return any(part.like_num or part.tag_ == "$" for noun in goods for part in noun.subtree)
    part = token.dep_ == "pcomp" and token.head.head.lemma_ in ("part", "role")
    joined = token.dep_ == "conj" and token.tag_ == "VB" and not any(c.dep_ == "aux" for c in token.children)
    return part or (joined and token.head.tag_ == "VB" and no_position(token.head))


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
    rounds_off = token.dep_ == "advcl" and token.tag_ == "VBG" and token.lemma_ != "express"
    return rounds_off and not draft.parties("counterparts")


def repeats(draft: Draft, others: list[Draft], page: Page) -> bool:
    """Tell whether one only goes on about whom a joined verb names: "praised the delivery and thanked X"."""
    if not any(party.rule == "interlocutor" for party in draft.parties("counterparts")):
        return False
    token = page.doc[draft.trigger]
    if token.lemma_ not in _PRAISES:
        return False
    joined = {token.head.i} if token.dep_ == "conj" else set()
    joined |= {child.i for child in token.children if child.dep_ == "conj"}
    return any(
        other.trigger in joined
        and _states(other, "agents") == _states(draft, "agents")
        and any(party.rule != "interlocutor" for party in other.parties("counterparts"))
        and _states(other, "counterparts") == _states(draft, "counterparts")
        for other in others
    )


def _states(draft: Draft, role: str) -> set[str]:
    return {state for party in draft.parties(role) for state in party.states}
