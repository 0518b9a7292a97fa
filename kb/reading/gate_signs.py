"""The signs by which the gate judges a claim: what speaks for it or against it, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from spacy.tokens import Token

from kb.reading.data import cues
from kb.reading.gate_view import View
from kb.reading.merge import names_in
from kb.reading.model import OfficeMention, Party
from kb.records import Modality, Ref

_FEW_WORDS: Final = 40
"""Characters of a quote below which it tells little beside its trigger."""
_FAR, _NEAR = 120, 25
"""Characters between a trigger and an agent."""
_TOP: Final = 200
"""Characters of a text's body that tell its news."""
_OFTEN: Final = 3
"""Namings in a text from which on somebody is no side figure of it."""
_LONG: Final = 4
"""Words of a name; a longer one is often two that were taken for one."""
_MANY_STATES: Final = 5
_FOUND_BY: Final = {
    "pronoun": "he or she", "pronoun-it": "it", "pronoun-plural": "they", "pronoun-group": "they",
    "pair": "one of a pair", "state-pair": "both states", "modifier": "an adjective",
    "demonym": "an adjective", "metonym": "a capital or seat", "place": "a place",
    "interlocutor": "who was talked to", "near": "nearness",
}  # fmt: skip
"""How a party was found, in words, by the first part of its rule."""
ABOUT_NOBODY: Final = "one person's words about nobody"
"""The sign of what is no position at all, whatever else speaks for it."""
_OFFICE_RULES: Final = ("title", "office", "speaker")
BY_OFFICE, LEFT, FULL = "office", "what was left of the two states", "full name"
"""How a party was found by rules that are recognised otherwise."""


def signs(view: View) -> tuple[str, ...]:
    """Return the signs that a claim of an event or a position bears, each once."""
    found = [words for words, holds in _SIGNS if holds(view)]
    found += [f"agent found by {how}" for how in _ways(view.agents)]
    found += [f"counterpart found by {how}" for how in _ways(view.others)]
    return tuple(dict.fromkeys(found))


def office_signs(office: OfficeMention, agent: Ref) -> tuple[str, ...]:
    """Return the signs that the claim of an office bears."""
    known = agent.iri is not None, office.iri is not None
    holds = (all(known), not known[0], known[1] and not known[0], office.end != office.person.end,
             office.inferred, office.inferred and not known[0], office.key in _USUAL)  # fmt: skip
    return tuple(words for words, it_does in zip(_OFFICE_SIGNS, holds, strict=True) if it_does)


_USUAL: Final = frozenset({"president", "minister", "secretary", "leader", "king", "chancellor"})
_OFFICE_SIGNS: Final = (
    "person and office known to the reference data",
    "person unknown to the reference data",
    "known office of a person unknown to the reference data",
    "office told behind the name",
    "state of the office told elsewhere",
    "state of the office and its holder known from nothing else",
    "an office of many states",
)


def _ways(parties: Sequence[Party]) -> Iterator[str]:
    for party in parties:
        first = party.rule.split("/")[0]
        if "near" in party.rule:
            yield _FOUND_BY["near"]
        elif party.rule.startswith("pair/"):
            yield LEFT
        elif first.startswith(_OFFICE_RULES):
            yield BY_OFFICE
        elif first in _FOUND_BY:
            yield _FOUND_BY[first]
        elif first == "name":
            yield FULL


def _unknown(party: Party) -> bool:
    return party.kind == "person" and party.iri is None


def _one_word(party: Party) -> bool:
    return _unknown(party) and len(party.name.split()) == 1


def _one_state(view: View) -> bool:
    return len({state for party in view.agents for state in party.states}) < 2


def _alone(view: View) -> bool:
    """One person's words about no other state."""
    return len(view.agents) < 2 and any(p.kind != "state" for p in view.agents) and not view.others


def _of_relations(view: View) -> bool:
    draft = view.one.draft
    words = view.around.page.doc.char_span(draft.start, draft.end, alignment_mode="expand")
    return words is not None and any(token.lemma_.lower() in cues("between")["all"] for token in words)


def _told_before(view: View) -> bool:
    draft = view.one.draft
    return any(
        other.draft.type == draft.type
        and other.draft.start < draft.start
        and names_in(other.draft, "agents") == names_in(draft, "agents")
        for other in view.around.told
    )


_SIGNS: Final[tuple[tuple[str, Callable[[View], bool]], ...]] = (
    ("nobody acts", lambda v: not v.agents),
    ("an agent is a person unknown to the reference data", lambda v: any(map(_unknown, v.agents))),
    ("an agent is known by one word only", lambda v: any(map(_one_word, v.agents))),
    ("an agent is an unnamed group", lambda v: any(p.kind == "group" for p in v.agents)),
    ("an agent is a body", lambda v: any(p.kind == "organisation" for p in v.agents)),
    ("an agent is of no known state", lambda v: any(not p.states for p in v.agents)),
    ("an agent's name is long", lambda v: any(len(p.name.split()) > _LONG for p in v.agents)),
    ("agents of several kinds", lambda v: len({p.kind for p in v.agents}) > 1),
    ("one party only where two deal", lambda v: v.joint and len(v.agents) < 2),
    ("parties of one state only where two deal", lambda v: v.joint and _one_state(v)),
    ("three parties or more", lambda v: len(v.agents) > 2),
    ("an agent stands far from the words", lambda v: max(v.distances, default=0) > _FAR),
    ("all agents stand beside the words", lambda v: max(v.distances, default=_FAR) <= _NEAR),
    ("all agents stand in the sentence", lambda v: bool(v.agents) and all(map(v.here, v.agents))),
    ("the text names all agents often", lambda v: min(v.namings(v.agents), default=0) >= _OFTEN),
    ("the text names the agents once", lambda v: max(v.namings(v.agents), default=_OFTEN) <= 1),
    ("the text names a counterpart often", lambda v: max(v.namings(v.others), default=0) >= _OFTEN),
    ("the text names the counterparts once", lambda v: max(v.namings(v.others), default=_OFTEN) <= 1),
    ("a position on nobody", lambda v: v.spoken and not v.others),
    (ABOUT_NOBODY, lambda v: v.spoken and _alone(v)),
    ("several counterparts", lambda v: len(v.others) > 1),
    ("words of relations between states", lambda v: v.spoken and _of_relations(v)),
    ("no state is known", lambda v: not v.states),
    ("one state only", lambda v: len(v.states) == 1),
    ("one state only in an event", lambda v: not v.spoken and len(v.states) == 1),
    ("the text is about many states", lambda v: len(v.around.states) >= _MANY_STATES),
    ("place told", lambda v: not v.spoken and v.one.draft.spot.start >= 0),
    ("place taken from elsewhere", lambda v: not v.spoken and v.one.draft.spot.start < 0 and _spot(v)),
    ("undated", lambda v: not v.spoken and v.one.when.edtf is None),
    ("dated by the day of issue", lambda v: v.one.when.basis == "issued-on"),
    ("dated by another event", lambda v: v.one.when.basis == "same-event"),
    ("told as speculation", lambda v: v.one.stance.modality is Modality.SPECULATED),
    ("asked for", lambda v: v.one.stance.modality is Modality.REQUESTED),
    ("told as planned", lambda v: v.one.stance.modality is Modality.PLANNED),
    ("somebody is quoted for it", lambda v: v.one.stance.speaker is not None),
    (
        "at the top of the text",
        lambda v: not v.spoken and v.one.draft.start - v.around.page.headline_end < _TOP,
    ),
    ("few words", lambda v: v.one.draft.end - v.one.draft.start < _FEW_WORDS),
    ("told beside the main clause", lambda v: v.trigger.dep_ in ("pcomp", "ccomp", "dep")),
    ("told by a verb in -ing", lambda v: v.trigger.tag_ == "VBG"),
    ("told in the main clause", lambda v: v.trigger.dep_ == "ROOT"),
    ("a verb without a subject", lambda v: v.trigger.pos_ == "VERB" and not _has_subject(v.trigger)),
    ("another event in the same words", lambda v: any(o.draft.type != v.type for o in v.overlapping())),
    ("told twice in the same words", lambda v: any(o.draft.type == v.type for o in v.overlapping())),
    ("the like of the same agents told before", _told_before),
)
"""Each sign in words, and when a claim bears it."""


def _spot(view: View) -> bool:
    spot = view.one.draft.spot
    return bool(spot.place or spot.facility or spot.country)


def _has_subject(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in token.children)
