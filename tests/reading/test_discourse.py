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


def test_a_surname_without_a_date_is_not_guessed() -> None:
    assert [c for c in read("Kelemen visited Strelsau.", published=None) if c.type == "Visit"] == []
