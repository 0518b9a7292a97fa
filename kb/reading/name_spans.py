"""What the finders of names share: which characters are taken, and what looks like a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from spacy.tokens import Span

from kb.reading.data import nominals, word_lists
from kb.reading.model import Mention

NAME_WORDS: Final = word_lists("names.yaml")


PARTICLES: Final = nominals()["name_particles"] | NAME_WORDS["particles"]


TITLE_WORDS: Final = nominals()["title_words"] | NAME_WORDS["titles"]


_WORD: Final = re.compile(r"^[A-ZÀ-ÞĀ-Ž][\w'’.-]*$")


_NOT_NAMES: Final = nominals()["not_in_names"]


class Inside:
    """Tells whether a stretch lies in the body."""

    def __init__(self, body: Sequence[tuple[int, int]]) -> None:
        self._body = body

    def __call__(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last for first, last in self._body)


class Taken:
    """Remembers which characters already belong to a mention."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._characters: set[int] = set()
        for start, end in spans:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        self._characters.update(range(start, end))

    def free(self, start: int, end: int) -> bool:
        return self._characters.isdisjoint(range(start, end))


def unknown(text: str, span: Span, kind: str, form: str) -> Mention:
    stored = text[span.start_char : span.end_char]
    return Mention(span.start_char, span.end_char, span.start, span.end - 1, stored, form, (), kind,
                   " ".join(stored.split()))  # fmt: skip


def looks_like_a_name(span: Span) -> bool:
    words = [token.text for token in span if not token.is_space and not token.is_punct]
    return (
        0 < len(words) <= 6
        and all(_WORD.match(word) or word.lower() in PARTICLES for word in words)
        and not any(word.lower() in _NOT_NAMES for word in words)
        and any(token.pos_ == "PROPN" for token in span)
        and not any(
            token.pos_ in ("VERB", "ADP", "DET", "AUX") and token.text not in ("bin", "al")
            for token in span[1:]
        )
    )
