"""An answer as JSON of our own: with the question, what its columns mean, and where the next page begins."""

from __future__ import annotations

import json

from pyoxigraph import Literal

from kb.queries.answers import Answer
from kb.queries.as_of import Known
from kb.queries.paging import Page
from kb.queries.parameters import XSD_INTEGER
from kb.queries.values import Term, plain


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
        "total": len(answer.rows) if page is None else page.total,
        "next": page.next if page else None,
    }
    # A row stands on one line: Python writes an indented row six times slower.
    rows = ",\n    ".join(
        json.dumps(dict(zip(answer.columns, map(_json_value, row), strict=True)), ensure_ascii=False)
        for row in answer.rows
    )
    written = [json.dumps(part, ensure_ascii=False, indent=2) for part in (head, tail)]
    listed = f"[\n    {rows}\n  ]" if rows else "[]"
    return f'{written[0][:-2]},\n  "rows": {listed},{written[1][1:]}\n'


def _known(known: Known) -> dict[str, object]:
    return {
        "day": known.day.isoformat(),
        "texts": known.texts,
        "of": known.of,
        "undated": known.undated,
        "first": known.first and known.first.isoformat(),
    }


def _json_value(term: Term | None) -> str | int | None:
    if isinstance(term, Literal) and term.datatype == XSD_INTEGER:
        return int(term.value)
    return None if term is None else plain(term)
