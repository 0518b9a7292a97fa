"""An extractor for processes of their own: it refuses one text, and another ends its process."""

from __future__ import annotations

import os

from kb.errors import ExtractorError
from kb.records import Article, Claim, ClaimType
from kb.settings import Settings


class Stubborn:
    """Finds in each text its first word."""

    name = "rules"
    version = "1"

    def read(self, article: Article, /) -> list[Claim]:
        if article.text == "crash":
            os._exit(9)
        if article.text == "refuse":
            raise ExtractorError("no")
        end = len(article.text.split()[0])
        quote = article.text[:end]
        return [Claim(f"c{article.id}", article.id, article.doc, ClaimType.STATEMENT, quote, 0, end)]


def make(_: Settings) -> Stubborn:
    return Stubborn()
