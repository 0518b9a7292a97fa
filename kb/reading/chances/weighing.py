"""Weigh the words of a text that may tell an event, and the parties that may take part in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.casts import RECENT, Candidate, Setting, casts, figures
from kb.reading.chances.event_signs import Look, event_signs, look
from kb.reading.chances.near import Near, Neighbours
from kb.reading.chances.party_signs import looks, party_signs
from kb.reading.chances.telling import Telling
from kb.reading.chances.weights import Weights, chance
from kb.reading.chances.words import AIMED, word_of
from kb.reading.model import Party

WORTH: Final = 0.15
"""Chance of an event below which nobody asks who takes part in it."""
LIKELY: Final = 0.5
_OTHER_SIDE: Final = 0.25
"""Chance from which on somebody may be the other side where nobody is likelier."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An event that a word may tell, with its likeliest agents."""

    token: Token
    type: str
    agents: tuple[Party, ...]
    counterparts: tuple[Party, ...]
    """The likeliest other side, where the type has one; else empty."""
    chance: float
    """That a word tells an event of the type, and these take part in it."""


def weigh(telling: Telling, fitted: Weights) -> list[Weighed]:
    """Return the events that the words of a page may tell, each with its likeliest agents, in their order."""
    rows: list[list[float]] = []
    cast: list[tuple[Token, str, Sequence[Candidate], Sequence[Candidate]]] = []
    earlier: list[frozenset[str]] = []
    for seen, kind, signs in events(telling, fitted.idle):
        share = chance(fitted.events, signs)
        if share < WORTH:
            continue
        seats = [seat(one, plain, kind, signs, fitted) for one, plain, signs in parties(telling, seen, kind)]
        setting = setting_of(telling, seen, kind, share, earlier)
        for group in casts(seats, setting):
            rows.append(figures(group, seats, setting))
            cast.append((seen.token, kind, group, seats))
        if share > LIKELY:
            earlier.append(likely(seats))
    best: dict[tuple[int, str], Weighed] = {}
    for (token, kind, who, among), share in zip(
        cast, fitted.trees.chances(rows) if rows else (), strict=True
    ):
        held = best.get((token.i, kind))
        if held is None or share > held.chance:
            agents = tuple(one.party for one in who)
            best[token.i, kind] = Weighed(token, kind, agents, other_side(who, among), float(share))
    return list(best.values())


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
        weighed = [kind for kind in kinds if f"{word} {kind}" not in idle or telling.framed(token.i, kind)]
        if weighed:
            at = order[telling.sentence[token.i]]
            seen = look(telling, token, neighbours.of(token), at, words[word])
            for kind in weighed:
                yield seen, kind, event_signs(telling, seen, kind, types[kind])
        words[word] += 1
        types.update(kinds)


def parties(telling: Telling, seen: Look, type_: str) -> Iterator[tuple[Near, dict[str, str], list[str]]]:
    """Yield each party near a trigger with what there is to see of it and with its signs."""
    for one, plain in zip(seen.near, looks(telling, seen, type_), strict=True):
        yield one, plain, party_signs(plain, type_)


def seat(one: Near, plain: Mapping[str, str], type_: str, signs: Sequence[str], fitted: Weights) -> Candidate:
    """Return a party as one of those from which a cast is made."""
    return Candidate(
        one,
        chance(fitted.agents, signs),
        chance(fitted.counterparts, signs) if type_ in AIMED else 0.0,
        distance=int(plain["distance"]),
        words=int(plain["words"]),
        same_sentence=plain["same sentence"] == "True",
        is_subject=plain["subject"] == "True",
        is_object=plain["object"] == "True",
        named=int(plain["named"]),
        home=plain["home"] == "True",
        opening=plain["opening"],
        rank=int(plain["rank"]),
    )


def setting_of(
    telling: Telling, seen: Look, type_: str, share: float, earlier: Sequence[frozenset[str]]
) -> Setting:
    """Return what is the same for all casts of a trigger."""
    key = seen.token.i, type_
    one = telling.by_trigger.get(key)
    draft = one.draft if one is not None else telling.drafted.get(key)
    framed = frozenset(party.name for party in draft.parties("agents")) if draft is not None else frozenset()
    sure = telling.confidence.get(key, 0.0)
    owned = seen.plain["determiner"] == "poss"
    return Setting(type_, share, sure, framed, tuple(earlier[-RECENT:]), seen.verbal, seen.passive, owned)


def likely(seats: Sequence[Candidate]) -> frozenset[str]:
    """Return the names of those who are likelier to take part than not."""
    return frozenset(one.party.name for one in seats if one.chance >= LIKELY)


def other_side(cast: Sequence[Candidate], seats: Sequence[Candidate]) -> tuple[Party, ...]:
    """Return the likeliest other side of an event with these agents, empty where none is likely."""
    names = {member.party.name for member in cast}
    rest = [other for other in seats if other.party.name not in names and other.counterpart]
    found = [other for other in rest if other.counterpart >= LIKELY]
    if not found and rest:
        first = max(rest, key=lambda other: other.counterpart)
        found = [first] if first.counterpart >= _OTHER_SIDE else []
    return tuple(other.party for other in found)
