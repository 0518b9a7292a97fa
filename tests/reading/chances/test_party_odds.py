"""A party's chance is what its signs come to, however often it was asked for before."""

from __future__ import annotations

import random

import pytest

from kb.reading.chances import party_signs as module
from kb.reading.chances.party_signs import PartyOdds, looks, party_signs, values_of
from kb.reading.chances.weighing import events
from kb.reading.chances.weights import chance
from tests.reading.chances.pages import account

TEXT = "Anton Varga met Boris Kelemen in Strelsau. Zembla gave Ruritania R-7 tanks, said Anton Varga."


def plains() -> list[tuple[dict[str, str], str]]:
    """Return what there is to see of each party near each trigger, with the type."""
    telling = account(TEXT).telling
    return [(plain, kind) for seen, kind, _ in events(telling) for plain in looks(telling, seen, kind)]


def table(found: list[tuple[dict[str, str], str]]) -> dict[str, float]:
    """Return a weight for each sign, and one for all."""
    drawn = random.Random(7)
    signs = sorted({sign for plain, kind in found for sign in party_signs(plain, kind)})
    return {"": -1.0} | {sign: round(drawn.uniform(-0.3, 0.3), 3) for sign in signs}


@pytest.mark.parametrize("kept", [100_000, 3], ids=["all sums kept", "hardly any kept"])
def test_a_chance_is_the_sum_of_its_signs_however_many_are_kept(
    kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_KEPT", kept)
    found = plains()
    weights = table(found)
    odds = PartyOdds(weights)
    for _ in range(2):
        for plain, kind in found:
            expected = chance(weights, party_signs(plain, kind))
            assert odds.chance(values_of(plain), kind) == pytest.approx(expected, abs=1e-12)


def test_all_that_there_is_to_see_of_a_party_counts() -> None:
    counted = {*module._OWN, *(name for names in module._PAIRS for name in names)}
    assert all(set(plain) == counted for plain, _ in plains())


def test_a_sign_that_weighs_otherwise_would_be_noticed() -> None:
    found = plains()
    weights = table(found)
    plain, kind = found[0]
    expected = chance(weights, party_signs(plain, kind))
    moved = weights | {party_signs(plain, kind)[-1]: 2.0}
    assert PartyOdds(moved).chance(values_of(plain), kind) != pytest.approx(expected)


def test_what_was_asked_before_changes_nothing() -> None:
    found = plains()
    weights = table(found)
    forwards, backwards = PartyOdds(weights), PartyOdds(weights)
    one = [forwards.chance(values_of(plain), kind) for plain, kind in found]
    other = [backwards.chance(values_of(plain), kind) for plain, kind in reversed(found)]
    assert one == other[::-1]
