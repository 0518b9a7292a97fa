"""An answer as JSON of our own: with the question, what its columns mean, and where the next page begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Final

from kb.queries.answers import Answer
from kb.queries.as_of import Known
from kb.queries.ordering import remembering
from kb.queries.paging import Page
from kb.queries.parameters import XSD_INTEGER
from kb.queries.values import Cell, plain_of

_NUMBER: Final = re.compile("[+-]?[0-9]{1,4000}")
"""Longer ones stay texts: Python reads none of over 4,300 digits."""
_INTEGER: Final = f'"^^{XSD_INTEGER}'


def as_json(answer: Answer, page: Page | None = None) -> str:
    """Return an answer as JSON: question, parameters, version, columns, rows, truncated, total and next.

    An answer as of an earlier day says in ``as_of`` what was known then.
    ``total`` is the number of rows on all pages; ``next`` the cursor of the page that follows, or null.
    """
    columns = [{"name": column.name, "about": column.about} for column in answer.question.columns]
    head = {
        "question": {"name": answer.question.name, "text": answer.question.question},
        "parameters": dict(answer.parameters),
        "version": answer.version,
        **({"as_of": _known(answer.known)} if answer.known else {}),
        "columns": columns,
    }
    tail = {
        "truncated": answer.truncated,
        "total": len(answer.cells) if page is None else page.total,
        "next": page.next if page else None,
    }
    rows = list(_rows(answer))
    written = [json.dumps(part, ensure_ascii=False, indent=2) for part in (head, tail)]
    before, after = f'{written[0][:-2]},\n  "rows": [', f"],{written[1][1:]}\n"
    if not rows:
        return before + after
    # Megabytes are put together once.
    rows[0] = f"{before}\n    {rows[0]}"
    rows[-1] = f"{rows[-1]}\n  {after}"
    return ",\n    ".join(rows)


def _known(known: Known) -> dict[str, object]:
    return {
        "day": known.day.isoformat(),
        "texts": known.texts,
        "of": known.of,
        "undated": known.undated,
        "first": known.first and known.first.isoformat(),
    }


def _rows(answer: Answer) -> Iterator[str]:
    """Return each row as an object on one line: the json module takes four times as long for that."""
    names = (encode_basestring(name).replace("%", "%%") for name in answer.columns)
    form = f"{{{', '.join(f'{name}: %s' for name in names)}}}"
    written = remembering(_written)
    return (form % tuple(map(written, row)) for row in answer.cells)


def _written(cell: Cell) -> str:
    if not cell:
        return "null"
    if "\\" not in cell:
        if cell[-1] == '"' and cell.isprintable():  # then TSV and JSON write a text alike
            return cell
        if cell[0] == "<" != cell[1]:
            return f'"{cell[1:-1]}"'
    text = plain_of(cell)
    number = _NUMBER.fullmatch(text) and (text == cell or cell.endswith(_INTEGER))
    return str(int(text)) if number else encode_basestring(text)
