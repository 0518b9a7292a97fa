"""Claims of other tools: little is asked of a line, and what cannot be scored is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.errors import BadInput
from kb.evaluation.given import read_claims
from kb.evaluation.records import GoldSet
from kb.records import Modality, Tier
from tests.evaluation.desk import read_folder, write_lines

LEAST: dict[str, Any] = {"doc": "tour", "type": "Visit", "start": 0, "end": 31}


@pytest.fixture
def gold(tmp_path: Path) -> GoldSet:
    return read_folder(tmp_path / "set")


def test_document_type_and_span_are_enough(gold: GoldSet, tmp_path: Path) -> None:
    found, unknown = read_claims(write_lines(tmp_path / "run.jsonl", [LEAST]), gold)
    (claim,) = found["tour"]
    assert (claim.quote, claim.agents, unknown) == ("Ada Moor toured the Lower Works", (), ())
    assert (claim.modality, claim.tier, claim.confidence) == (Modality.REPORTED, Tier.ACCEPTED, 1.0)


def test_a_quote_that_stands_once_finds_its_own_span(gold: GoldSet, tmp_path: Path) -> None:
    line = {"doc": "tour", "type": "Visit", "quote": "toured the Lower Works", "agents": None, "place": ""}
    found, _ = read_claims(write_lines(tmp_path / "run.jsonl", [line]), gold)
    (claim,) = found["tour"]
    assert (claim.start, claim.end, claim.place) == (9, 31, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"doc": "tour", "type": "Visit"}, "neither start and end nor a quote"),
        ({"doc": "tour", "type": "Visit", "quote": "the Upper Works"}, "the text holds the quote 0 times"),
        ({"doc": "tour", "type": "Visit", "quote": "o"}, "the text holds the quote 6 times"),
        (LEAST | {"end": 999}, "no span of a text of 60 characters: 0:999"),
        (LEAST | {"start": 31}, "no span"),
        (LEAST | {"start": "0"}, "no span"),
        (LEAST | {"quote": "Ada Moor"}, "is 'Ada Moor toured the Lower Works', not the quote 'Ada Moor'"),
        (LEAST | {"type": "Party"}, "'type' is not one of"),
        (LEAST | {"modality": "sure"}, "'modality' is not one of reported, planned"),
        (LEAST | {"doc": 7}, "no span|'doc' is not a text"),
    ],
)
def test_a_line_that_cannot_be_scored_is_named(
    gold: GoldSet, tmp_path: Path, line: dict[str, Any], said: str
) -> None:
    path = write_lines(tmp_path / "run.jsonl", [LEAST, line])
    with pytest.raises(BadInput, match=said) as caught:
        read_claims(path, gold)
    assert str(caught.value).startswith(f"{path}:2: ")


def test_texts_that_the_gold_lacks_are_told_and_not_scored(gold: GoldSet, tmp_path: Path) -> None:
    path = write_lines(tmp_path / "run.jsonl", [LEAST, LEAST | {"doc": "party"}])
    found, unknown = read_claims(path, gold)
    assert (list(found), unknown) == (["tour"], ("party",))


def test_a_file_about_other_texts_only_is_refused(gold: GoldSet, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no line is of a text that has gold.*'party'"):
        read_claims(write_lines(tmp_path / "run.jsonl", [LEAST | {"doc": "party"}]), gold)


def test_json_that_was_cut_off_is_named(gold: GoldSet, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"doc": "tour", "typ', "utf-8")
    with pytest.raises(BadInput, match=r"run\.jsonl:1: not JSON.*cut off"):
        read_claims(path, gold)
