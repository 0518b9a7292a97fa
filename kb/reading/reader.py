"""Read an article: the only way from a text to its claims."""

from __future__ import annotations

import gc
import hashlib
from dataclasses import replace
from functools import cache

from kb.articles.layout import body_spans
from kb.claim_id import identified
from kb.reading import offices
from kb.reading.assemble import claims_of
from kb.reading.chances.weights import Weights, weights
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.lexicon_build import compile_lexicon
from kb.reading.page import Page
from kb.reading.pipeline import pipeline
from kb.reading.sections import sections, within
from kb.reading.version import code_version
from kb.records import Article, Claim, ClaimType
from kb.settings import Settings


class Reader:
    """Reads articles with one lexicon; deterministic, without a store."""

    def __init__(self, lexicon: Lexicon, fitted: Weights | None = None) -> None:
        """Take a lexicon, and the weights by which words are weighed; without them frames alone decide."""
        self._lexicon = lexicon
        self._fitted = fitted

    @property
    def version(self) -> str:
        """Return 16 hex digits that change with lexicon, reading code, its data and the parser."""
        both = f"{self._lexicon.version} {code_version()}"
        return hashlib.sha256(both.encode()).hexdigest()[:16]

    def read(self, article: Article) -> list[Claim]:
        """Return what an article's text claims, sorted by start; offsets count code points of the text."""
        if not article.text.strip():
            return []
        _loaded_for_good()
        body = body_spans(article.text)
        found: list[Claim] = []
        told: set[str] = set()
        for start, end in sections(article.text):
            part = replace(article, text=article.text[start:end])
            page = Page(part, self._lexicon, within(body, start, end), opens=start == 0)
            claims = [
                _moved(claim, start) for claim in claims_of(Referents(page, offices.find(page)), self._fitted)
            ]
            found += [claim for claim in claims if _told(claim) not in told]
            told |= {_told(claim) for claim in claims}
        return found


@cache
def _loaded_for_good() -> None:
    """Load the language pipeline, and let Python no longer look through what is loaded when it tidies up.

    Python walks through all that it holds whenever many new things are held, as when the first texts are
    read: a hundred thousand entries, weights and modules, none of which will ever be thrown away.
    """
    pipeline()
    gc.freeze()


def _moved(claim: Claim, by: int) -> Claim:
    """Return a section's claim as one of the whole text."""
    return identified(replace(claim, start=claim.start + by, end=claim.end + by)) if by else claim


def _told(claim: Claim) -> str:
    """Return what a later section does not tell again: who holds which office."""
    if claim.type is not ClaimType.OFFICE or claim.office is None:
        return claim.id
    return "\0".join([*(agent.name for agent in claim.agents), claim.office.name, *claim.agent_states])


def reader(settings: Settings | None = None) -> Reader:
    """Return a reader with the lexicon of the curated reference data."""
    chosen = settings or Settings.from_environment()
    return Reader(compile_lexicon(chosen.cache_folder), weights())
