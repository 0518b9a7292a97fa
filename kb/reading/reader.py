"""Read an article: the only way from a text to its claims."""

from __future__ import annotations

import hashlib

from kb.articles.layout import body_spans
from kb.reading import offices
from kb.reading.assemble import claims_of
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.page import Page
from kb.reading.version import code_version
from kb.records import Article, Claim
from kb.settings import Settings


class Reader:
    """Reads articles with one lexicon; deterministic, without a store."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @property
    def version(self) -> str:
        """Return 16 hex digits that change with lexicon, reading code, its data and the parser."""
        both = f"{self._lexicon.version} {code_version()}"
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    def read(self, article: Article) -> list[Claim]:
        """Return what an article's text claims, sorted by start; offsets count code points of the text."""
        if not article.text.strip():
            return []
        page = Page(article, self._lexicon, body_spans(article.text))
        return claims_of(Referents(page, offices.find(page)))


def reader(settings: Settings | None = None) -> Reader:
    """Return a reader with the lexicon of the curated reference data."""
    chosen = settings or Settings.from_environment()
    return Reader(compile_lexicon(chosen.cache_folder))
