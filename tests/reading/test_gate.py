"""The gate: what stands, what a person sees first, what is dropped, how sure each is, and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import BadReference
from kb.reading import gate, gate_signs
from kb.reading.gate import verdict, weights
from kb.reading.gate_signs import ABOUT_NOBODY
from kb.records import Claim, Tier
from tests.reading.desk import read, the

KNOWN = (
    "agent found by full name",
    "place told",
    "told in the main clause",
)
VISIT = ("Visit", "visit/visit-verb")


def test_a_known_person_in_a_known_place_is_accepted() -> None:
    claim = the("Visit", "Anton Varga visited Strelsau on Friday.")
    assert (claim.tier, claim.detail) == (Tier.ACCEPTED, "")


def test_an_unnamed_group_that_may_go_somewhere_is_for_review_and_says_why() -> None:
    claim = the("Visit", "Officials may visit Strelsau.")
    assert claim.tier is Tier.REVIEW
    assert claim.detail.startswith("review: ") or "; review: " in claim.detail
    assert "an agent is an unnamed group" in claim.detail


def test_each_doubt_lowers_the_confidence() -> None:
    doubts = ("an agent is a person unknown to the reference data", "undated", "few words")
    sure = [verdict(*VISIT, [*KNOWN, *doubts[:count]]).confidence for count in range(4)]
    assert sure == sorted(sure, reverse=True)
    assert len(set(sure)) == 4


def test_what_speaks_for_a_claim_raises_the_confidence() -> None:
    assert verdict(*VISIT, KNOWN).confidence > verdict(*VISIT, ()).confidence


def test_doubts_are_told_from_the_gravest_on() -> None:
    doubts = sorted(weights().signs, key=lambda sign: weights().signs[sign])[:3]
    found = verdict(*VISIT, [*reversed(doubts)])
    assert found.tier is not Tier.ACCEPTED
    assert found.reasons[:3] == tuple(doubts)


def test_an_accepted_claim_has_reasons_too() -> None:
    found = verdict(*VISIT, KNOWN)
    assert found.tier is Tier.ACCEPTED
    assert "place told" in found.reasons


def test_no_verdict_is_without_a_reason_nor_certain() -> None:
    every = [verdict(*VISIT, ()), verdict("Meeting", "", tuple(weights().signs)), verdict("Visit", "", KNOWN)]
    assert all(found.reasons for found in every)
    assert all(gate.LEAST <= found.confidence <= gate.MOST for found in every)


def test_one_person_s_words_about_nobody_are_dropped() -> None:
    assert [c for c in read("Anton Varga condemned the weather.") if c.type == "Statement"] == []


def test_the_tiers_are_cut_at_the_confidence_that_is_told() -> None:
    def fits(claim: Claim) -> bool:
        return (claim.tier is Tier.ACCEPTED) == (claim.confidence >= gate.ACCEPT)

    text = "Anton Varga visited Strelsau. Officials may have met Jan Horak there. He left on Friday."
    found = [claim for claim in read(text) if claim.type != "SourceNote"]
    assert found
    assert all(fits(claim) and claim.confidence >= gate.REJECT for claim in found)


def test_every_sign_that_has_a_weight_can_be_found() -> None:
    told = {words for words, _ in gate_signs._SIGNS} | set(gate_signs._OFFICE_SIGNS)
    ways = {*gate_signs._FOUND_BY.values(), gate_signs.BY_OFFICE, gate_signs.LEFT, gate_signs.FULL}
    told |= {f"{who} found by {how}" for who in ("agent", "counterpart") for how in ways}
    assert set(weights().signs) <= told - {ABOUT_NOBODY}


def test_a_table_without_weights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gate.yaml"
    path.write_text("accept: 0.8\n", "utf-8")
    monkeypatch.setattr(gate, "WEIGHTS", path)
    weights.cache_clear()
    with pytest.raises(BadReference, match="calibrate"):
        weights()
    weights.cache_clear()
