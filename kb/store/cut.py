"""Cut a serialised table after a number of rows, so that what is left is still well formed.

The forms are those that Oxigraph writes, for a broken JSON table also those of others. Counting in the
bytes keeps the rows in Rust; a count that can only be too high settles nearly every answer before a row is
looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import QueryResultsFormat

_JSON: Final = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}]', re.DOTALL)
_BINDINGS: Final = re.compile(rb'"bindings"\s*:\s*\[')
_CSV: Final = re.compile(rb'(?:"(?:[^"]|"")*+"|[^"\r\n])*+\r\n')
_TEXT: Final = rb'"(?:[^"\\]++|\\.)*+"'
_TERM: Final = rb'\{(?:[^{}"]++|' + _TEXT + rb")*+\}"
_BLOCK: Final = 1_000
"""Rows that are passed over at once, without a step of Python for each."""
_BLOCKS: Final = {
    QueryResultsFormat.JSON: re.compile(
        rb'(?:[\s,]*+\{(?:[^{}"]++|' + _TEXT + rb"|" + _TERM + rb")*+\}){%d}+" % _BLOCK, re.DOTALL
    ),
    QueryResultsFormat.CSV: re.compile(rb'(?:(?:"(?:[^"]|"")*+"|[^"\r\n])*+\r\n){%d}+' % _BLOCK),
}
_BREAK: Final = {
    QueryResultsFormat.JSON: b"},{",
    QueryResultsFormat.XML: b"</result>",
    QueryResultsFormat.CSV: b"\r\n",
    QueryResultsFormat.TSV: b"\n",
}
_MORE: Final = {
    QueryResultsFormat.JSON: 1,
    QueryResultsFormat.XML: 0,
    QueryResultsFormat.CSV: -1,
    QueryResultsFormat.TSV: -1,
}
"""How many rows more than breaks there are: they stand between rows, after each, or after the head too."""
_CLOSE: Final = {
    QueryResultsFormat.JSON: b"]}}",
    QueryResultsFormat.XML: b"</results></sparql>",
    QueryResultsFormat.CSV: b"",
    QueryResultsFormat.TSV: b"",
}


def cut(content: bytes, form: QueryResultsFormat, rows: int, *, broken: bool) -> tuple[bytes, bool]:
    """Return a table of at most so many rows, and whether it was cut.

    A ``broken`` table breaks off anywhere; it is cut after its last whole row at the latest.
    """
    if not broken and content.count(_BREAK[form]) + _MORE[form] <= rows:
        return content, False
    passed, last = _passed(content, form, rows)
    for number, end in enumerate(_row_ends(content, form, last), passed + 1):
        if number > rows:
            return content[:last] + _CLOSE[form], True
        last = end
    return (content[:last] + _CLOSE[form], True) if broken else (content, False)


def _passed(content: bytes, form: QueryResultsFormat, rows: int) -> tuple[int, int]:
    """Return how many of the first rows were passed over in blocks, and where the last of them ends.

    A block that does not look as usual, or is not whole, is left to be looked at row by row.
    """
    at, passed = _start(content, form), 0
    block = _BLOCKS.get(form)
    while block is not None and passed + _BLOCK <= rows and (match := block.match(content, at)):
        at, passed = match.end(), passed + _BLOCK
    return passed, at


def _start(content: bytes, form: QueryResultsFormat) -> int:
    """Return where the rows begin."""
    if form == QueryResultsFormat.JSON:
        found = _BINDINGS.search(content)
        return len(content) if found is None else found.end()
    if form == QueryResultsFormat.XML:
        return content.index(b"<results>") + len(b"<results>")
    return content.index(b"\n") + 1


def _row_ends(content: bytes, form: QueryResultsFormat, start: int) -> Iterator[int]:
    if form == QueryResultsFormat.JSON:
        return _json_ends(content, start)
    if form == QueryResultsFormat.CSV:
        return _csv_ends(content, start)
    return _mark_ends(content, start, _BREAK[form])


def _json_ends(content: bytes, start: int) -> Iterator[int]:
    depth = 0
    for match in _JSON.finditer(content, start):
        if match.group() == b"{":
            depth += 1
        elif match.group() == b"}":
            depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield match.end()


def _csv_ends(content: bytes, start: int) -> Iterator[int]:
    match = _CSV.match(content, start)
    while match:
        yield match.end()
        match = _CSV.match(content, match.end())


def _mark_ends(content: bytes, start: int, mark: bytes) -> Iterator[int]:
    at = content.find(mark, start)
    while at >= 0:
        yield at + len(mark)
        at = content.find(mark, at + len(mark))
