"""What several extractors found is one claim with all their names; the first one's values stand."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from kb.claim_id import identified
from kb.extractors.joining import joined
from kb.records import Claim, ClaimType, Modality, Polarity, Ref, Tier

VARGA, KELEMEN, SAND = Ref("Anton Varga", "https://x.example/varga"), Ref("Boris Kelemen"), Ref("Irina Sand")


def claim(by: str = "rules", start: int = 10, end: int = 40, **known: Any) -> Claim:
    made = Claim(
        id="",
        article="a",
        doc="T01",
        type=ClaimType.MEETING,
        quote="x" * (end - start),
        start=start,
        end=end,
        agents=(VARGA, KELEMEN),
        agent_states=("RUR", "ZEM"),
        edtf="2023-09-13",
        confidence=0.7,
        extractors=(by,),
    )
    return identified(replace(made, **known))


def both(one: Claim, other: Claim) -> list[Claim]:
    return joined([[one], [other]])


def test_the_same_event_found_by_both_is_one_claim_that_names_both() -> None:
    (found,) = both(claim(), claim("model", 12, 44, confidence=0.5))
    assert found.extractors == ("model", "rules")
    assert found.other_readings == ()


def test_it_keeps_the_span_and_the_identifier_of_the_first() -> None:
    (found,) = both(claim(), claim("model", 12, 44, edtf="2023-09-14"))
    assert (found.id, found.start, found.end) == (claim().id, 10, 40)


def test_agreement_raises_the_confidence() -> None:
    (found,) = both(claim(), claim("model", confidence=0.5))
    assert found.confidence == 0.85


def test_no_agreement_makes_certain() -> None:
    (found,) = both(claim(confidence=0.95), claim("model", confidence=0.95))
    assert found.confidence == 0.99


def test_a_claim_for_review_is_accepted_where_both_agree() -> None:
    doubtful = claim(confidence=0.6, tier=Tier.REVIEW, detail="review: undated")
    (found,) = both(doubtful, claim("model", confidence=0.7, tier=Tier.REVIEW))
    assert (found.tier, found.confidence, found.detail) == (Tier.ACCEPTED, 0.88, "doubts: undated")


def test_two_weak_claims_stay_for_review() -> None:
    weak = claim(confidence=0.3, tier=Tier.REVIEW)
    (found,) = both(weak, claim("model", confidence=0.3, tier=Tier.REVIEW))
    assert (found.tier, found.confidence) == (Tier.REVIEW, 0.51)


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"edtf": "2023-09-14"}, "edtf=2023-09-14"),
        ({"place": Ref("Onhava")}, "place=Onhava"),
        ({"speaker": SAND}, "speaker=Irina Sand"),
        ({"items": (Ref("R-7"), Ref("tanks"))}, "items=R-7 | tanks"),
        ({"country": "BOR"}, "country=BOR"),
        ({"modality": Modality.PLANNED}, "modality=planned"),
        ({"polarity": Polarity.NEGATED}, "polarity=negated"),
        ({"agents": (VARGA, SAND)}, "agents=Anton Varga | Irina Sand"),
    ],
)
def test_a_slot_that_differs_keeps_the_first_s_value_and_notes_the_other(
    changed: dict[str, Any], note: str
) -> None:
    (found,) = both(claim(), claim("model", **changed))
    slot = note.split("=")[0]
    assert getattr(found, slot) == getattr(claim(), slot)
    assert found.other_readings == (f"model: {note}",)


@pytest.mark.parametrize(
    "changed", [{"modality": Modality.PLANNED}, {"polarity": Polarity.NEGATED}, {"agents": (VARGA, SAND)}]
)
def test_who_differs_on_what_is_claimed_does_not_raise_the_confidence(changed: dict[str, Any]) -> None:
    (found,) = both(claim(), claim("model", **changed))
    assert found.confidence == 0.7


def test_a_shorter_form_of_a_name_and_nobody_named_at_all_may_be_the_same() -> None:
    short = claim("model", agents=(Ref("Varga"),), agent_states=())
    nobody = claim("model", agents=(), agent_states=())
    assert [len(both(claim(), other)) for other in (short, nobody)] == [1, 1]


def test_a_slot_that_the_other_leaves_empty_is_no_difference() -> None:
    (found,) = both(claim(place=Ref("Strelsau")), claim("model", edtf=None))
    assert found.other_readings == ()


def test_names_are_the_same_in_another_spelling_or_of_the_same_entity() -> None:
    spelt = claim("model", agents=(Ref("Varga", "https://x.example/varga"), Ref("Boris  Kelemén")))
    (found,) = both(claim(), replace(spelt, agents=(Ref("ANTON VARGA"), Ref("Boris Kelemén"))))
    assert found.other_readings == ()


@pytest.mark.parametrize(
    "other",
    [
        claim("model", type=ClaimType.CALL),
        claim("model", agents=(SAND,), agent_states=("BOR",)),
        claim("model", 60, 80, edtf="2023-09-14"),
        claim("model", 60, 80, edtf=None),
        claim("model", 60, 80, place=Ref("Onhava")),
        claim("model", 38, 80, place=Ref("Onhava")),
    ],
)
def test_what_is_of_another_type_people_place_or_day_stays_apart(other: Claim) -> None:
    assert len(both(claim(), other)) == 2


def test_an_event_told_in_another_sentence_is_joined_where_all_of_it_is_the_same() -> None:
    assert len(both(claim(), claim("model", 60, 80))) == 1


def test_an_office_told_in_another_sentence_is_joined_by_person_and_office() -> None:
    office = claim(type=ClaimType.OFFICE, agents=(VARGA,), office=Ref("President of Ruritania"), edtf=None)
    other = replace(office, start=60, end=90, extractors=("model",))
    assert len(both(office, other)) == 1
    assert len(both(office, identified(replace(other, office=Ref("Mayor of Strelsau"))))) == 2


def test_each_claim_is_joined_once_and_with_the_nearest() -> None:
    twice = [claim(start=10, end=20), claim(start=10, end=40)]
    found = joined([twice, [claim("model", start=10, end=40)]])
    assert [(one.end, one.extractors) for one in found] == [(20, ("rules",)), (40, ("model", "rules"))]


def test_three_extractors_are_all_named() -> None:
    (found,) = joined([[claim()], [claim("alpha")], [claim("model", edtf="2023")]])
    assert found.extractors == ("alpha", "model", "rules")


def test_where_the_first_finds_nothing_the_others_are_still_joined() -> None:
    (found,) = joined([[], [claim("alpha")], [claim("model")]])
    assert found.extractors == ("alpha", "model")


def test_the_order_of_claims_means_nothing() -> None:
    ours = [claim(), claim(start=50, end=70, edtf="2022"), claim(type=ClaimType.CALL)]
    theirs = [claim("model"), claim("model", 52, 75, edtf="2021"), claim("model", 90, 99, edtf="2020")]
    results = {tuple(joined([one, other])) for one in permutations(ours) for other in permutations(theirs)}
    assert len(results) == 1
