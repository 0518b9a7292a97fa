"""The rules as an extractor say what the reader says, and nothing else is changed."""

from __future__ import annotations

from dataclasses import replace

from kb.extractors import Together
from kb.extractors.rules import Rules
from kb.reading.reader import Reader
from tests.extractors.asked import TEXT
from tests.reading.desk import article, invented_lexicon, read


def test_the_rules_alone_are_the_reader_s_claims_in_its_order_with_their_extractor_named() -> None:
    rules = Together([Rules(Reader(invented_lexicon()))])
    expected = [replace(claim, extractors=("rules",)) for claim in read(TEXT)]
    assert len(expected) > 1
    assert rules.read(article(TEXT)) == expected
    assert rules.report() == []
