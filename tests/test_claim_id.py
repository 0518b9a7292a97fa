"""A claim's identifier rests on article, span, type and slots, and on nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.claim_id import claim_id, identified
from kb.records import Claim, ClaimType, Modality, Ref, Tier

CLAIM = identified(
    Claim(
        "", "a1", "doc", ClaimType.VISIT, "went there", 5, 15, agents=(Ref("Ada Aster"),), edtf="2003-06-03"
    )
)


def test_it_is_c_and_16_hex_digits() -> None:
    assert CLAIM.id[0] == "c"
    assert len(CLAIM.id) == 17
    int(CLAIM.id[1:], 16)


@pytest.mark.parametrize(
    "other",
    [
        replace(CLAIM, article="a2"),
        replace(CLAIM, start=6, end=16),
        replace(CLAIM, type=ClaimType.ARRIVAL),
        replace(CLAIM, agents=(Ref("Bela Aster"),)),
        replace(CLAIM, agents=(), companions=CLAIM.agents),
        replace(CLAIM, edtf="2003"),
        replace(CLAIM, modality=Modality.PLANNED),
    ],
)
def test_another_article_span_type_or_slot_makes_another(other: Claim) -> None:
    assert identified(other).id != CLAIM.id


@pytest.mark.parametrize(
    "same",
    [
        replace(CLAIM, agents=(Ref("Ada Aster", "https://w3id.org/legation/person/ada-aster"),)),
        replace(CLAIM, confidence=0.5, tier=Tier.REVIEW, rule="another"),
    ],
)
def test_recognising_an_entity_or_trusting_it_less_does_not(same: Claim) -> None:
    assert identified(same).id == CLAIM.id


def test_slots_do_not_run_into_each_other() -> None:
    assert claim_id("a", 0, 1, ClaimType.VISIT, "ab", "c") != claim_id("a", 0, 1, ClaimType.VISIT, "a", "bc")
