"""The dispatches and their gold keep the promises that other tests and the scorer rely on."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Final

import pytest

from kb.claims.jsonl import read_jsonl
from kb.edtf_bounds import is_valid
from kb.records import ClaimType, Modality, Polarity
from kb.resources import DISPATCHES, files

COLUMNS: Final = ["id", "outlet", "date", "title", "dyad", "source_note", "licence"]
LISTS: Final = (
    "agents",
    "agent_states",
    "counterparts",
    "counterpart_states",
    "companions",
    "items",
)
SINGLES: Final = ("place", "facility", "country", "office", "edtf", "speaker", "via")
REQUIRED: Final = ("doc", "n", "type", "modality", "polarity", "quote", "start", "end", "optional", "note")
TYPES: Final = {kind.value for kind in ClaimType} - {ClaimType.SOURCE_NOTE.value}
SYMMETRIC: Final = {"Meeting", "Call", "Agreement", "Exercise"}
COPIES: Final = ("prk-rus-2024-pyongyang-east", "prk-rus-2024-pyongyang-west")

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Dispatch:
    row: dict[str, str]
    text: str
    gold: tuple[Line, ...]


@cache
def dispatches() -> dict[str, Dispatch]:
    with (DISPATCHES / "INDEX.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    assert rows, "the index lists nothing"
    return {row["id"]: Dispatch(row, text(row["id"]), gold(row["id"])) for row in rows}


def text(name: str) -> str:
    return (DISPATCHES / "texts" / f"{name}.txt").read_bytes().decode("utf-8")


def gold(name: str) -> tuple[Line, ...]:
    lines = (DISPATCHES / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


def all_lines() -> Iterator[tuple[Dispatch, Line]]:
    for dispatch in dispatches().values():
        for line in dispatch.gold:
            yield dispatch, line


def names(value: object) -> list[str]:
    assert isinstance(value, list)
    return value


def key_fault(line: Line, text: str) -> bool:
    return set(line) != {*LISTS, *SINGLES, *REQUIRED}


def list_fault(line: Line, text: str) -> bool:
    return not all(
        isinstance(value := line[key], list) and all(isinstance(member, str) and member for member in value)
        for key in LISTS
    )


def single_fault(line: Line, text: str) -> bool:
    return not all(line[key] is None or (isinstance(line[key], str) and line[key]) for key in SINGLES)


def span_fault(line: Line, text: str) -> bool:
    start, end = line["start"], line["end"]
    assert isinstance(start, int) and isinstance(end, int)
    return not 0 <= start < end <= len(text) or text[start:end] != line["quote"]


def word_fault(line: Line, text: str) -> bool:
    legal_modality = line["modality"] in {modality.value for modality in Modality}
    legal_polarity = line["polarity"] in {polarity.value for polarity in Polarity}
    return line["type"] not in TYPES or not legal_modality or not legal_polarity


def date_fault(line: Line, text: str) -> bool:
    edtf = line["edtf"]
    return isinstance(edtf, str) and not is_valid(edtf)


def state_fault(line: Line, text: str) -> bool:
    for key in ("agent_states", "counterpart_states"):
        codes = line[key]
        assert isinstance(codes, list)
        if codes != sorted(set(codes)) or any(len(code) != 3 or not code.isupper() for code in codes):
            return True
    return False


def role_fault(line: Line, text: str) -> bool:
    """An office belongs to Office alone, a party has no counterpart, a statement speaks for itself."""
    office = (line["type"] == "Office") != (line["office"] is not None)
    party = line["type"] in SYMMETRIC and bool(line["counterparts"] or line["counterpart_states"])
    voice = line["type"] == "Statement" and line["speaker"] is not None
    return office or party or voice


Fault = Callable[[Line, str], bool]
FAULTS: Final[tuple[tuple[Fault, Line], ...]] = (
    (key_fault, {"surplus": 1}),
    (list_fault, {"agents": [""]}),
    (single_fault, {"place": ""}),
    (span_fault, {"start": 1}),
    (word_fault, {"modality": "rumoured"}),
    (date_fault, {"edtf": "2023-02-30"}),
    (state_fault, {"agent_states": ["RUS", "PRK"]}),
    (role_fault, {"office": None}),
)


@pytest.mark.parametrize("fault", [fault for fault, _ in FAULTS])
def test_no_gold_line_has_the_fault(fault: Fault) -> None:
    offenders = [f"{line['doc']} line {line['n']}" for found, line in all_lines() if fault(line, found.text)]
    assert not offenders


@pytest.mark.parametrize(("fault", "spoiled"), FAULTS)
def test_a_line_spoiled_in_that_way_is_caught(fault: Fault, spoiled: Line) -> None:
    found, line = next((found, line) for found, line in all_lines() if line["type"] == "Office")
    assert not fault(line, found.text)
    assert fault({**line, **spoiled}, found.text)


def test_index_has_its_columns_and_no_empty_field() -> None:
    for name, dispatch in dispatches().items():
        assert list(dispatch.row) == COLUMNS
        assert all(dispatch.row.values()), name
        assert dispatch.row["licence"] == "CC BY 4.0"


def test_index_names_every_text_and_every_gold_file() -> None:
    listed = set(dispatches())
    assert {path.stem for path in files(DISPATCHES / "texts", "*")} == listed
    assert {path.stem for path in files(DISPATCHES / "gold", "*")} == listed


@pytest.mark.parametrize("name", sorted(dispatches()))
def test_text_has_80_to_250_words(name: str) -> None:
    assert 80 <= len(dispatches()[name].text.split()) <= 250


@pytest.mark.parametrize("name", sorted(dispatches()))
def test_gold_lines_are_numbered_from_one_and_name_their_text(name: str) -> None:
    lines = dispatches()[name].gold
    assert [(line["doc"], line["n"]) for line in lines] == [(name, n) for n in range(1, len(lines) + 1)]


@pytest.mark.parametrize("name", sorted(dispatches()))
def test_claims_room_reads_the_gold(name: str) -> None:
    claims = list(read_jsonl(DISPATCHES / "gold" / f"{name}.jsonl"))
    assert [claim.quote for claim in claims] == [line["quote"] for line in dispatches()[name].gold]


def test_there_are_enough_texts_and_dyads() -> None:
    assert len(dispatches()) >= 12
    dyads = {dispatch.row["dyad"] for dispatch in dispatches().values()}
    assert len(dyads) >= 3
    assert all(dyad.split("-") == sorted(dyad.split("-")) for dyad in dyads)


def test_the_years_that_must_be_there_are_there() -> None:
    found = {d.row["date"][:4] for d in dispatches().values() if d.row["dyad"] == "PRK-RUS"}
    assert found >= {"2000", "2001", "2002", "2011", "2019", "2023", "2024"}


def test_all_fourteen_types_occur() -> None:
    assert {line["type"] for _, line in all_lines()} == TYPES


def test_planned_denied_speculated_requested_and_attributed_claims_occur() -> None:
    lines = [line for _, line in all_lines()]
    assert {line["modality"] for line in lines} == {modality.value for modality in Modality}
    assert any(line["polarity"] == "negated" and line["type"] == "Transfer" for line in lines)
    assert any(line["speaker"] and line["modality"] == "reported" for line in lines)
    assert any(line["via"] for line in lines)


def test_a_plan_comes_true_in_a_later_text() -> None:
    plan, report = dispatches()["prk-rus-2019-announced"], dispatches()["prk-rus-2019-vladivostok"]
    assert plan.row["date"] < report.row["date"]

    def talks(dispatch: Dispatch, modality: str) -> set[object]:
        meetings = (line for line in dispatch.gold if line["type"] == "Meeting")
        return {line["edtf"] for line in meetings if line["modality"] == modality}

    assert talks(plan, "planned") & talks(report, "reported") == {"2019-04-25"}


def test_a_plan_is_called_off() -> None:
    lines = dispatches()["prk-rus-2015-parade"].gold
    assert any((line["modality"], line["polarity"]) == ("planned", "negated") for line in lines)


def test_two_texts_exclude_each_other() -> None:
    def demands(name: str) -> set[tuple[object, object, tuple[str, ...]]]:
        found = (
            line for line in dispatches()[name].gold if line["type"] == "Sanction" and not line["optional"]
        )
        return {(line["speaker"], line["polarity"], tuple(names(line["items"]))) for line in found}

    whole = ("lifting of all sanctions",)
    assert ("Donald Trump", "affirmed", whole) in demands("prk-usa-2019-hanoi-west")
    assert ("Ri Yong-ho", "negated", whole) in demands("prk-usa-2019-hanoi-east")


def test_one_report_stands_under_two_outlets_in_almost_the_same_words() -> None:
    east, west = (dispatches()[name] for name in COPIES)
    assert east.row["outlet"] != west.row["outlet"]
    assert east.text != west.text
    assert SequenceMatcher(None, east.text.split(), west.text.split()).ratio() > 0.8


def test_no_other_two_texts_are_alike() -> None:
    names = sorted(set(dispatches()) - {COPIES[0]})
    for first, left in enumerate(names):
        for right in names[first + 1 :]:
            words = dispatches()[left].text.split(), dispatches()[right].text.split()
            assert SequenceMatcher(None, *words, autojunk=False).ratio() < 0.5, (left, right)
