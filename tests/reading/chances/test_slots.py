"""Date, place and modality of an event: what it may have, and that the likeliest is what it gets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kb.errors import BadReference
from kb.reading.accounts import Account
from kb.reading.chances import slot_weights as module
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.slot_dates import dates
from kb.reading.chances.slot_grounds import Grounds
from kb.reading.chances.slot_scene import Scene
from kb.reading.chances.slot_spots import spots
from kb.reading.chances.slot_stays import lasts
from kb.reading.chances.slot_weights import SlotWeights, slot_weights
from kb.reading.chances.slots import date_rows, filled, likeliest_modality
from kb.reading.merge import Told
from kb.reading.model import When
from kb.reading.parse import parse
from kb.reading.time_records import Basis
from kb.records import Modality
from tests.reading.chances.pages import account, even

HEAD = "Talks in Strelsau\n\n"
TREES = {"roots": [0], "figure": [0], "most": [0.0], "first": [0], "second": [0], "value": [0.0],
         "depth": 0, "start": 0.0}  # fmt: skip
STANCE: dict[str, dict[str, float]] = {
    "planned": {"": -3.0},
    "speculated": {"": -3.0},
    "requested": {"": -3.0},
}

FILE: dict[str, Any] = {"dates": TREES, "said": TREES, "spots": TREES, "items": TREES, "stance": STANCE}


def scene(text: str, *, outlet: str = "unknown") -> Scene:
    """Return what the frames tell of a text, as a scene."""
    told: Account = account(HEAD + text, outlet=outlet)
    return told.scene(told.telling.told)


def the(found: Scene, kind: str) -> tuple[Told, int]:
    """Return the first event of a type with its place among all."""
    return next((one, at) for at, one in enumerate(found.told) if one.draft.type == kind)


def dates_of(text: str, kind: str = "Visit", *, outlet: str = "unknown") -> set[str | None]:
    """Return the dates that the first event of a type may have."""
    found = scene(text, outlet=outlet)
    return {when.edtf for when, _ in dates(found, *the(found, kind))}


def spots_of(text: str, kind: str) -> set[tuple[str | None, str | None]]:
    """Return the towns and states that the first event of a type may have."""
    found = scene(text)
    each = [spot for spot, _ in spots(Grounds(found), *the(found, kind))]
    return {(spot.place.name if spot.place else None, spot.country) for spot in each}


def splitting(figures: list[float], others: list[list[float]]) -> Forest:
    """Return trees that prefer a row of figures to others: by one figure in which it is the largest."""
    for at, value in enumerate(figures):
        below = [row[at] for row in others]
        if all(other < value for other in below):
            return forest({"roots": [0], "figure": [at, 0, 0], "most": [max(below), 0.0, 0.0],
                           "first": [1, 1, 2], "second": [2, 1, 2], "value": [0.0, -2.0, 2.0],
                           "depth": 1, "start": 0.0})  # fmt: skip
    raise AssertionError("no figure tells them apart")


def test_where_all_is_alike_likely_the_rules_stand() -> None:
    found = scene("President Anton Varga of Ruritania visited Strelsau on Monday. He met Irina Sand.")
    assert filled(found, SlotWeights(even(0.0), even(0.0), even(0.0), even(0.0), STANCE)) == list(found.told)


def test_an_event_may_have_no_date() -> None:
    assert None in dates_of("President Anton Varga of Ruritania visited Strelsau on Monday.")


def test_an_event_may_have_the_date_of_the_sentence_before() -> None:
    text = "On 3 March ministers spoke. President Anton Varga of Ruritania visited Strelsau on Monday."
    assert {"2023-03-03", "2023-09-11"} <= dates_of(text)


def test_two_days_of_a_sentence_may_be_the_first_and_the_last() -> None:
    text = "President Anton Varga of Ruritania visited Strelsau, arriving on 3 March and leaving on 5 March."
    assert "2023-03-03/2023-03-05" in dates_of(text)


def test_a_stay_of_three_days_may_begin_or_end_on_a_day() -> None:
    text = "President Anton Varga of Ruritania paid a three-day visit to Strelsau on 3 March 2023."
    assert {"2023-03-03/2023-03-05", "2023-03-01/2023-03-03"} <= dates_of(text)


@pytest.mark.parametrize(
    ("stay", "last"),
    [("a week-long", "2023-03-09"), ("a weeklong", "2023-03-09"), ("a two-week", "2023-03-16")],
)
def test_a_stay_may_be_told_in_weeks(stay: str, last: str) -> None:
    text = f"President Anton Varga of Ruritania paid {stay} visit to Strelsau on 3 March 2023."
    assert f"2023-03-03/{last}" in dates_of(text)


@pytest.mark.parametrize(
    ("words", "days"),
    [("a three-day-long visit", 3), ("a two-week-long visit", 14), ("a visit two weeks ago", None)],
)
def test_the_days_of_a_stay_are_counted_by_its_number(words: str, days: int | None) -> None:
    document = parse(f"He paid {words}.")
    assert lasts(next(token for token in document if token.text == "visit")) == days


def test_last_week_is_no_stay() -> None:
    text = "President Anton Varga of Ruritania visited Strelsau on 3 March 2023. Rain fell last week."
    assert not any(edtf and edtf.startswith("2023-03-03/") for edtf in dates_of(text))


def test_a_part_of_the_day_alone_may_be_of_the_day_on_which_the_text_was_written() -> None:
    text = "President Anton Varga of Ruritania will arrive in Strelsau"
    assert "2023-09-15" in dates_of(f"{text} in the evening.", "Arrival")
    assert "2023-09-15" not in dates_of(f"{text} soon.", "Arrival")


def test_a_visit_that_another_mention_dates_may_last_as_long_as_it_is_told_to() -> None:
    found = scene("President Anton Varga of Ruritania is in Zembla on a two-day visit.")
    one, at = the(found, "Visit")
    elsewhere = replace(one, when=When("2023-09-14", Basis.SAME_EVENT))
    assert "2023-09-14/2023-09-15" in {when.edtf for when in date_rows(found, elsewhere, at).values}
    bare = scene("President Anton Varga of Ruritania is in Zembla on a visit.")
    one, at = the(bare, "Visit")
    assert not date_rows(bare, replace(one, when=When("2023-09-14", Basis.SAME_EVENT)), at).values


@pytest.mark.parametrize("phrase", ["since March 2019", "until March 2019"])
def test_no_stay_is_counted_from_a_date_with_an_open_side(phrase: str) -> None:
    found = dates_of(
        f"Sanctions held {phrase}. President Anton Varga of Ruritania paid a three-day visit to Strelsau."
    )
    assert None in found and not any(edtf and "2019" in edtf and edtf.count("-") > 2 for edtf in found)


def test_a_stay_that_another_sentence_tells_may_be_that_of_an_event() -> None:
    text = (
        "President Anton Varga of Ruritania visited Strelsau on 3 March 2023. His three-day trip went well."
    )
    assert "2023-03-03/2023-03-05" in dates_of(text)


def test_days_that_are_no_stay_are_not_counted() -> None:
    text = "President Anton Varga of Ruritania visited Strelsau on 3 March 2023. Rain fell for 90 days."
    assert not any(edtf and "/" in edtf for edtf in dates_of(text))


def test_a_position_is_dated_by_trees_of_its_own() -> None:
    found = scene(
        "On 3 March ministers spoke. President Anton Varga of Ruritania said on Monday that Zembla must pay."
    )
    one, at = the(found, "Statement")
    rows = dates(found, one, at)
    others = [row for when, row in rows if when.edtf != "2023-03-03"]
    trees = splitting(next(row for when, row in rows if when.edtf == "2023-03-03"), others)
    flat = even(0.0)
    assert filled(found, SlotWeights(trees, flat, flat, flat, STANCE))[at].when == one.when
    assert filled(found, SlotWeights(flat, trees, flat, flat, STANCE))[at].when.edtf == "2023-03-03"


def test_what_is_planned_may_not_have_a_day_that_is_past() -> None:
    found = dates_of("President Anton Varga of Ruritania plans to visit Strelsau in June.")
    assert "2024-06" in found and "2023-06" not in found


def test_the_day_of_issue_is_asked_for_in_a_government_s_own_account_alone() -> None:
    text = "President Anton Varga of Ruritania visited Strelsau."
    assert "2023-09-15" not in dates_of(text)
    assert "2023-09-15" in dates_of(text, outlet="Press Service of the Government of Ruritania")


def test_an_event_may_have_the_date_of_another() -> None:
    text = (
        "President Anton Varga of Ruritania arrived in Strelsau on 3 March 2023. He spoke of trade. He spoke "
        "of fish. He spoke of roads. He spoke of rail. He met Foreign Minister Irina Sand of Zembla."
    )
    assert "2023-03-03" in dates_of(text, "Meeting")


def test_the_likeliest_date_is_told_with_its_phrase() -> None:
    found = scene(
        "On 3 March ministers spoke. President Anton Varga of Ruritania visited Strelsau on Monday."
    )
    one, at = the(found, "Visit")
    rows = dates(found, one, at)
    wanted = next(row for when, row in rows if when.edtf == "2023-03-03")
    trees = splitting(wanted, [row for when, row in rows if when.edtf != "2023-03-03"])
    told = filled(found, SlotWeights(trees, even(0.0), even(0.0), even(0.0), STANCE))[at]
    assert (told.when.edtf, told.when.phrase) == ("2023-03-03", "3 March")
    assert told.draft == one.draft


def test_an_event_may_be_nowhere_in_a_town_or_only_in_its_state() -> None:
    found = spots_of("President Anton Varga of Ruritania met Irina Sand of Zembla in Strelsau.", "Meeting")
    assert {(None, None), ("Strelsau", "RUR"), (None, "RUR"), (None, "ZEM")} <= found


def test_an_event_may_be_in_the_state_of_those_who_act() -> None:
    found = scene("President Anton Varga of Ruritania met Foreign Minister Irina Sand of Zembla.")
    one, at = the(found, "Meeting")
    states = {state for party in one.draft.parties("agents") for state in party.states}
    assert states <= {spot.country for spot, _ in spots(Grounds(found), one, at)}


def test_nobody_visits_the_own_state_where_the_rules_read_of_another() -> None:
    told = spots_of("President Anton Varga of Ruritania paid a visit to Zembla.", "Visit")
    assert (None, "ZEM") in told
    assert "RUR" not in {country for _, country in told}


def test_a_facility_is_kept_where_only_its_town_is_added() -> None:
    found = scene("President Anton Varga of Ruritania visited the Strelsau Arms Works on Monday.")
    one, _ = the(found, "Visit")
    bare = replace(one, draft=replace(one.draft, spot=replace(one.draft.spot, place=None)))
    loose = Scene(found.referents, found.timing, [bare])
    rows = spots(Grounds(loose), bare, 0)
    towns = [row for spot, row in rows if spot.place is not None and spot.country == one.draft.spot.country]
    if one.draft.spot.facility is None or not towns:
        pytest.fail("the invented world has no such works")
    others = [row for _, row in rows if row != towns[0]]
    told = filled(loose, SlotWeights(even(0.0), even(0.0), splitting(towns[0], others), even(0.0), STANCE))[0]
    assert told.draft.spot.place is not None and told.draft.spot.facility == one.draft.spot.facility


def test_signs_of_a_plan_make_a_plan() -> None:
    found = scene("President Anton Varga of Ruritania visited Strelsau on Monday.")
    stance = {**STANCE, "planned": {"": -3.0, "word visit": 6.0}}
    told = filled(found, SlotWeights(even(0.0), even(0.0), even(0.0), even(0.0), stance))
    one, at = the(found, "Visit")
    assert one.stance.modality is Modality.REPORTED
    assert told[at].stance.modality is Modality.PLANNED


@pytest.mark.parametrize(
    ("basis", "asked"), [("same-event", False), ("relative-to-event", False), ("text", True)]
)
def test_a_day_that_is_said_elsewhere_of_the_event_is_kept(basis: str, asked: bool) -> None:
    found = scene("President Anton Varga of Ruritania visited Strelsau on Monday.")
    one, at = the(found, "Visit")
    rows = date_rows(found, replace(one, when=replace(one.when, basis=basis)), at)
    assert bool(rows.values) is asked


def test_a_position_keeps_its_modality_and_its_place() -> None:
    found = scene("President Anton Varga of Ruritania condemned Zembla on Monday.")
    one, at = the(found, "Statement")
    stance = {**STANCE, "planned": {"": 9.0}}
    told = filled(found, SlotWeights(even(0.0), even(0.0), even(0.0), even(0.0), stance))[at]
    assert (told.stance, told.draft) == (one.stance, one.draft)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a file that the weights of slots are read from."""
    path = tmp_path / "slots.json"
    monkeypatch.setattr(module, "FILE", path)
    slot_weights.cache_clear()
    yield path
    slot_weights.cache_clear()


def test_a_sound_file_is_read(file: Path) -> None:
    file.write_text(json.dumps(FILE), "utf-8")
    assert slot_weights().stance["planned"] == {"": -3.0}


@pytest.mark.parametrize(
    "held",
    [
        [],
        {},
        {**FILE, "stance": {"planned": {}}},
        {**FILE, "spots": {**TREES, "depth": "deep"}},
        {**FILE, "stance": {**STANCE, "planned": {"word": float("nan")}}},
        {name: held for name, held in FILE.items() if name != "items"},
    ],
)
def test_a_file_that_is_none_is_refused(file: Path, held: Any) -> None:
    file.write_text(json.dumps(held), "utf-8")
    with pytest.raises(BadReference, match="holds no weights of slots") as caught:
        slot_weights()
    assert caught.value.place == str(file)
    assert "fit_chances.slots" in caught.value.repair


def test_what_may_happen_is_never_weighed_as_reported() -> None:
    signs = ["seen"]
    sure = {name: {"": -9.0} for name in ("planned", "speculated", "requested")}
    assert likeliest_modality(sure, signs, Modality.SPECULATED) is Modality.REPORTED
    held = likeliest_modality(sure, signs, Modality.SPECULATED, happened=False)
    assert held is not Modality.REPORTED


def test_for_where_one_leaves_is_no_place_of_the_departure() -> None:
    text = "Anton Varga left for Onhava on Monday. Irina Sand stayed in Strelsau."
    found = scene(text)
    one = next(one for one in found.told if one.draft.type == "Departure")
    places = [spot.place.name for spot, _ in spots(Grounds(found), one, 0) if spot.place is not None]
    assert "Onhava" not in places
