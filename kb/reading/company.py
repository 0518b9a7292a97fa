"""Who went along on a journey, where the text says so of the journey and not beside one visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Token

from kb.reading.coreference import Referents
from kb.reading.data import nominals
from kb.reading.merge import Told
from kb.reading.model import Party
from kb.reading.syntax import objects, preposition, subjects
from kb.reading.tree import agents, is_passive
from kb.records import ClaimType, Modality

JOURNEYS: Final = frozenset({"trip", "journey", "visit", "tour", "way", "travel"})
_ON: Final = frozenset({"on", "during", "throughout", "for"})
_GUIDING: Final = frozenset({"walk", "guide", "lead", "show", "escort", "take", "conduct", "accompany"})
_ROUND: Final = frozenset({"through", "around", "round"})
_HERE: Final = 2
"""How many sentences after a visit still tell who led the visitor round."""


@dataclass(frozen=True, slots=True)
class _Company:
    at: int
    """Index of the token that says it."""
    whom: tuple[Party, ...]
    who: tuple[Party, ...]
    journey: bool
    """True where it is said of a journey, false where of what was just visited."""


def joined(referents: Referents, told: list[Told]) -> list[Told]:
    """Return the events with those who went along: of a journey its own claim, else what was visited last."""
    found = list(told)
    for company in _companies(referents):
        place = (
            _journey(referents, found, company) if company.journey else _visited(referents, found, company)
        )
        if place is not None:
            found[place] = _with(found[place], company.who)
    return found


def _companies(referents: Referents) -> Iterator[_Company]:
    for token in referents.page.doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        whom, who, ridden = _told(token)
        if not whom or not who:
            continue
        parties = _persons(referents, whom), _persons(referents, who)
        if all(parties) and not {p.name for p in parties[0]} & {p.name for p in parties[1]}:
            yield _Company(token.i, *parties, ridden)


def _told(token: Token) -> tuple[list[Token], list[Token], bool]:
    """Return with whom, who, and whether of a journey: "X accompanied Y on the trip", "X was with Y on …"."""
    lemma = token.lemma_
    if lemma == "accompany" and _of_journey(token):
        return objects(token), agents(token) if is_passive(token) else subjects(token), True
    if lemma == "be" and _of_journey(token):
        beside = list(preposition(token, frozenset({"with", "beside", "alongside"})))
        beside += [owner for side in preposition(token, frozenset({"at", "by"})) if side.lemma_ == "side"
                   for owner in side.children if owner.dep_ == "poss"]  # fmt: skip
        return beside, subjects(token), True
    if lemma in _GUIDING and any(preposition(token, _ROUND)):
        return objects(token), agents(token) if is_passive(token) else subjects(token), False
    return [], [], False


def _of_journey(token: Token) -> bool:
    """Tell whether what a verb says holds of a definite journey: "on the trip", "on the train"."""
    holders = [token, *(noun for child in token.children if child.dep_ == "prep" for noun in child.children)]
    nouns = [noun for holder in holders for noun in preposition(holder, _ON)]
    nouns = [n for n in nouns if n.lemma_.lower() in JOURNEYS or n.lemma_.lower() in nominals()["vehicles"]]
    return any(c.lower_ in ("the", "his", "her", "their") for noun in nouns for c in noun.children)


def _persons(referents: Referents, tokens: list[Token]) -> tuple[Party, ...]:
    return tuple(party for party in referents.parties(tokens) if party.kind == "person")


def _journey(referents: Referents, told: list[Told], company: _Company) -> int | None:
    """Return the claim of the journey that is spoken of: a trip as such, else the arrival or visit before."""
    mine = [i for i, one in enumerate(told) if _is_of(one, company)]
    triggers = {i: referents.page.doc[told[i].draft.trigger] for i in mine}
    trips = [i for i, word in triggers.items() if word.pos_ == "NOUN" and word.lemma_.lower() in JOURNEYS]
    if trips:
        return min(trips, key=lambda i: abs(told[i].draft.trigger - company.at))
    before = [i for i in mine if told[i].draft.trigger < company.at]
    return max(before, key=lambda i: told[i].draft.trigger, default=None)


def _visited(referents: Referents, told: list[Told], company: _Company) -> int | None:
    """Return what was visited last, in the sentence or just before it."""
    document = referents.page.doc
    start = document[company.at].sent.start
    for _ in range(_HERE):
        start = document[start - 1].sent.start if start else 0
    mine = [i for i, one in enumerate(told) if _is_of(one, company) and one.draft.type == ClaimType.VISIT]
    near = [i for i in mine if start <= told[i].draft.trigger < company.at and told[i].draft.spot.facility]
    return max(near, key=lambda i: told[i].draft.trigger, default=None)


def _is_of(one: Told, company: _Company) -> bool:
    goes = one.draft.type in (ClaimType.VISIT, ClaimType.ARRIVAL)
    names = {party.name for party in one.draft.parties("agents")}
    return goes and one.stance.modality is Modality.REPORTED and {p.name for p in company.whom} <= names


def _with(one: Told, who: tuple[Party, ...]) -> Told:
    known = {p.name for role in ("agents", "companions") for p in one.draft.parties(role)}
    more = tuple(party for party in who if party.name not in known)
    roles = {**one.draft.roles, "companions": (*one.draft.parties("companions"), *more)}
    return replace(one, draft=replace(one.draft, roles=roles))
