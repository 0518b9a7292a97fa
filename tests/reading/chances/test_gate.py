"""The gate where words and parties were weighed: the chance decides, the signs say why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading import gate
from kb.reading.gate import judge, verdict, weights
from kb.reading.gate_signs import ABOUT_NOBODY, signs
from kb.reading.gate_view import Around, View
from kb.records import Tier
from tests.reading.chances.pages import account

VISIT = "Anton Varga visited Strelsau on Friday."
DOUBTFUL = "Officials may visit Strelsau."


def view(text: str) -> View:
    told = account(text)
    return View(told.telling.told[0], Around(told.referents.page, told.telling.told))


@pytest.mark.parametrize("text", [VISIT, DOUBTFUL])
@pytest.mark.parametrize(
    ("chance", "tier"),
    [
        (0.97, Tier.ACCEPTED),
        (gate.ACCEPT, Tier.ACCEPTED),
        (gate.ACCEPT - 0.01, Tier.REVIEW),
        (gate.REJECT, Tier.REVIEW),
        (gate.REJECT - 0.01, Tier.REJECTED),
    ],
)
def test_tier_and_confidence_are_those_of_the_chance_whatever_the_signs(
    text: str, chance: float, tier: Tier
) -> None:
    found = judge(view(text), chance)
    assert (found.tier, found.confidence) == (tier, round(chance, 2))


def test_without_a_chance_the_signs_decide() -> None:
    sure, unsure = judge(view(VISIT)), judge(view(DOUBTFUL))
    assert sure.confidence > unsure.confidence
    assert judge(view(VISIT), 0.6).confidence == judge(view(DOUBTFUL), 0.6).confidence == 0.6


def test_the_reasons_for_an_accepted_claim_are_its_own_signs_that_speak_for_it() -> None:
    seen = view(VISIT)
    reasons = judge(seen, 0.95).reasons
    parts = weights().of("Visit", seen.one.draft.rule, signs(seen))
    assert reasons
    assert all(parts[reason] > 0 for reason in reasons)


def test_the_reasons_for_review_are_its_own_signs_that_speak_against_it() -> None:
    seen = view(DOUBTFUL)
    reasons = judge(seen, 0.5).reasons
    parts = weights().of("Visit", seen.one.draft.rule, signs(seen))
    assert "an agent is an unnamed group" in reasons
    assert all(parts[reason] < 0 for reason in reasons)


def test_the_same_claim_gives_other_reasons_when_its_chance_is_another() -> None:
    assert set(judge(view(VISIT), 0.95).reasons).isdisjoint(judge(view(VISIT), 0.4).reasons)


@given(st.floats(0, 1))
def test_no_chance_makes_a_claim_certain(chance: float) -> None:
    found = verdict("Visit", "visit/visit-verb", (), chance)
    assert gate.LEAST <= found.confidence <= gate.MOST
    assert found.reasons


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_chance_never_makes_a_claim_less_sure(one: float, other: float) -> None:
    low, high = (verdict("Visit", "", (), chance).confidence for chance in sorted((one, other)))
    assert low <= high


def test_a_claim_that_no_sign_speaks_for_has_a_reason_too() -> None:
    assert verdict("Visit", "", (), 0.5).reasons


def test_words_about_nobody_are_dropped_however_high_their_chance() -> None:
    seen = view("Anton Varga condemned the weather.")
    assert ABOUT_NOBODY in signs(seen)
    assert judge(seen, 0.97) == gate.Verdict(Tier.REJECTED, gate.LEAST, (ABOUT_NOBODY,))
