"""Words in pieces, as the network was taught them: small letters without accents, rare words in parts.

These are BERT's rules ("uncased"): punctuation stands alone; a word is the longest piece that the table has,
then the longest that continues it, and so on; what the table cannot make up is unknown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

_CHUNK: Final = re.compile(r"\S+")
_UNKNOWN: Final = "[UNK]"
_LONGEST: Final = 100
"""Letters, more than which make a word unknown."""
_KEPT: Final = 50_000
"""Chunks whose pieces are remembered at most."""
_HAN: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2CEAF), (0x2F800, 0x2FA1F))

Letters = list[tuple[str, int]]
"""Letters, each with the offset where it stood."""


class Pieces:
    """Parts texts by one table."""

    def __init__(self, table: Path) -> None:
        """Read a table: a piece a line, its number that of the line. Raises OSError or KeyError if none."""
        lines = table.read_text("utf-8").splitlines()
        self._ids: Mapping[str, int] = {piece: at for at, piece in enumerate(lines)}
        self._unknown = self._ids[_UNKNOWN]
        self._of_chunk = lru_cache(_KEPT)(self._parted)

    def of(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the pieces of a text, each with the offset where it starts and its number."""
        for found in _CHUNK.finditer(text):
            start = found.start()
            for offset, piece in self._of_chunk(found[0]):
                yield start + offset, piece

    def _parted(self, chunk: str) -> tuple[tuple[int, int], ...]:
        return tuple(one for word in _words(chunk) for one in self._of_word(word))

    def _of_word(self, word: Letters) -> list[tuple[int, int]]:
        letters = "".join(letter for letter, _ in word)
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(letters) <= _LONGEST:
            mark = "##" if start else ""
            end = len(letters)
            while end > start and mark + letters[start:end] not in self._ids:
                end -= 1
            if end == start:
                break
            found.append((word[start][1], self._ids[mark + letters[start:end]]))
            start = end
        return found if start == len(letters) else [(word[0][1], self._unknown)]


def _words(chunk: str) -> Iterator[Letters]:
    """Yield the words of a chunk without white space; punctuation and Han letters stand alone."""
    word: Letters = []
    for offset, letter in enumerate(chunk):
        for plain in unicodedata.normalize("NFD", letter).lower():
            kind = unicodedata.category(plain)
            if kind == "Mn" or kind.startswith("C") or plain == "\ufffd":
                continue
            if _stands_alone(plain, kind):
                if word:
                    yield word
                yield [(plain, offset)]
                word = []
            else:
                word.append((plain, offset))
    if word:
        yield word


def _stands_alone(letter: str, kind: str) -> bool:
    code = ord(letter)
    if code < 128:
        return not letter.isalnum()
    return kind.startswith("P") or any(low <= code <= high for low, high in _HAN)
