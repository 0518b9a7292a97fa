"""The words of a text, and where those of a name stand among them."""

from __future__ import annotations

from typing import Final

from kb.reading.folding import name_words

CLAUSE: Final = 12
"""Words within which a thing is described."""
_SIGNS: Final = frozenset(" -'’.,()&/–")
_IDLE: Final = frozenset({"the", "of", "a", "an", "and", "for", "to"})
_BETWEEN: Final = frozenset({"in", "at", "on", "near"})


class Words:
    """A text as words, folded: without case and accents."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = name_words(text)
        self._keys = " " + " ".join(word.key for word in self._words) + " "
        self._by_key: dict[str, list[int]] = {}
        for at, word in enumerate(self._words):
            self._by_key.setdefault(word.key, []).append(at)
        self._runs: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def has_all(self, name: str) -> bool:
        """Tell whether every word of a name stands somewhere in the text."""
        return all(word.key in self._by_key for word in name_words(name))

    def together(self, name: str) -> str | None:
        """Return a name as the text has it, its words together; None where they are not, or say nothing."""
        keys = tuple(word.key for word in name_words(name))
        if all(key in _IDLE for key in keys) or f" {' '.join(keys)} " not in self._keys:
            return None
        stretches = [" ".join(self._text[start:end].split()) for start, end in self._places(keys)]
        return name if name in stretches else stretches[0]

    def described(self, name: str) -> str | None:
        """Return a name whose several words stand in one clause: "airport in Zenda" at "Zenda airport"."""
        keys = {word.key for word in name_words(name)} - _IDLE - _BETWEEN
        if len(keys) < 2 or any(sign.isdigit() for sign in name) or not keys <= self._by_key.keys():
            return None
        last: dict[str, int] = {}
        for at in sorted(place for key in keys for place in self._by_key[key]):
            last[self._words[at].key] = at
            if len(last) == len(keys) and at - min(last.values()) < CLAUSE:
                return plain(name)
        return None

    def offsets(self, name: str) -> list[int]:
        """Return where the words of a name stand together, in code points."""
        return [start for start, _ in self._places(tuple(word.key for word in name_words(name)))]

    def _places(self, keys: tuple[str, ...]) -> list[tuple[int, int]]:
        if keys not in self._runs:
            length, words = len(keys), self._words
            self._runs[keys] = [
                (words[at].start, words[at + length - 1].end)
                for at in self._by_key.get(keys[0] if keys else "", ())
                if tuple(word.key for word in words[at : at + length]) == keys
            ]
        return self._runs[keys]


def plain(name: str) -> str:
    """Return the words of a name, and of what stands between them only what names are written with."""
    return " ".join("".join(sign for sign in name if sign.isalnum() or sign in _SIGNS).split())
