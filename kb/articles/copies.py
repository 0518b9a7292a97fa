"""Copies: two texts that share their wording are one origin, however many outlets print it.

A text is compared by its shingles, the runs of five words of its body (A. Broder, On the resemblance and
containment of documents, 1997), without case and punctuation.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final

from kb.articles.layout import spans
from kb.records import Article

SHINGLE_WORDS: Final = 5
CONTAINMENT: Final = 0.6
"""The share of the shorter text's shingles that the longer one must hold. Two reports that quote the same
statement stay under it; an agency text cut at the end, or with a paragraph of the outlet's own, does not."""
LEAST_SHARED: Final = 12
"""Fewer shared shingles than these prove nothing: a greeting, one quoted sentence."""

_WORD: Final = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def fingerprint(text: str) -> frozenset[int]:
    """Return the hashed shingles of a text's body; the same in every run and on every machine."""
    words = [
        word.casefold()
        for start, end, kind in spans(text)
        if kind == "body"
        for word in _WORD.findall(text[start:end])
    ]
    runs = (" ".join(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1))
    return frozenset(
        int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs
    )


class CopyIndex:
    """Articles by their shingles, so that a new text is compared only with those that share some."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self._articles: dict[str, Article] = {}
        self._holders: dict[int, list[str]] = {}
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Let an article be found as the original of later ones; what is known of it already is replaced."""
        known = article.id in self._articles
        self._articles[article.id] = article
        if not known:
            for shingle in fingerprint(article.text):
                self._holders.setdefault(shingle, []).append(article.id)

    def original_of(self, article: Article) -> str | None:
        """Return the id of the article that this one copies, None where it copies none.

        The one that shares most; of equals the earliest published, then the smallest id. Of a copy of a copy
        the first original. An article published later than this one is not its original.
        """
        found = [
            (-share, other.published or date.max, other.id)
            for other, share in self._alike(article)
            if not _is_later(other, article)
        ]
        if not found:
            return None
        best = self._articles[min(found)[2]]
        return best.copy_of or best.id

    def later_copies_of(self, article: Article) -> list[str]:
        """Return the ids of the articles that copy this one and were published later.

        They were taken in before it, so that nobody knew yet. Articles without a date are left out.
        """
        return sorted(other.id for other, _ in self._alike(article) if _is_later(other, article))

    def _alike(self, article: Article) -> Iterator[tuple[Article, float]]:
        """Yield the other articles of the same wording, with the share that they have in common."""
        own = fingerprint(article.text)
        shared = Counter(holder for shingle in own for holder in self._holders.get(shingle, ()))
        for holder, count in shared.items():
            other = self._articles[holder]
            share = _share(count, own, other.text)
            if count >= LEAST_SHARED and share >= CONTAINMENT and other.id != article.id:
                yield other, share


def find_copy(article: Article, earlier: Iterable[Article]) -> str | None:
    """Return the id of the earlier article that this one copies, as CopyIndex.original_of.

    For many articles in turn keep a CopyIndex: this compares with all of ``earlier`` anew.
    """
    return CopyIndex(earlier).original_of(article)


def _share(count: int, own: frozenset[int], other: str) -> float:
    return count / max(1, min(len(own), len(fingerprint(other))))


def _is_later(other: Article, article: Article) -> bool:
    return (
        other.published is not None and article.published is not None and other.published > article.published
    )
