"""The index table: who published which text when. Tab-separated, with a header line.

Columns ``id`` (the stem of the file's name), ``outlet`` and ``date``; ``title`` and ``source_note`` where
known; further columns are left alone. Rows may describe texts that are not read this time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kb.articles.dates import published_day
from kb.errors import BadArticle

REQUIRED: Final = ("id", "outlet", "date")
_LINE_END: Final = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Row:
    """What the table says of one text."""

    doc: str
    outlet: str
    published: date | None
    title: str = ""
    source_note: str = ""


def read_table(path: Path) -> dict[str, Row]:
    """Return the rows of an index table by their id.

    Raises one BadArticle that lists every fault with its line: a missing or repeated column, a row of another
    length, an empty or repeated id, a malformed date.
    """
    lines = list(_lines(path))
    header = [name.strip() for name in lines[0][1].split("\t")] if lines else []
    missing = [name for name in REQUIRED if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    if missing or twice:
        raise BadArticle(
            f"no column {', '.join(missing)}" if missing else f"two columns {', '.join(twice)}",
            place=f"{path}, line 1",
            repair=f"Begin the table with a line of column names, between tabs: {', '.join(REQUIRED)}",
        )
    rows: dict[str, Row] = {}
    faults: list[str] = []
    for number, line in lines[1:]:
        try:
            row = _row(header, line, f"line {number}")
            if row.doc in rows:
                raise BadArticle(f"{row.doc!r} stands twice", place=f"line {number}")
            rows[row.doc] = row
        except BadArticle as fault:
            faults.append(str(fault))
    refuse(faults, path, "Repair the table")
    return rows


def refuse(faults: list[str], place: Path | str, repair: str) -> None:
    """Raise one BadArticle for all faults, a line each; nothing where there is none."""
    if len(faults) == 1:
        raise BadArticle(faults[0], place=str(place), repair=repair)
    if faults:
        listed = "".join(f"\n  {fault}" for fault in faults)
        raise BadArticle(f"{len(faults)} faults", place=str(place), repair=f"{repair}:{listed}")


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of a table that are not blank."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadArticle(
            f"cannot be read ({error.strerror})", place=str(path), repair="Give the path of a table"
        ) from error
    except UnicodeDecodeError as error:
        raise BadArticle(
            f"not UTF-8 at byte {error.start}", place=str(path), repair="Save the table again as UTF-8"
        ) from error
    # not str.splitlines, which also ends a line at U+2028 or U+0085, and a title may hold these
    for number, line in enumerate(_LINE_END.split(text), 1):
        if line.strip():
            yield number, line


def _row(header: list[str], line: str, place: str) -> Row:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) != len(header):
        raise BadArticle(f"{len(cells)} cells under {len(header)} column names", place=place)
    found = dict(zip(header, cells, strict=True))
    if not found["id"]:
        raise BadArticle("no id", place=place)
    return Row(
        found["id"],
        found["outlet"],
        published_day(found["date"], place=f"{place}, {found['id']}"),
        found.get("title", ""),
        found.get("source_note", ""),
    )
