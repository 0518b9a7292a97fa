"""The gate: what stands, what a person sees first, what is dropped, and why."""

from __future__ import annotations

from kb.reading.gate import judge
from kb.reading.model import NOWHERE, Draft, Party, Stance, When
from kb.records import Modality, Tier
from tests.reading.desk import read, the

VARGA = Party("Anton Varga", "person", 0, 11, "https://example.org/varga", ("RUR",), "name")
STRANGER = Party("Jan Horak", "person", 0, 9, None, (), "name-in-text")
OFFICIALS = Party("officials", "group", 0, 9, None, (), "group")
DATED = When("2023-09-15", "weekday", "Friday")


def draft(kind: str, *agents: Party) -> Draft:
    return Draft(kind, "test", 0, {"agents": agents}, NOWHERE, 0, 10)


def test_a_known_person_on_a_known_day_is_accepted() -> None:
    verdict = judge(draft("Visit", VARGA), Stance(), DATED)
    assert (verdict.tier, verdict.reasons) == (Tier.ACCEPTED, ())


def test_doubts_add_up_to_a_review_and_each_is_named() -> None:
    stance = Stance(modality=Modality.SPECULATED)
    verdict = judge(draft("Transfer", OFFICIALS), stance, When())
    assert verdict.tier is Tier.REVIEW
    assert set(verdict.reasons) == {
        "agent is an unnamed group",
        "told as speculation",
        "undated",
        "no state is known",
    }


def test_confidence_falls_with_each_doubt() -> None:
    sure = judge(draft("Visit", VARGA), Stance(), DATED).confidence
    less = judge(draft("Visit", STRANGER), Stance(), DATED).confidence
    least = judge(draft("Visit", STRANGER), Stance(), When()).confidence
    assert 1 > sure > less > least > 0


def test_one_person_s_words_about_nobody_are_dropped() -> None:
    assert judge(draft("Statement", VARGA), Stance(), DATED).tier is Tier.REJECTED
    assert [c for c in read("Anton Varga condemned the weather.") if c.type == "Statement"] == []


def test_a_claim_for_review_says_why() -> None:
    claim = the("Visit", "Officials may visit Strelsau.", published=None)
    assert claim.tier is Tier.REVIEW
    assert "agent is an unnamed group" in claim.detail
