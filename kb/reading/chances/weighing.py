"""Weigh the words of a text that may tell an event, and the parties that may take part in it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from spacy.tokens import Token

from kb.reading.chances.casts import NO_STEP, RECENT, Candidate, Setting
from kb.reading.chances.event_signs import Look, event_signs, look
from kb.reading.chances.forest import Figures
from kb.reading.chances.near import Near, Neighbours
from kb.reading.chances.options import Option, options
from kb.reading.chances.party_signs import looks, party_odds, values_of
from kb.reading.chances.repeats import Likeliest, repeats
from kb.reading.chances.telling import Telling
from kb.reading.chances.weights import Weights, chance
from kb.reading.chances.words import AIMED, word_of
from kb.reading.context.context import step
from kb.reading.model import Party
from kb.records import ClaimType

WORTH: Final = 0.25
"""Chance of an event below which nobody asks who takes part in it."""
LIKELY: Final = 0.5
HARDLY: Final = -3.0
"""Log-odds of the network below which nobody weighs a word of which no frame says anything."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event that a word may tell, with its likeliest agents."""

    token: Token
    type: str
    agents: tuple[Party, ...]
    counterparts: tuple[Party, ...] | None
    """The likeliest other side, empty where there is likely none; None where the type is not asked for it."""
    chance: float
    """That a word tells an event of the type, and these take part in it."""


def weigh(telling: Telling, fitted: Weights) -> list[Weighed]:
    """Return the events that the words of a page may tell, each with its likeliest agents, in their order."""
    rows: list[list[float]] = []
    sittings: list[tuple[Look, str, float, list[Option]]] = []
    earlier: list[frozenset[str]] = []
    agents, others = party_odds(fitted)
    for seen, kind, signs in events(telling, fitted.idle):
        share = chance(fitted.events, signs)
        if share < WORTH:
            continue
        seats = []
        for one, plain in zip(seen.near, looks(telling, seen, kind), strict=True):
            values = values_of(plain)
            counterpart = others.chance(values, kind) if kind in AIMED else 0.0
            seats.append(seat(one, plain, agents.chance(values, kind), counterpart))
        found, each = options(seats, setting_of(telling, seen, kind, share, earlier))
        if found:
            sittings.append((seen, kind, share, found))
            rows += each
        if share > LIKELY:
            earlier.append(likely(seats))
    if not sittings:
        return []
    odds, start = fitted.who.odds(rows), 0
    chosen: list[Option] = []
    told: list[list[float]] = []
    mentions: list[Likeliest] = []
    for seen, kind, share, found in sittings:
        end = start + len(found)
        at, lead = best(odds[start:end])
        chosen.append(found[at])
        told.append(rows[start + at] + lead)
        sentence = telling.sentence[seen.token.i]
        mentions.append(likeliest(seen.token.i, sentence, kind, found[at], share, lead))
        start = end
    whole = [[*row, *more] for row, more in zip(told, repeats(mentions), strict=True)]
    return [
        Weighed(seen.token, kind, _acting(telling, seen.token, kind, one), one.others, float(share))
        for (seen, kind, _, _), one, share in zip(sittings, chosen, fitted.trees.chances(whole), strict=True)
    ]


def _acting(telling: Telling, token: Token, kind: str, option: Option) -> tuple[Party, ...]:
    """Return who takes part: in exercises forces do, and a person named for them stands for a state; who is
    shown something shows nothing, and who shows it to a viewer whom a frame found stands in the sentence.
    """
    agents = option.agents
    draft = telling.drafted.get((token.i, kind)) if kind == ClaimType.DISPLAY else None
    if draft is not None:
        viewers, start = {party.name for party in draft.parties("counterparts")}, telling.sentence[token.i]
        showing = [
            one.party
            for one in option.cast
            if one.name not in viewers and (not viewers or _stands(one.near.word, telling, start))
        ]
        return tuple(showing) or draft.parties("agents")
    if kind != ClaimType.EXERCISE:
        return agents
    found: dict[str, Party] = {}
    for party in agents:
        if party.kind == "person" and len(party.states) == 1:
            rule = f"{party.rule}/state"
            party = telling.referents.state_party(party.states[0], party.start, party.end, rule)
        found.setdefault(party.name, party)
    return tuple(found.values())


def _stands(word: Token | None, telling: Telling, start: int) -> bool:
    """Tell whether a word stands in the sentence that begins with the word of an index."""
    return word is not None and telling.sentence[word.i] == start


def best(odds: Figures) -> tuple[int, list[float]]:
    """Return which of some options is likeliest; its log-odds, its share of all chances, the next one's."""
    at = int(np.argmax(odds))
    shares = np.exp(odds - odds[at])
    shares /= shares.sum()
    second = float(np.partition(shares, -2)[-2]) if len(shares) > 1 else 0.0
    return at, [float(odds[at]), float(shares[at]), second]


def likeliest(
    token: int, sentence: int, type_: str, option: Option, event: float, lead: Sequence[float]
) -> Likeliest:
    """Return an event as one among those of its text; ``lead``: as ``best`` gives it."""
    return Likeliest(token, sentence, type_, option.names, event / (1 + math.exp(-lead[0])))


def events(telling: Telling, idle: frozenset[str] = frozenset()) -> Iterator[tuple[Look, str, list[str]]]:
    """Yield each word that may tell an event, with each type of it and the signs for that.

    What is idle is left out where no frame says anything of it.
    """
    words: Counter[str] = Counter()
    types: Counter[str] = Counter()
    neighbours = Neighbours(telling)
    order = {sentence.start: at for at, sentence in enumerate(telling.referents.page.doc.sents)}
    for token, kinds in telling.triggers:
        word = word_of(token)
        weighed = [
            kind for kind in kinds if telling.framed(token.i, kind) or _is_worth(telling, token, kind, idle)
        ]
        if weighed:
            at = order[telling.sentence[token.i]]
            seen = look(telling, token, neighbours.of(token), at, words[word])
            for kind in weighed:
                yield seen, kind, event_signs(telling, seen, kind, types[kind])
        words[word] += 1
        types.update(kinds)


def _is_worth(telling: Telling, token: Token, type_: str, idle: frozenset[str]) -> bool:
    """Tell whether it is worth to weigh a word of which no frame says anything."""
    context = telling.context
    if context is not None and context.is_hopeless(token.idx, type_, HARDLY):
        return False
    return f"{word_of(token)} {type_}" not in idle


def seat(one: Near, plain: Mapping[str, str], agent: float, counterpart: float) -> Candidate:
    """Return a party, with its chances to act and to be on the other side, as one of those of a cast."""
    return Candidate(
        one,
        agent,
        counterpart,
        distance=int(plain["distance"]),
        words=int(plain["words"]),
        same_sentence=plain["same sentence"] == "True",
        is_subject=plain["subject"] == "True",
        is_object=plain["object"] == "True",
        named=int(plain["named"]),
        home=plain["home"] == "True",
        opening=plain["opening"],
        rank=int(plain["rank"]),
        acting=_step(plain["context"]),
        opposite=_step(plain["context other"]),
    )


def _step(said: str) -> int:
    return NO_STEP if said == "-" else int(said)


def setting_of(
    telling: Telling, seen: Look, type_: str, share: float, earlier: Sequence[frozenset[str]]
) -> Setting:
    """Return what is the same for all casts of a trigger."""
    key = seen.token.i, type_
    one = telling.by_trigger.get(key)
    draft = one.draft if one is not None else telling.drafted.get(key)
    framed = frozenset(party.name for party in draft.parties("agents")) if draft is not None else frozenset()
    others = draft.parties("counterparts") if draft is not None else ()
    sure = telling.confidence.get(key, 0.0)
    owned = seen.plain["determiner"] == "poss"
    recent = tuple(earlier[-RECENT:])
    context = telling.context
    told = step(context.event(seen.token.idx, type_)) if context is not None else 0
    return Setting(type_, share, sure, framed, recent, seen.verbal, seen.passive, owned, tuple(others), told)


def likely(seats: Sequence[Candidate]) -> frozenset[str]:
    """Return the names of those who are likelier to take part than not."""
    return frozenset(one.party.name for one in seats if one.chance >= LIKELY)
