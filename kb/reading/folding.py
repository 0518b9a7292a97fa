"""Words of a text with their places, and the folding under which two spellings are one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+")
_HYPHENS: Final = "-‐‑‒–−"
_QUOTES: Final = re.compile('["“”„«»]')
_APOSTROPHES: Final = str.maketrans("’‘ʼ`", "''''")
_LETTERS: Final = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss"}
)
"""Latin letters that Unicode does not decompose into a base letter and a mark."""
_THE: Final = "the"
_LONG: Final = 200
"""Characters of a text, not a name: it is asked for its words more than once."""


class Word(NamedTuple):  # thousands are made for each text: a tuple is made fastest
    """A run of letters and digits: its characters, its folded key, its place in the text."""

    text: str
    key: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word without case and accents: "Türkiye" and "TURKIYE" are "turkiye"."""
    if word.isascii():
        return word.lower()
    bare = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).casefold()


def words(text: str) -> list[Word]:
    """Return the words of a text in order; hyphens, dots and apostrophes stand between words."""
    return list(_words_of_text(text)) if len(text) > _LONG else _words(text)


@lru_cache(maxsize=2)
def _words_of_text(text: str) -> tuple[Word, ...]:
    return tuple(_words(text))


def _words(text: str) -> list[Word]:
    return [Word(m[0], fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def name_words(text: str) -> list[Word]:
    """Return the words without each "the" after "of": "Governor of the Amur Region" is "of Amur Region"."""
    parts = words(text)
    if _THE not in text:
        return parts
    return [part for before, part in zip([None, *parts], parts, strict=False) if not _idle(before, part)]


def name_key(name: str) -> str:
    """Return what two spellings of one name share: words without case, accents, hyphens and apostrophes."""
    if _THE in name:
        return " ".join(word.key for word in name_words(name))
    return " ".join([fold(word) for word in _WORD.findall(name)])


def _idle(before: Word | None, part: Word) -> bool:
    return part.text == _THE and before is not None and before.key == "of"


def gap(between: str) -> str:
    """Return what stands between two words, with spellings that mean the same made one.

    Hyphens of every kind and white space are one, because "Kim Jong-un" is "Kim Jong Un"; curly
    apostrophes are straight; quotation marks go; a blank line stays apart, because no name crosses it.
    """
    if between in (" ", "-"):
        return " "
    if between.count("\n") > 1:
        return "\n\n"
    between = between.replace(" the ", " ")
    plain = _QUOTES.sub("", between.translate(_APOSTROPHES))
    if plain.strip() == "" or plain.strip() in _HYPHENS:
        return " "
    return ". " if plain.strip() == "." and plain != "." else plain
