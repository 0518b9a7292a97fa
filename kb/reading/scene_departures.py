"""Where one who leaves or arrives crosses a border: for where one leaves is not what one leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kb.reading.merge import Told
from kb.reading.model import NOWHERE, Spot
from kb.reading.page import Page
from kb.reading.scene_hosts import GIVES
from kb.records import ClaimType, Modality

_TO: Final = ("to", "in", "at", "with")
_POSTED: Final = frozenset({"ambassador", "consul", "attaché", "envoy", "troop", "soldier"})
"""Who may leave the state in which they are posted."""


def left_for(page: Page, one: Told) -> Told:
    """Who leaves for a state does not leave that one: "left for X", "leaves on a visit to X"."""
    if one.draft.type != ClaimType.DEPARTURE or not any(
        _is_at(page, one, goal) for goal in _goals(page, one)
    ):
        return one
    return replace(one, draft=replace(one.draft, spot=NOWHERE))


def _is_at(page: Page, one: Told, goal: Token) -> bool:
    """Tell whether an event's place is what a word names."""
    spot, named = one.draft.spot, page.mention_at(goal)
    if spot.start >= 0 or named is None:
        return spot.start <= goal.idx <= spot.end
    return spot.place.name == named.name if spot.place is not None else spot.country in _states(page, goal)


def abroad(page: Page, one: Told, told: list[Told]) -> Told:
    """Who leaves or crosses a border that is not named does so where the text has him last, or else next.

    Who leaves for another state, and whom the text has nowhere abroad, leaves his own.
    """
    if one.draft.type not in (ClaimType.ARRIVAL, ClaimType.DEPARTURE) or one.draft.spot != NOWHERE:
        return one
    names = {p.name for p in one.draft.parties("agents")}
    home = {state for party in one.draft.parties("agents") for state in party.states}
    goals = _states_of_goals(page, one)
    near = sorted(
        told,
        key=lambda other: (other.draft.start > one.draft.start, abs(other.draft.start - one.draft.start)),
    )
    for other in near:
        country = other.draft.spot.country
        goes = other.draft.type in GIVES and names <= {p.name for p in other.draft.parties("agents")}
        there = goes and country is not None and country not in home | goals
        if there and other.stance.modality in (Modality.REPORTED, one.stance.modality):
            return _at(one, country)
    leaves = one.draft.type == ClaimType.DEPARTURE and len(home) == 1 and not _is_posted(page, one)
    return _at(one, next(iter(home))) if leaves and goals and not goals & home else one


def states_left_for(page: Page, one: Told) -> set[str]:
    """Return the states for which one leaves by the words of an event."""
    return _states_of_goals(page, one) if one.draft.type == ClaimType.DEPARTURE else set()


def _is_posted(page: Page, one: Told) -> bool:
    subjects = [c for c in page.doc[one.draft.trigger].children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(word.lemma_.lower() in _POSTED for subject in subjects for word in subject.subtree)


def _at(one: Told, country: str | None) -> Told:
    return replace(one, draft=replace(one.draft, spot=Spot(country=country)))


def _goals(page: Page, one: Told) -> Iterator[Token]:
    """Yield for where one leaves: "for X and Y", "for a visit to X", "on a trip to X"."""
    for way in page.doc[one.draft.trigger].children:
        if way.dep_ != "prep" or way.lower_ not in ("for", "on", "to"):
            continue
        for goal in way.children:
            if goal.pos_ == "NOUN":
                yield from (end for to in goal.children if to.lower_ in _TO for end in _joined(to))
            elif way.lower_ != "on":
                yield from (goal, *goal.conjuncts)


def _joined(way: Token) -> Iterator[Token]:
    for end in way.children:
        yield from (end, *end.conjuncts)


def _states_of_goals(page: Page, one: Told) -> set[str]:
    return {state for goal in _goals(page, one) for state in _states(page, goal)}


def _states(page: Page, goal: Token) -> set[str]:
    named = page.mention_at(goal)
    return {entry.state for entry in named.entries if entry.state} if named is not None else set()
