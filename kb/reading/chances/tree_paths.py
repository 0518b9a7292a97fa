"""How two words hang together in the tree of a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kb.reading.tree import once

FAR: Final = 9
_JOINED: Final = ("conj", "appos", "compound")
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Way:
    """From a trigger to another word."""

    above: str
    """How far above the trigger the two meet."""
    distance: int
    """Links between them, at most FAR."""
    link: str
    """The link at which the other word's side begins."""
    links: str
    """Its first links, from the word upwards."""


APART: Final = Way("other", FAR, "none", "")
"""Between words of two sentences."""
_ELSEWHERE: Final = Way("elsewhere", FAR, "none", "")


def heights(token: Token) -> dict[int, int]:
    """Return a word and what governs it, by index, with the links up to each."""
    found, height = {token.i: 0}, 0
    while token.head != token:
        token, height = token.head, height + 1
        found[token.i] = height
    return found


def way(above: dict[int, int], word: Token | None) -> Way:
    """Return how a word of its sentence hangs together with a trigger; ``above``: the trigger's heights."""
    if word is None:
        return _ELSEWHERE
    links: list[str] = []
    while word.i not in above:
        links.append(word.dep_)
        if word.head == word:
            return Way("none", FAR, "none", "")
        word = word.head
    height = above[word.i]
    first = links[-1] if links else "self"
    return Way(f"up{min(height, 4)}", min(len(links) + height, FAR), first, "<".join(links[:_SHOWN]))


def behind(word: Token | None) -> str:
    """Return the preposition before a noun phrase, also before what it is joined to, else "-"."""
    return _behind(word) if word is not None else "-"


@once
def _behind(word: Token) -> str:
    for _ in range(3):
        if word.head.pos_ == "ADP" or word.head.dep_ == "agent":
            return word.head.lower_
        if word.dep_ not in _JOINED:
            break
        word = word.head
    return "-"


def role_of(word: Token | None) -> str:
    """Return the link of a noun phrase to what governs it, or of what it is joined to."""
    return _role_of(word) if word is not None else "none"


@once
def _role_of(word: Token) -> str:
    for _ in range(4):
        if word.dep_ not in _JOINED:
            break
        word = word.head
    return word.dep_
