"""What a text says of its own sources: kept as a claim, because it bears on all the others."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Span

from kb.claim_id import identified
from kb.reading.page import Page
from kb.records import Claim, ClaimType

_MATTER: Final = frozenset(
    {"information", "report", "account", "news", "detail", "footage", "claim", "figure", "photograph", "data"}
)
_ORIGIN: Final = frozenset(
    {
        "medium",
        "media",
        "outlet",
        "agency",
        "source",
        "press",
        "official",
        "government",
        "television",
        "newspaper",
    }
)
_DRAWN: Final = frozenset({"come", "base", "derive", "source", "draw", "rely", "originate", "stem", "obtain"})
_CHECKED: Final = frozenset({"verify", "confirm", "corroborate", "check", "authenticate"})
_LONGEST: Final = 390


def find(page: Page) -> list[Claim]:
    """Return a SourceNote for each sentence in which a text speaks of where it has things from."""
    return [_note(page, sentence) for sentence in page.sentences if _speaks_of_sources(sentence)]


def _speaks_of_sources(sentence: Span) -> bool:
    for verb in sentence:
        lemma = verb.lemma_.lower()
        if lemma in _DRAWN:
            matter = any(
                t.lemma_.lower() in _MATTER for c in verb.children if "subj" in c.dep_ for t in c.subtree
            )
            origin = any(
                t.lemma_.lower() in _ORIGIN
                for c in verb.children
                if c.dep_ in ("prep", "agent")
                for t in c.subtree
            )
            if matter and origin:
                return True
        if lemma in _CHECKED:
            words = {t.lower_ for t in sentence}
            if "independently" in words and words & {"not", "n't", "unable", "cannot", "impossible"}:
                return True
    return False


def _note(page: Page, sentence: Span) -> Claim:
    start, end = sentence.start_char, sentence.end_char
    while end > start + 1 and page.text[end - 1].isspace():
        end -= 1
    while page.text[start].isspace():
        start += 1
    end = min(end, start + _LONGEST)
    quote = page.text[start:end]
    return identified(
        Claim(
            id="",
            article=page.article.id,
            doc=page.article.doc,
            type=ClaimType.SOURCE_NOTE,
            quote=quote,
            start=start,
            end=end,
            rule="source-note",
            confidence=0.9,
            detail="the text speaks of its own sources",
        )
    )
