"""Whatever a model answers, the bench drops it or makes a claim that holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kb.claims import from_json, to_json_line
from kb.extractors.checking import checked
from kb.extractors.model.claims import Bench
from kb.extractors.model.ledger import Ledger
from kb.extractors.model.schema import claim_schema, fault
from kb.records import Tier
from tests.extractors.asked import TEXT, said
from tests.reading.desk import article, invented_lexicon

LONGER = (
    TEXT
    + "\n\nThe Mayor of Strelsau showed “R-7” tanks – 12 of them – at the Zenda Tank Plant on 3 May 2021."
)
SIGNS = st.text(st.characters(), max_size=6)
PIECES = st.builds(
    lambda start, length: LONGER[start : start + length], st.integers(0, len(LONGER)), st.integers(0, 80)
)
WORDS = st.one_of(
    st.sampled_from(
        ["Anton Varga", "Zembla", "Strelsau", "R-7", "the", "of the", "RUR", "QQQ", "", "\ud800", "<b>"]
    ),
    PIECES,
    st.builds(lambda a, b, c: a + b + c, SIGNS, PIECES, SIGNS),
)


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[object]:
    """Return what fits a schema of the keywords that ours uses."""
    types = schema["type"]
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if types == "object":
        fields = schema["properties"].items()
        return st.fixed_dictionaries({name: values(field) for name, field in fields})
    if types == "array":
        return st.lists(values(schema["items"]), max_size=3)
    return WORDS if types == "string" else st.none() | WORDS


FIELDS = {name: values(field) for name, field in claim_schema()["properties"].items()}  # type: ignore[attr-defined]
NEARLY = st.fixed_dictionaries({}, optional=FIELDS).map(
    lambda changed: said(changed.pop("type", "Transfer"), **changed)
)
"""A claim that holds, with some slots filled by chance: most of these still hold."""


@given(st.lists(values(claim_schema()) | NEARLY, max_size=4))
@settings(max_examples=200, deadline=None)
def test_an_answer_that_fits_the_schema_makes_claims_that_hold_or_none(answer: list[object]) -> None:
    text = article(LONGER)
    assert all(fault(one, claim_schema()) is None for one in answer)
    found = list(Bench(text, invented_lexicon(), Ledger(1, 1)).claims(answer, (0, len(LONGER))))
    kept, wrong = checked(found, text, "model")
    assert wrong == []
    for claim in kept:
        assert LONGER[claim.start : claim.end] == claim.quote
        assert claim.tier is Tier.REVIEW
        assert from_json(json.loads(to_json_line(claim))) == claim


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


@given(ANYTHING)
@settings(max_examples=100, deadline=None)
def test_anything_else_is_dropped(one: object) -> None:
    ledger = Ledger(1, 1)
    assert list(Bench(article(LONGER), invented_lexicon(), ledger).claims([one], (0, len(LONGER)))) == []
    assert ledger.dropped.total() == 1
