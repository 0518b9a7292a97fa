"""How a name becomes keys: folded words, and what may be compared of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from kb.reading.folding import words

MOST_WORDS: Final = 12
"""A name with more words is compared in its own order only; the longest curated name has eleven."""
_SILENT: Final = re.compile("['’‘ʼ`ʹʺ\"“”„«»]")
"""Signs that some spellings of one name have and others have not."""


@lru_cache(maxsize=65_536)
def folded(text: str) -> tuple[str, ...]:
    """Return the words of a name without case, marks, hyphens, apostrophes and English articles.

    "The Republic of the Congo" is "republic", "of", "congo"; "Komsomol’sk-na-Amure" is "komsomolsk", "na",
    "amure". A text without letters and digits gives nothing.
    """
    found = tuple(word.key for word in words(_SILENT.sub("", text)))
    return tuple(word for word in found if word != "the") or found


def in_order(words: Sequence[str]) -> str:
    """Return the key under which names of the same words in any order meet."""
    return " ".join(sorted(words))


def rotations(words: Sequence[str]) -> Iterator[str]:
    """Yield the words run together from each beginning but the first: "jongunkim", "unkimjong"."""
    for first in range(1, len(words) if len(words) <= MOST_WORDS else 0):
        yield "".join((*words[first:], *words[:first]))


def grams(words: Sequence[str]) -> set[str]:
    """Return the three-letter pieces of each word, its ends marked by blanks, and its letters in order.

    Two letters swapped in the middle of "hanoi" leave one piece of five; its letters stay.
    """
    pieces = {f" {word} "[at : at + 3] for word in words for at in range(len(word))}
    return pieces | {"=" + "".join(sorted(word)) for word in words}


def digits(text: str) -> str:
    """Return the digits of a key: "su35s" and "su34s" are two things and no slip of the finger."""
    return "".join(sign for sign in text if sign.isdigit())
