"""Pieces of words are those that the network was taught: compared with what its own tokeniser gives."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kb.reading.context.encoder import FOLDER
from kb.reading.context.pieces import Pieces

ROWS = list(csv.DictReader(Path(__file__).with_name("pieces.tsv").open(encoding="utf-8"), delimiter="\t",
                           quoting=csv.QUOTE_NONE))  # fmt: skip
TABLE = (FOLDER / "pieces.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_text_has_the_pieces_that_the_network_was_taught(row: dict[str, str]) -> None:
    found = list(Pieces(FOLDER / "pieces.txt").of(json.loads(row["text"])))

    assert [TABLE[piece] for _, piece in found] == row["pieces"].split()
    assert [start for start, _ in found] == [int(start) for start in row["starts"].split()]


def test_a_table_without_the_unknown_piece_is_none(tmp_path: Path) -> None:
    (tmp_path / "pieces.txt").write_text("met\nsigned\n", "utf-8")

    with pytest.raises(KeyError):
        Pieces(tmp_path / "pieces.txt")
