"""What is left out: statements inside statements, and titles whose event the body tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.merge import Told, names_in
from kb.reading.model import Draft
from kb.reading.page import Page
from kb.reading.positions import aside, by_somebody, repeats
from kb.reading.tree import ancestors
from kb.records import ClaimType

_NAMING: Final = ("confirm", "announce", "report")
"""Verbs of saying whose object names the event itself: "confirmed the delivery"."""
_NEAREST: Final = ("xcomp", "dobj", "attr", "nsubjpass")
_CORE: Final = (*_NEAREST, "nsubj", "prep", "pobj", "conj")
_DEPTH: Final = 3


def without_nested(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without statements that only go on another of the same speaker: "said he hoped"."""
    spoken = {draft.trigger: draft for draft in drafts if draft.type == ClaimType.STATEMENT}
    drafts = [_with_topic(page, draft, spoken) for draft in drafts]
    spoken = {draft.trigger: draft for draft in drafts if draft.type == ClaimType.STATEMENT}
    given = {draft.trigger for draft in drafts if draft.type == ClaimType.TRANSFER}
    given -= {i for i in given if page.doc[i].lemma_ in cues("speech")["asking"]}
    events = {draft.anchor for draft in drafts if draft.type != ClaimType.STATEMENT}
    return [
        d
        for d in drafts
        if d.type != ClaimType.STATEMENT
        or not (
            not by_somebody(page, d)
            or d.trigger in given
            or aside(d, page.doc[d.trigger])
            or repeats(d, list(spoken.values()), page)
            or _inside_another(page, d, spoken)
            or _only_reports(page.doc[d.trigger], events | _others(d, spoken))
        )
    ]


def _with_topic(page: Page, draft: Draft, spoken: dict[int, Draft]) -> Draft:
    """Return a statement with the counterparts of what it passes on: "Zembla regrets …, said X"."""
    if draft.trigger not in spoken or draft.parties("counterparts"):
        return draft
    for child in page.doc[draft.trigger].children:
        inner = spoken.get(child.i) if child.dep_ == "ccomp" else None
        if inner is not None and _same_voice(inner, draft) and inner.parties("counterparts"):
            return replace(draft, roles={**draft.roles, "counterparts": inner.parties("counterparts")})
    return draft


def _others(draft: Draft, spoken: dict[int, Draft]) -> set[int]:
    """Return the triggers of what others say by name: in "X said that Y demanded …" Y takes the position."""
    own, found = names_in(draft, "agents"), set()
    for trigger, other in spoken.items():
        speakers = other.parties("agents")
        named = speakers and not any("pronoun" in party.rule for party in speakers)
        if named and not names_in(other, "agents") & own and not _same_voice(other, draft):
            found.add(trigger)
    return found


def _only_reports(verb: Token, events: set[int]) -> bool:
    """Tell whether a verb of saying only passes on an event: then the claim of the event has the speaker."""
    if verb.lemma_ not in cues("speech")["passing_on"]:
        return False
    told = [part for child in verb.children if child.dep_ == "ccomp" for part in _core(child)]
    told += [child for child in verb.children if child.dep_ == "dobj" and verb.lemma_ in _NAMING]
    return any(part.i in events for part in told)


def _core(clause: Token) -> list[Token]:
    """Return what a clause itself tells: its verb, its subject and object, what they are of; no judgement."""
    judges = any(child.dep_ in ("attr", "acomp") for child in clause.children)
    duty = any(child.dep_ == "aux" and child.lower_ in ("must", "should") for child in clause.children)
    links = _NEAREST if judges or duty else _CORE
    found, layer = [clause], [clause]
    for _ in range(1 if judges or duty else _DEPTH):
        below = [(part, child) for part in layer for child in part.children if child.dep_ in links]
        layer = [child for part, child in below if child.dep_ != "prep" or part.pos_ in ("NOUN", "PROPN")]
        found += layer
    return found


def _inside_another(page: Page, draft: Draft, spoken: dict[int, Draft]) -> bool:
    token = page.doc[draft.trigger]
    below = token
    for above in ancestors(token):
        other = spoken.get(above.i)
        linked = below.dep_ in ("ccomp", "xcomp", "advcl", "acl", "pcomp", "prep", "dobj")
        dependent = below.dep_ in ("pcomp", "prep", "xcomp")
        if other is not None and linked and (dependent or _same_voice(draft, other)):
            return True
        if below.dep_ == "conj" and below.pos_ in ("VERB", "AUX"):
            return False
        below = above
    return False


def _same_voice(draft: Draft, other: Draft) -> bool:
    """Tell whether one tells his own position or that of his state: "X said that Zembla supports Y"."""
    if names_in(other, "agents") == names_in(draft, "agents"):
        return True
    if all("pronoun" in party.rule for party in draft.parties("agents")):
        return True
    inner, outer = draft.parties("agents"), other.parties("agents")
    states = {state for party in outer for state in party.states}
    return all(party.kind == "state" and set(party.states) <= states for party in inner) and bool(inner)


def without_title(page: Page, told: list[Told]) -> list[Told]:
    """Leave out what a title announces where the body tells it: the body is the fuller and the surer."""
    return [
        one
        for one in told
        if not (_in_title(page, one.draft) and any(_told_in_body(page, one, o) for o in told))
    ]


def _in_title(page: Page, draft: Draft) -> bool:
    """Tell whether a draft stands in a title that names an event or sums up in the present: "X bans Y"."""
    token = page.doc[draft.trigger]
    past = any(t.tag_ in ("VBD", "MD") for t in token.sent)
    return draft.end <= page.headline_end and not past


def _told_in_body(page: Page, one: Told, other: Told) -> bool:
    a, b = one.draft, other.draft
    countries = not (a.spot.country and b.spot.country and a.spot.country != b.spot.country)
    shared = names_in(a, "agents") & names_in(b, "agents") or {
        s for p in a.parties("agents") for s in p.states
    } == {s for p in b.parties("agents") for s in p.states}
    return b.start > page.headline_end and a.type == b.type and countries and bool(shared)
