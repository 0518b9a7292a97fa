"""A folder of texts with gold: what is wrong in it is named with file, line and repair, all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.errors import BadInput
from kb.evaluation.gold import read_gold
from tests.evaluation.desk import TOUR, Json, gold_lines, read_folder, write_folder, write_lines


def without(key: str) -> Callable[[Json], Json]:
    return lambda line: {name: value for name, value in line.items() if name != key}


def having(**slots: Any) -> Callable[[Json], Json]:
    return lambda line: line | slots


def test_texts_come_with_gold_family_and_dyad(tmp_path: Path) -> None:
    gold = read_folder(tmp_path / "set")
    assert list(gold.texts) == ["sale", "talks", "tour"]
    tour = gold.texts["tour"]
    assert (tour.family, tour.dyad, tour.article.title) == ("herald", "ALP-BOT", "A <tour>")
    assert [line.optional for line in gold.texts["talks"].gold] == [False, False, True]


def test_without_a_column_source_the_outlet_is_the_family(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set")
    rows = [line.split("\t") for line in (folder / "INDEX.tsv").read_text("utf-8").splitlines()]
    table = "".join("\t".join([row[0], *row[2:4]]) + "\n" for row in rows)
    (folder / "INDEX.tsv").write_text(table, "utf-8")
    tour = read_gold(folder).texts["tour"]
    assert (tour.family, tour.dyad) == ("The Herald", "unknown")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without("polarity"), "tour.jsonl:1: no key polarity. Write every key"),
        (having(start=1), "'da Moor toured the Lower Works', not the quote .* It stands at 0:31"),
        (having(quote="Ada Moor toured the Upper Works"), "The text does not hold these words"),
        (having(end=500), "It stands at 0:31"),
        (having(agents="Ada Moor"), "tour.jsonl:1: 'agents' is not a list of texts: 'Ada Moor'"),
        (having(type="Party"), "'type' is not one of Visit, Arrival"),
        (having(optional="no"), "'optional' is not true or false: 'no'. Write true or false"),
        (having(doc="sale"), "'doc' is 'sale'. Write 'tour', or move the line to its own file"),
        (having(start=None), "'start' is not a whole number: None"),
    ],
)
def test_a_spoiled_gold_line_is_named(spoil: Callable[[Json], Json], said: str, tmp_path: Path) -> None:
    lines = gold_lines()
    lines["tour"] = [spoil(lines["tour"][0])]
    with pytest.raises(BadInput, match=said) as caught:
        read_gold(write_folder(tmp_path / "set", lines))
    assert "tour.jsonl:1" in str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [('{"doc": "tour", "n": 1, "type', "not JSON: .*; the line looks cut off"), ("[1]", "not a JSON object")],
)
def test_a_line_that_is_no_object_is_named(words: str, said: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set")
    (folder / "gold" / "tour.jsonl").write_text(f"\n{words}", "utf-8")
    with pytest.raises(BadInput, match=rf"tour\.jsonl:2: {said}"):
        read_gold(folder)


def test_a_text_without_gold_and_gold_without_a_text_are_named_together(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set")
    (folder / "gold" / "tour.jsonl").rename(folder / "gold" / "party.jsonl")
    with pytest.raises(BadInput) as caught:
        read_gold(folder)
    assert "tour.jsonl: the text tour has no gold. Write its gold (an empty file" in str(caught.value)
    assert "party.jsonl: gold without a text. Add texts/party.txt" in str(caught.value)


def test_an_empty_gold_file_says_that_the_text_claims_nothing(tmp_path: Path) -> None:
    gold = read_gold(write_folder(tmp_path / "set", gold_lines() | {"tour": []}))
    assert gold.texts["tour"].gold == ()


@pytest.mark.parametrize("name", ["texts", "gold", "INDEX.tsv"])
def test_a_folder_of_another_layout_is_told_what_belongs_in_it(name: str, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set")
    (folder / name).rename(tmp_path / "gone")
    with pytest.raises(BadInput, match=f"no {name} in this folder.*gold/ID.jsonl"):
        read_gold(folder)


def test_aliases_are_read_from_the_folder_from_beside_it_and_from_elsewhere(
    tmp_path: Path,
) -> None:
    folder = write_folder(tmp_path / "set")
    tables = [folder / "aliases.tsv", tmp_path / "aliases.tsv", tmp_path / "more.tsv"]
    for number, table in enumerate(tables):
        table.write_text(f"form\tcanonical\nMoor the {number}\tAda Moor\n", "utf-8")
    gold = read_gold(folder, [tables[2]])
    assert all(gold.names.same(f"Moor the {number}", "Ada Moor") for number in range(3))
    assert len(gold.aliases) == 3


def test_a_row_of_aliases_without_a_canonical_name_is_named(tmp_path: Path) -> None:
    table = tmp_path / "more.tsv"
    table.write_text("form\tcanonical\nYoung Moor\n", "utf-8")
    with pytest.raises(BadInput, match=r"more\.tsv:2: not two cells"):
        read_gold(write_folder(tmp_path / "set"), [table])


def test_many_faults_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "set")
    write_lines(folder / "gold" / "tour.jsonl", [gold_lines()["tour"][0] | {"end": len(TOUR)}] * 50)
    with pytest.raises(BadInput, match="50 faults") as caught:
        read_gold(folder)
    assert "and 10 more" in str(caught.value)
