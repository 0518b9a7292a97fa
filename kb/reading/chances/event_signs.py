"""The signs by which a word is weighed as an event of a type: its form, what it governs, what frames say."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.near import Near
from kb.reading.chances.telling import Telling
from kb.reading.chances.words import types_of, word_of
from kb.reading.context.context import step
from kb.reading.modality import modality_of
from kb.reading.model import Party
from kb.reading.syntax import carrier, objects, subjects
from kb.reading.tree import is_passive, once, sentence_bounds

_WITH_TYPE: Final = ("word", "dep", "tag", "mood", "subject", "object", "head", "persons", "states", "sides",
                     "carrier")  # fmt: skip
"""Signs that also count for one type alone."""
_WITH_WORD: Final = ("dep", "subject", "object", "determiner")
"""Signs that also count for one word alone."""
_STEPS: Final = 5
"""Steps of a confidence from 0 to 1."""
_LATE, _LONG, _DEEP, _MANY = 15, 12, 8, 4


@dataclass(frozen=True, slots=True)
class Look:
    """A trigger and what stands round it: the same for all its types."""

    token: Token
    word: str
    verbal: bool
    passive: bool
    carrier: str
    subject: tuple[Party, ...]
    object: tuple[Party, ...]
    near: tuple[Near, ...]
    here: tuple[Party, ...]
    """The parties that stand in the trigger's sentence."""
    plain: Mapping[str, str]
    """Its signs, whatever the type."""
    signs: tuple[str, ...]
    """Those signs in words, and such of which it may bear several of a kind."""


def look(telling: Telling, token: Token, near: tuple[Near, ...], order: int, before: int) -> Look:
    """Return what there is to see of a trigger.

    ``order``: of its sentence; ``before``: how often the word stands before it.
    """
    referents = telling.referents
    start, end = sentence_bounds(token)
    verbal = token.pos_ in ("VERB", "AUX")
    acting, acted = (subjects(token), objects(token)) if verbal else ([], [])
    subject = tuple(party for one in acting for party in referents.single(one))
    object_ = tuple(party for one in acted for party in referents.single(one))
    light = carrier(token) if token.pos_ in ("NOUN", "PROPN") else None
    at = telling.sentence
    here = tuple(one.party for one in near if one.word is not None and at[one.word.i] == start)
    word, passive = word_of(token), token.pos_ == "VERB" and is_passive(token)
    modality, polarity, _ = modality_of(token)
    children = list(token.children)
    governor = token.head
    labels = _labels(token.doc[start])
    plain = {
        "word": word,
        "tag": token.tag_,
        "dep": token.dep_,
        "head": governor.lemma_.lower() if governor != token else "ROOT",
        "head tag": governor.tag_,
        "head's head": governor.head.lemma_.lower() if governor.head != governor else "-",
        "subject": _kind(subject, acting),
        "object": _kind(object_, acted),
        "mood": modality.name,
        "polarity": polarity.name,
        "passive": str(passive),
        "determiner": _determiner(children),
        "carrier": light.lemma_ if light is not None else "-",
        "sentence": str(min(order, _LATE)),
        "headline": str(token.idx < referents.page.headline_end),
        "length": str(min((end - start) // 5, _LONG)),
        "quoted": str(referents.quotations.holds(token.idx)),
        "persons": str(min(sum(one.kind == "person" for one in here), _MANY)),
        "states": str(min(sum(one.kind == "state" for one in here), _MANY)),
        "bodies": str(min(sum(one.kind in ("organisation", "group") for one in here), _MANY)),
        "sides": str(min(len({state for one in here for state in one.states}), _MANY)),
        "date": str("DATE" in labels),
        "place": str(not labels.isdisjoint(("GPE", "LOC", "FAC"))),
        "told": str(min(before, 3)),
        "depth": str(min(_depth(token), _DEEP)),
        "children": str(min(len(children), _DEEP)),
        "previous": token.doc[token.i - 1].lower_ if token.i else "-",
        "next": token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else "-",
    }  # fmt: skip
    loose = [f"auxiliary {c.lower_}" for c in children if c.dep_ in ("aux", "auxpass")]
    loose += [f"preposition {c.lower_}" for c in children if c.dep_ in ("prep", "agent", "dative")]
    signs = (*[f"{name} {value}" for name, value in plain.items()], *dict.fromkeys(loose))
    return Look(token, word, verbal, passive, plain["carrier"], subject, object_, near, here, plain, signs)


def event_signs(telling: Telling, seen: Look, type_: str, before: int) -> list[str]:
    """Return the signs of a trigger as an event of a type; ``before``: triggers of the type before it."""
    plain = seen.plain
    signs = list(seen.signs)
    signs += [f"{type_}: {name} {plain[name]}" for name in _WITH_TYPE]
    signs += [f"{seen.word}: {name} {plain[name]}" for name in _WITH_WORD]
    signs.append(f"{type_}: subject {plain['subject']} object {plain['object']}")
    signs.append(type_)
    signs += _of_frames(telling, seen, type_, before)
    if telling.context is not None:
        odds = f"context {step(telling.context.event(seen.token.idx, type_))}"
        signs += [odds, f"{type_}: {odds}"]
    return signs


def _of_frames(telling: Telling, seen: Look, type_: str, before: int) -> Iterator[str]:
    """Yield what the frames make of a trigger and of those round it."""
    index = seen.token.i
    start, end = sentence_bounds(seen.token)
    told, drafted = telling.by_trigger, telling.drafted
    one, draft = told.get((index, type_)), drafted.get((index, type_))
    state = "told" if one is not None else "dropped" if draft is not None else "silent"
    rule = one.draft.rule if one is not None else draft.rule if draft is not None else "-"
    sure = telling.confidence.get((index, type_), 0.0)
    places = telling.places.get(type_, [])
    low, high = bisect_left(places, start), bisect_left(places, end)
    earlier, own = bisect_left(places, index), one is not None
    whole = telling.places[""]
    here = whole[bisect_left(whole, start) : bisect_left(whole, end)]
    yield f"frames {state}"
    yield f"{type_}: frames {state}"
    yield f"rule {rule}"
    yield f"sure {int(sure * _STEPS)}"
    yield f"{type_}: sure {int(sure * _STEPS)} {state}"
    yield f"own frame {draft is not None or type_ in types_of(seen.word)}"
    yield f"others told {min(len(places) - own, 5)}"
    yield f"told before {min(earlier, 3)}"
    yield f"{type_}: told before {min(earlier, 3)}"
    same = high - low > own
    yield f"told in the sentence {same}"
    yield f"{type_}: told in the sentence {same}"
    yield f"of another type {here.count(index) > own}"
    yield f"anything in the sentence {bool(here)}"
    yield f"triggers before {min(before, 5)}"


@once
def _labels(first: Token) -> frozenset[str]:
    """Return the kinds of names of a sentence, by its first word."""
    return frozenset([word.ent_type_ for word in first.sent])


def _kind(parties: Sequence[Party], tokens: Sequence[Token]) -> str:
    if parties:
        return parties[0].kind
    return f"word {tokens[0].pos_}" if tokens else "none"


def _determiner(children: Sequence[Token]) -> str:
    if any(child.dep_ == "poss" for child in children):
        return "poss"
    return next((child.lower_ for child in children if child.dep_ == "det"), "-")


def _depth(token: Token) -> int:
    count = 0
    while token.head != token:
        token, count = token.head, count + 1
    return count
