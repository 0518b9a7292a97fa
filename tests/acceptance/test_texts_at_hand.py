"""The real reader over every text at hand: each claim's words stand where it says, each claim once."""

from __future__ import annotations

import pytest

from kb.articles import take_in_all
from tests.acceptance.base import SHARED, the_reader

DEV = SHARED / "gold" / "dev"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DEV.exists(), reason="needs ../shared: real texts"),
]


def test_every_span_of_every_claim_on_all_texts_is_its_quote() -> None:
    articles = take_in_all([DEV / "texts"], index=DEV / "INDEX.tsv")
    claims = [(article, claim) for article in articles for claim in the_reader().read(article)]
    assert len(claims) > 5 * len(articles), "the reader finds next to nothing"
    assert len({claim.id for _, claim in claims}) == len(claims)
    wrong = [claim for article, claim in claims if article.text[claim.start : claim.end] != claim.quote]
    assert not wrong, wrong[:3]
