"""The project's own reader as an extractor: rules and weights, offline, deterministic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kb.extractors.protocol import RULES
from kb.extractors.sharing import lexicon_of
from kb.records import Article, Claim
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.reading.reader import Reader


class Rules:
    """Reads by frames and fitted weights; makes no call."""

    name = RULES

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    @property
    def version(self) -> str:
        """Return the reader's version: lexicon, code, words, parser."""
        return self._reader.version

    def read(self, article: Article, /) -> list[Claim]:
        """Return the reader's claims."""
        return self._reader.read(article)


def make(settings: Settings) -> Rules:
    """Return the extractor; loads the parser and the lexicon."""
    # Here, because most commands read nothing, and importing the parser takes half a second.
    from kb.reading.chances.weights import weights
    from kb.reading.reader import Reader

    return Rules(Reader(lexicon_of(settings), weights()))
