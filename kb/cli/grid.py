"""Rows as aligned columns for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

WIDEST: Final = 60
"""A cell longer than this many characters is cut and ends in an ellipsis; no other format cuts."""


def grid(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table of one line a row, its columns aligned."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    lines = [_line(heads, widths), _line(["─" * width for width in widths], widths)]
    return "\n".join(lines + [_line(row, widths) for row in cells])


def _cell(value: str) -> str:
    text = " ".join(value.split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
