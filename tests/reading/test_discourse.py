"""Coreference, modality and attribution, case by case, in an invented world: no rule hangs on one dyad."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.reading.desk import names, read, the

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as table:
        found = list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert found, f"{name} lists nothing"
    return found


@pytest.mark.parametrize("row", rows("coreference.tsv"), ids=lambda row: row["rule"])
def test_a_phrase_stands_for_whom_it_must(row: dict[str, str]) -> None:
    found = [c for c in read(row["text"]) if row["trigger"] in c.quote and c.type in ("Visit", "Arrival")]
    assert [names(claim) for claim in found] == [sorted(row["agent"].split("; "))]


@pytest.mark.parametrize("row", rows("modality.tsv"), ids=lambda row: row["why"])
def test_a_text_is_as_sure_as_it_says(row: dict[str, str]) -> None:
    claim = the(row["type"], row["text"])
    assert (claim.modality, claim.polarity) == (row["modality"], row["polarity"])


@pytest.mark.parametrize("row", rows("attribution.tsv"), ids=lambda row: row["text"][:60])
def test_a_claim_names_its_speaker_and_its_outlet(row: dict[str, str]) -> None:
    claim = the(row["type"], row["text"])
    speaker, via = (ref.name if ref else "" for ref in (claim.speaker, claim.via))
    assert (speaker, via) == (row["speaker"], row["via"])


@pytest.mark.parametrize(
    "text",
    [
        "Anton Varga met Otto Kelemen and Boris Kelemen. He visited Onhava.",
        "Kelemen and Kelemen met. The two leaders visited Strelsau.",
        "The minister visited Strelsau.",
        "They visited Strelsau.",
    ],
)
def test_what_stays_ambiguous_is_nobody(text: str) -> None:
    visits = [claim for claim in read(text, published=None) if claim.type == "Visit"]
    assert [names(claim) for claim in visits if "Kelemen" in str(names(claim))] == []


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (
            "Boris Kelemen spoke. President Otto Sand of Ruritania left. The President visited Strelsau.",
            {"Boris Kelemen"},
        ),
        (
            "Meeting with President Otto Sand of Ruritania\n\nThe two leaders visited Strelsau.",
            {"Boris Kelemen", "Otto Sand"},
        ),
        ("Thank you.\n\nOtto Sand: Dear friend, I visited Strelsau in May.", {"Otto Sand"}),
        ("Message to the people of Borduria. I visited Strelsau in May.", {"Boris Kelemen"}),
    ],
    ids=["the President is its own", "a meeting is with its own", "I is who has the floor", "I is its own"],
)
def test_a_presidency_s_own_text_means_its_own_president(text: str, agents: set[str]) -> None:
    found = [c for c in read(text, outlet="Office of the President of Zembla") if "Strelsau" in c.quote]
    assert [set(names(claim)) for claim in found if claim.type == "Visit"] == [agents]


def test_a_surname_without_a_date_is_not_guessed() -> None:
    assert [c for c in read("Kelemen visited Strelsau.", published=None) if c.type == "Visit"] == []


def test_a_mayor_without_a_town_is_that_of_the_town_just_named_and_never_a_state_s() -> None:
    found = the("Office", "In Strelsau the mayor, Anton Varga, met Boris Kelemen of Zembla.")
    assert found.office and found.office.name == "Mayor of Strelsau"
    away = read("Guests from Ruritania met Anton Varga, the mayor.")
    assert not [claim for claim in away if claim.type == "Office"]


def test_a_named_plant_that_nobody_knows_is_not_the_one_told_of_before() -> None:
    text = "Anton Varga visited the Antonov plant near Strelsau. Boris Kelemen visited the Embraer factory."
    visits = [claim for claim in read(text) if claim.type == "Visit"]
    sites = [claim.facility.name for claim in visits if claim.facility]
    assert sites == ["Antonov plant in Strelsau", "Embraer factory"]


def test_two_officials_are_not_the_two_who_met() -> None:
    for who in ("two officials", "two ministers", "two diplomats"):
        text = f"Anton Varga and Boris Kelemen met in Strelsau. Zembla will arm Ruritania, {who} said."
        assert all(claim.speaker is None or "Varga" not in claim.speaker.name for claim in read(text))


def test_a_prime_minister_is_no_minister_of_something() -> None:
    found = the("Office", "Prime Minister Jan Kowal of Ruritania met Boris Kelemen.")
    assert found.office and found.office.name == "Prime Minister of Ruritania"
