"""Files and folders become articles, each with what was said of it or what the index table says."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from kb.articles.intake import UNKNOWN_OUTLET, take_in
from kb.articles.table import Row, read_table, refuse
from kb.errors import BadArticle
from kb.records import Article

PATTERN: Final = "*.txt"


def take_in_all(
    paths: Iterable[Path],
    *,
    outlet: str = UNKNOWN_OUTLET,
    published: date | None = None,
    index: Path | None = None,
    limit: int | None = None,
) -> list[Article]:
    """Return the articles of files and folders (their *.txt), in the order given, folders sorted by name.

    With ``index`` each file's outlet and date come from its row. Raises one BadArticle that lists every file
    that cannot be taken in and every file without a row, so that one repair run is enough.
    """
    files = list_files(paths)
    rows = read_table(index) if index else None
    articles, faults = [], []
    if rows is not None:
        faults += _unmatched(files, rows)
    for path in files:
        row = Row(path.stem, outlet, published) if rows is None else rows.get(path.stem)
        if row is None:
            continue
        try:
            articles.append(
                take_in(
                    path,
                    outlet=row.outlet,
                    published=row.published,
                    title=row.title,
                    source_note=row.source_note,
                    limit=limit,
                )
            )
        except BadArticle as fault:
            if len(files) == 1:
                raise
            faults.append(str(fault))
    refuse(faults, index or "texts", "Nothing was taken in; repair these and try again")
    return articles


def unused_rows(paths: Iterable[Path], index: Path) -> list[str]:
    """Return the ids of an index table's rows that no given file fits, sorted.

    They are no fault, since a table may describe more than is read this time; a caller may say so.
    """
    return sorted(read_table(index).keys() - {path.stem for path in list_files(paths)})


def list_files(paths: Iterable[Path]) -> list[Path]:
    """Return the text files that the paths name, each once.

    Raises BadArticle when a path does not exist, a folder holds no *.txt, or no path is given.
    """
    files: dict[Path, None] = {}
    for path in paths:
        found = sorted(path.glob(PATTERN)) if os.path.isdir(path) else [path]
        if not found:
            raise BadArticle(
                f"no file {PATTERN} in this folder", place=str(path), repair="Give the folder of the texts"
            )
        files.update(dict.fromkeys(found))
    if not files:
        raise BadArticle("no text given", repair="Give the paths of text files or of a folder")
    return list(files)


def _unmatched(files: list[Path], rows: dict[str, Row]) -> list[str]:
    """Return what does not fit between files and rows: a file without a row, two files for one row."""
    stems = Counter(path.stem for path in files)
    faults = [
        f"two files for the row {stem!r}" for stem, count in stems.items() if count > 1 and stem in rows
    ]
    without = [path for path in files if path.stem not in rows]
    unused = sorted(rows.keys() - stems.keys())
    hint = f" (rows without a file: {', '.join(unused[:5])})" if unused else ""
    return faults + [f"{path}: no row with id {path.stem!r}{hint}" for path in without]
