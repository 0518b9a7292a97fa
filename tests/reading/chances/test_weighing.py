"""Words and parties weighed by hand-made weights: what is told, by whom, and how sure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.reading.chances.forest import forest
from kb.reading.chances.weighing import LIKELY, Weighed, best, likely, weigh
from kb.reading.chances.weights import Weights
from kb.reading.reader import Reader
from kb.records import Claim, Tier
from tests.reading.chances.pages import account, by_hand
from tests.reading.chances.test_casts import candidate
from tests.reading.desk import article, invented_lexicon, names, read

SILENT = "Anton Varga interacted with Boris Kelemen."
"""No frame tells a meeting of it."""
FRAMED = "Anton Varga met Boris Kelemen in Strelsau. Zembla and Ruritania were there."
ONLY_MEETINGS = {"": -9.0, "Meeting": 11.0}
NO_EVENT = {"": -9.0}
PERSONS = {"": -3.0, "kind person": 6.0}
STATES = {"": -3.0, "kind state": 6.0}


def told(text: str, fitted: Weights | None, kind: str = "Meeting") -> list[Claim]:
    """Return the claims of a type that a reader with these weights makes."""
    found = Reader(invented_lexicon(), fitted).read(article(text))
    return [claim for claim in found if claim.type == kind]


def weighed(text: str, fitted: Weights) -> dict[tuple[str, str], Weighed]:
    """Return what words are weighed as events, by word and type."""
    return {(one.token.text, one.type): one for one in weigh(account(text).telling, fitted)}


def test_an_event_whose_frame_is_silent_is_told_when_its_chance_is_high() -> None:
    assert told(SILENT, None) == []
    found = told(SILENT, by_hand(events=ONLY_MEETINGS, agents=PERSONS))
    assert [names(claim) for claim in found] == [["Anton Varga", "Boris Kelemen"]]
    assert [claim.rule for claim in found] == ["meeting/weighed"]


def test_the_same_words_tell_nothing_where_no_event_is_likely() -> None:
    assert told(SILENT, by_hand(events=NO_EVENT, agents=PERSONS)) == []


def test_an_event_is_told_from_the_least_chance_on() -> None:
    # every cast's chance is 1 / (1 + e^-2), .881
    assert told(SILENT, by_hand(events=ONLY_MEETINGS, agents=PERSONS, least=0.88))
    assert not told(SILENT, by_hand(events=ONLY_MEETINGS, agents=PERSONS, least=0.89))


def test_the_least_chance_of_a_type_counts_for_it_alone() -> None:
    hand = by_hand(events=ONLY_MEETINGS, agents=PERSONS, least=0.89)
    assert told(SILENT, replace(hand, least={"": 0.89, "Meeting": 0.5}))
    assert not told(SILENT, replace(hand, least={"": 0.5, "Meeting": 0.89}))


def test_what_a_frame_tells_stands_below_the_least_too_and_is_for_review() -> None:
    found = told(FRAMED, by_hand(events=ONLY_MEETINGS, agents=PERSONS, start=-0.5, least=0.9))
    assert [(names(claim), claim.tier) for claim in found] == [
        (["Anton Varga", "Boris Kelemen"], Tier.REVIEW)
    ]


def test_agents_are_replaced_when_others_are_likelier() -> None:
    assert [names(claim) for claim in told(FRAMED, None)] == [["Anton Varga", "Boris Kelemen"]]
    found = told(FRAMED, by_hand(events=ONLY_MEETINGS, agents=STATES))
    assert [names(claim) for claim in found] == [["Ruritania", "Zembla"]]


def test_in_exercises_a_person_stands_for_a_state() -> None:
    text = "President Anton Varga of Ruritania watched exercises of the airborne troops."
    found = told(text, by_hand(events={"": -9.0, "Exercise": 11.0}, agents=PERSONS), "Exercise")
    assert [names(claim) for claim in found] == [["Ruritania"]]


def test_agents_stay_when_nobody_is_likelier() -> None:
    found = told(FRAMED, by_hand(events=ONLY_MEETINGS, agents=PERSONS))
    assert [names(claim) for claim in found] == [["Anton Varga", "Boris Kelemen"]]


def test_what_a_frame_tells_is_dropped_where_its_event_is_not_worth_a_look() -> None:
    found = told(FRAMED, by_hand(events=NO_EVENT, agents=PERSONS))
    assert found == []


def test_a_cast_that_the_trees_find_likelier_wins_over_one_of_likelier_members() -> None:
    # the fourth figure is the size of a cast: the trees want two members only
    text = "Anton Varga interacted with Boris Kelemen and Irina Sand."
    small = forest({"roots": [0], "figure": [3, 0, 0], "most": [2.5, 0.0, 0.0], "first": [1, 1, 2],
                    "second": [2, 1, 2], "value": [0.0, 3.0, -3.0], "depth": 1, "start": 0.0})  # fmt: skip
    hand = by_hand(events=ONLY_MEETINGS, agents=PERSONS)
    assert len(weighed(text, hand)["interacted", "Meeting"].agents) == 3
    assert len(weighed(text, replace(hand, who=small))["interacted", "Meeting"].agents) == 2


@pytest.mark.parametrize("text", [SILENT, FRAMED, "Anton Varga visited Strelsau on Friday."])
def test_without_weights_the_frames_alone_decide(text: str) -> None:
    found = account(text)
    assert found.weighed(None) == [(one, None) for one in found.telling.told]
    assert Reader(invented_lexicon(), None).read(article(text)) == read(text)


def test_the_chance_is_the_claim_s_confidence() -> None:
    for start, sure in ((2.0, 0.88), (1.0, 0.73)):
        found = told(FRAMED, by_hand(events=ONLY_MEETINGS, agents=PERSONS, start=start))
        assert [claim.confidence for claim in found] == [sure]


def test_one_sentence_tells_an_event_of_the_same_agents_once() -> None:
    text = "Anton Varga interacted with Boris Kelemen, and they interacted again."
    assert len(weighed(text, by_hand(events=ONLY_MEETINGS, agents=PERSONS))) >= 1
    assert len(told(text, by_hand(events=ONLY_MEETINGS, agents=PERSONS))) == 1


def test_what_is_not_weighed_is_left_to_the_frames_and_their_gate() -> None:
    text = "The Streltz Works produces R-7 tanks."
    everything = by_hand(events={"": 9.0}, agents=PERSONS)
    alone = told(text, None, "Production")
    assert alone
    assert told(text, everything, "Production") == alone
    kinds = {one.draft.type: chance for one, chance in account(text).weighed(everything)}
    assert kinds["Production"] is None


FAR = "and after a long and very tiring day in the old town"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Anton Varga attended and Boris Kelemen attended.", [["Anton Varga"]]),
        (f"Anton Varga attended, {FAR} he attended again.", [["Anton Varga"]]),
        (f"Anton Varga attended, {FAR} Boris Kelemen attended.", [["Anton Varga"], ["Boris Kelemen"]]),
    ],
    ids=["near each other", "of the same agents", "neither"],
)
def test_two_words_of_a_sentence_tell_one_event_where_they_are_near_or_of_the_same_agents(
    text: str, who: list[list[str]]
) -> None:
    hand = by_hand(events={"": -9.0, "Display": 11.0}, agents={"": -3.0, "subject True": 6.0})
    assert [names(claim) for claim in told(text, hand, "Display")] == who


def test_words_without_any_party_tell_nothing() -> None:
    text = "The talks took place at noon."
    assert weigh(account(text).telling, by_hand(events={"": 9.0})) == []
    assert told(text, by_hand(events={"": 9.0})) == []


@pytest.mark.parametrize("text", ["It rained.", "\n", "Anton Varga."])
def test_a_text_without_a_trigger_weighs_nothing(text: str) -> None:
    assert weigh(account(text).telling, by_hand(events={"": 9.0})) == []


def test_a_word_of_several_types_is_weighed_for_each() -> None:
    found = weighed("Anton Varga left.", by_hand(events={"": 3.0}, agents=PERSONS))
    assert {kind for word, kind in found if word == "left"} >= {"Departure", "Transfer"}


def test_each_word_and_type_is_weighed_once() -> None:
    found = weigh(account(FRAMED).telling, by_hand(events={"": 3.0}))
    keys = [(one.token.i, one.type) for one in found]
    assert len(set(keys)) == len(keys)


def test_likely_agents_of_events_before_are_known_to_those_after() -> None:
    # the figure at 20 says that a cast acted before: only by it is anything likely
    again = forest({"roots": [0], "figure": [20, 0, 0], "most": [0.5, 0.0, 0.0], "first": [1, 1, 2],
                    "second": [2, 1, 2], "value": [0.0, -3.0, 3.0], "depth": 1, "start": 0.0})  # fmt: skip
    hand = replace(by_hand(events=ONLY_MEETINGS, agents=PERSONS), trees=again)
    found = weigh(account(f"{SILENT} {SILENT}").telling, hand)
    assert [one.chance > LIKELY for one in found] == [False, True]
    unlikely = replace(hand, events={"": -9.0, "Meeting": 8.2})
    found = weigh(account(f"{SILENT} {SILENT}").telling, unlikely)
    assert [one.chance > LIKELY for one in found] == [False, False]


def test_only_those_likelier_than_not_are_remembered() -> None:
    assert likely([candidate("A", 0.5), candidate("B", 0.49)]) == {"A"}


def test_only_types_aimed_at_another_side_have_one() -> None:
    hand = by_hand(events={"": 3.0}, agents={"": -3.0, "subject True": 6.0}, counterparts={"": 3.0})
    found = weighed("Zembla gave Ruritania tanks.", hand)
    assert [party.name for party in found["gave", "Transfer"].counterparts or ()] == ["Ruritania"]
    assert found["gave", "Statement"].counterparts is None


@given(st.lists(st.floats(-20, 20), min_size=1, max_size=9))
def test_the_likeliest_option_leads_all_others(odds: list[float]) -> None:
    at, (own, share, second) = best(np.array(odds))
    assert own == odds[at] == max(odds)
    assert 0 <= second <= share <= 1 and share + second <= 1 + 1e-9
    assert second or len(odds) == 1


def test_of_options_alike_the_first_is_taken() -> None:
    assert best(np.array([1.0, 2.0, 2.0]))[0] == 1


def test_who_is_shown_something_is_no_shower_however_likely_to_act() -> None:
    hand = by_hand(events={"": -9.0, "Display": 11.0}, agents=PERSONS)
    found = told("Anton Varga inspected the R-7 missile at the Streltz Works.", hand, "Display")
    assert [(names(claim), [one.name for one in claim.counterparts]) for claim in found] == [
        ([], ["Anton Varga"])
    ]


def test_where_only_the_viewer_is_likely_to_show_something_the_frame_s_owner_does() -> None:
    text = "Anton Varga will observe the capabilities of the Zemblan fleet."
    framed = told(text, None, "Display")
    assert [names(claim) for claim in framed] == [["Zembla"]]
    hand = by_hand(events={"": -9.0, "Display": 11.0}, agents=PERSONS)
    assert [names(claim) for claim in told(text, hand, "Display")] == [["Zembla"]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Zembla rearms. Anton Varga inspected the R-7 missile at the Streltz Works.", []),
        ("In Zembla Anton Varga inspected the R-7 missile at the Streltz Works.", ["Zembla"]),
    ],
)
def test_who_shows_something_to_a_viewer_stands_in_the_sentence(text: str, who: list[str]) -> None:
    hand = by_hand(events={"": -9.0, "Display": 11.0}, agents=STATES)
    assert [names(claim) for claim in told(text, hand, "Display")] == [who]
