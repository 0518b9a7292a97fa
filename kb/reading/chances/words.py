"""Which types of event a word may tell: those of the frames that it can trigger, and some more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from spacy.tokens import Token

from kb import plain_yaml
from kb.reading.frames import frames

WEIGHED: Final = ("Visit", "Arrival", "Departure", "Meeting", "Call", "Agreement", "Transfer", "Deployment",
                  "Display", "Exercise", "Statement", "Sanction")  # fmt: skip
"""The types that are weighed, as the trees number them. Of production texts with gold tell too little."""
SYMMETRIC: Final = frozenset({"Meeting", "Call", "Agreement", "Exercise"})
"""Types all of whose parties are agents."""
AIMED: Final = frozenset({"Transfer", "Deployment", "Sanction"})
"""Types of which nobody knows enough without the other side."""
_MORE: Final = Path(__file__).with_name("words.yaml")
_POS: Final = {"AUX": "VERB", "PROPN": "NOUN"}


def part_of_speech(token: Token) -> str:
    """Return a word's part of speech; auxiliaries are verbs, names nouns."""
    return _POS.get(token.pos_, token.pos_)


def word_of(token: Token) -> str:
    """Return a word as the weights know it: "visit/NOUN"."""
    return f"{token.lemma_.lower()}/{part_of_speech(token)}"


def types_of(word: str) -> tuple[str, ...]:
    """Return the types of event that a word may tell, sorted; without those that quiet frames alone tell."""
    return _types().get(word, ())


@cache
def _types() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for frame in (frame for frame in frames() if not frame.quiet):
        for verb in frame.verbs:
            found[f"{verb.split()[0]}/VERB"].add(str(frame.type))
        for noun in frame.nouns:
            found[f"{noun}/NOUN"].add(str(frame.type))
    for kind, words in plain_yaml.load(_MORE.read_text("utf-8")).items():
        for word in words:
            found[word].add(kind)
    weighed = set(WEIGHED)
    return {word: tuple(sorted(types & weighed)) for word, types in found.items() if types & weighed}
