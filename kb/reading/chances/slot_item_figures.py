"""The figures by which it is weighed whether a noun phrase names an item of an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.tokens import Token

from kb.reading.chances.slot_scene import tag
from kb.reading.chances.slot_wares import Wares, keys_of
from kb.reading.data import materiel
from kb.reading.items import LOOSELY, is_money
from kb.reading.merge import Told
from kb.reading.model import Mention, Party

_LISTS: Final = ("arms", "aid", "currencies", "goods", "things", "freight", "measures", "forces",
                 "marching", "shows", "hardware", "staff", "instruments", "bases", "bonds")  # fmt: skip
_RELATIONS: Final = ("dobj", "pobj", "nsubj", "nsubjpass", "appos", "conj", "attr", "compound", "poss",
                     "nmod", "oprd", "ROOT", "dep", "npadvmod", "nummod", "amod", "ccomp",
                     "xcomp")  # fmt: skip
_PREPOSITIONS: Final = ("", "of", "on", "for", "to", "with", "in", "from", "by", "between", "under",
                        "against", "including", "as", "at", "into", "worth", "like", "such",
                        "about")  # fmt: skip
_KINDS: Final = ("person", "state", "settlement", "region", "office", "outlet", "organisation", "facility",
                 "hardware", "government")  # fmt: skip
_ENTITIES: Final = ("PERSON", "GPE", "NORP", "ORG", "MONEY", "QUANTITY", "PRODUCT", "FAC", "CARDINAL")
_TAGS: Final = ("POS", "DT", "PRP$", "CD", "JJ", "IN", "CC", ",", "VBG", "VBN", "NN", "NNS", "NNP", ".", ":",
                "VBD", "VBZ", "VBP", "VB", "WDT", "TO", "-LRB-", "``", "MD", "WP", "WRB", "''", "-RRB-",
                "HYPH", "RB", "_SP")  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_NATIONS: Final = ("GPE", "NORP")
_LEAVE: Final = frozenset({
    "withdraw", "withdrawal", "pullout", "leave", "drawdown", "departure", "exit", "evacuate", "evacuation",
    "pull-out", "retreat", "return", "redeploy", "disengagement", "disengage", "quit", "expel", "remove",
    "removal",
})  # fmt: skip
FAR: Final = 40
"""Tokens from an event's trigger within which its items stand."""
_BESIDE: Final = 50
NOUN: Final = 39
EXTENT: Final = 12
ELSEWHERE: Final = 4
"""Figures of a noun, of an extent, and of what is named in other sentences."""
APART: Final = ELSEWHERE + 4
"""These last, and those of an event's being one of those who leave."""


def of_event(one: Told, trigger: Token, kind: int, nouns: int, wares: Wares) -> list[float]:
    """Return the figures that do not differ between the items of an event. ``nouns``: those near it."""
    weighed = one.draft.rule.endswith("/weighed")
    return [kind, len(one.draft.parties("items")), weighed, tag(trigger), nouns, len(wares.named)]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that may name an item of an event, and how it stands to the event's trigger."""

    head: Token
    up: int
    down: int
    """Steps up and down in the parse from the trigger to the noun."""
    near: bool
    """True in the trigger's own sentence."""
    side: bool
    """True where it names one who takes part."""
    rule: int
    """Which of the rules' items it stands in, -1 for none."""
    hardware: bool

    @property
    def listed(self) -> bool:
        """Tell whether it is hardware, a sum or in a list of nouns that name items."""
        return self.hardware or is_money(self.head) or any(_listed(keys_of(self.head)))


def of_noun(noun: Noun, trigger: Token, mention: Mention | None) -> list[float]:
    """Return what speaks for a noun; ``mention``: what it is part of."""
    head, near = noun.head, noun.near
    preposition = head.head.lower_ if head.dep_ == "pobj" else ""
    governs = head.head.head if head.dep_ == "pobj" else head.head
    top = head
    while top.dep_ in ("conj", "appos") and top.head != top:
        top = top.head
    below = top.head == trigger or (top.dep_ == "pobj" and top.head.head == trigger)
    children = [child.dep_ for child in head.children]
    return [
        _at(_RELATIONS, head.dep_), _at(_RELATIONS, top.dep_), _at(_PREPOSITIONS, preposition),
        min(abs(head.i - trigger.i), FAR) if near else _BESIDE, head.i > trigger.i, noun.up, noun.down,
        head == trigger, trigger.is_ancestor(head), head.is_ancestor(trigger), governs == trigger, below,
        *_listed(keys_of(head)), noun.hardware, is_money(head), head.tag_ == "NNS",
        head.tag_ in ("NNP", "NNPS"), noun.side, noun.rule, near, "nummod" in children, "poss" in children,
        governs.pos_ in ("VERB", "AUX"), -1 if mention is None else _at(_KINDS, mention.kind),
        _at(_ENTITIES, head.ent_type_),
    ]  # fmt: skip


@lru_cache(maxsize=20_000)
def _listed(keys: tuple[str, ...]) -> tuple[bool, ...]:
    """Tell for each list whether it holds a word, by the word's forms."""
    return tuple(not materiel()[name].isdisjoint(keys) for name in _LISTS)


def of_beginning(head: Token, first: int, kind: int) -> list[float]:
    """Return what speaks for a name's beginning at a token before its noun, or at that."""
    document = head.doc
    words = [document[at] for at in range(first, head.i)]
    opening = document[first]
    before = "" if opening.is_sent_start else document[first - 1].tag_
    kinds = [word.pos_ for word in words]
    return [
        kind, any(word.like_num for word in words), kinds.count("ADJ"),
        kinds.count("NOUN") + kinds.count("PROPN"),
        any(word.lower_ in LOOSELY for word in words), any(word.ent_type_ in _NATIONS for word in words),
        _at(_TAGS, before), opening.pos_ == "PROPN", opening.tag_ == "JJ",
    ]  # fmt: skip


def of_ending(head: Token, last: int, kind: int) -> list[float]:
    """Return what speaks for a name's end at a token after its noun, or at that."""
    document = head.doc
    after = document[last + 1].tag_ if last + 1 < len(document) else ""
    return [kind, _at(_TAGS, after), last - head.i]


def of_name(name: str, rules: Iterable[Party], in_title: bool, others: int) -> list[float]:
    """Return what speaks for a name, wherever it stands. ``others``: events beside that have it."""
    words = name.split()
    capital = len([word for word in words if word[0].isupper()]) / max(len(words), 1)
    return [
        len(words), capital, _DIGIT.search(name) is not None, name[:1].isdigit(),
        any(party.name == name for party in rules), others, in_title,
    ]  # fmt: skip


def of_leaving(trigger: Token) -> list[float]:
    """Return what speaks for an event's being one of those who leave."""
    return [
        _leaves(trigger), any(_leaves(word) for word in trigger.sent),
        any(_leaves(word) for word in trigger.ancestors), any(_leaves(word) for word in trigger.subtree),
    ]  # fmt: skip


def _leaves(token: Token) -> bool:
    lemma = token.lemma_.lower()
    away = lemma in ("pull", "move") and any(child.lower_ in ("out", "back") for child in token.children)
    return away or lemma in _LEAVE


def _at(values: Sequence[str], value: str) -> int:
    return values.index(value) if value in values else -1
