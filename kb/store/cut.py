"""Cut a serialised table after a number of rows, so that what is left is still well formed.

The forms are those that Oxigraph writes, for a broken JSON table also those of others. Counting in the
bytes keeps the rows in Rust; a count that can only be too high settles nearly every answer before a row is
looked at.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import QueryResultsFormat

_JSON: Final = re.compile(rb'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[{}]', re.DOTALL)
_BINDINGS: Final = re.compile(rb'"bindings"\s*:\s*\[')
_OWN_BREAK: Final = re.compile(rb'\}\},\{"(?=[^,}])')
"""Between two rows of Oxigraph's JSON that bind something: in a literal, the quotation mark would end it."""
_QUOTED: Final = re.compile(rb'"(?:[^"]|"")*+"')
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


class Breaks:
    """Counts what stands between the rows of a table while the table passes in parts."""

    __slots__ = ("_count", "_mark", "_more", "_tail")

    def __init__(self, form: QueryResultsFormat) -> None:
        self._mark, self._more = _BREAK[form], _MORE[form]
        self._count = 0
        self._tail = b""
        """The last bytes that passed, one fewer than a break has: a break may begin in them."""

    def look(self, part: bytes) -> None:
        """Count in the next part."""
        short = len(self._mark) - 1
        seam = self._tail + part[:short]
        self._count += part.count(self._mark) + seam.count(self._mark)
        last = part if len(part) >= short else seam
        self._tail = last[max(0, len(last) - short) :]

    @property
    def rows(self) -> int:
        """How many rows have passed; perhaps fewer, as a literal may look like a break."""
        return self._count + self._more


def cut(content: bytes, form: QueryResultsFormat, rows: int, *, broken: bool) -> tuple[bytes, bool]:
    """Return a table of at most so many rows, and whether it was cut.

    A ``broken`` table breaks off anywhere; it is cut after its last whole row at the latest.
    """
    if not broken and content.count(_BREAK[form]) + _MORE[form] <= rows:
        return content, False
    end = end_of(content, form, rows, broken=broken, own=False)
    return (content, False) if end is None else (content[:end] + close_of(form), True)


def end_of(
    content: bytes | mmap.mmap, form: QueryResultsFormat, rows: int, *, broken: bool, own: bool = True
) -> int | None:
    """Return after which byte a table is to be cut so that it has at most so many rows; None: nowhere.

    A ``broken`` table breaks off anywhere; it is cut after its last whole row at the latest. One that is our
    ``own`` was written by Oxigraph, and takes a fifth of the time. Raises ValueError where not even its
    head is whole.
    """
    passed, last = _passed(content, form, rows, own=own)
    for number, end in enumerate(_row_ends(content, form, last), passed + 1):
        if number > rows:
            return last
        last = end
    return last if broken else None


def close_of(form: QueryResultsFormat) -> bytes:
    """Return what stands behind the last row of a table."""
    return _CLOSE[form]


def _passed(content: bytes | mmap.mmap, form: QueryResultsFormat, rows: int, *, own: bool) -> tuple[int, int]:
    """Return how many of the first rows were passed over quickly, and where the last of them ends.

    What does not look as usual, or is not whole, is left to be looked at row by row.
    """
    at, passed = _start(content, form), 0
    if own and form == QueryResultsFormat.JSON and content.find(b"{}", at) < 0:
        for number, found in enumerate(islice(_OWN_BREAK.finditer(content, at), rows), 1):
            passed, at = number, found.start() + len(b"}}")
        return passed, at
    if own and form == QueryResultsFormat.CSV:
        for number, end in enumerate(islice(_unquoted_ends(content, at), rows), 1):
            passed, at = number, end
        return passed, at
    block = _BLOCKS.get(form)
    while block is not None and passed + _BLOCK <= rows and (match := block.match(content, at)):
        at, passed = match.end(), passed + _BLOCK
    return passed, at


def _start(content: bytes | mmap.mmap, form: QueryResultsFormat) -> int:
    """Return where the rows begin."""
    if form == QueryResultsFormat.JSON:
        found = _BINDINGS.search(content)
        return len(content) if found is None else found.end()
    if form == QueryResultsFormat.XML:
        return _behind(content, b"<results>")
    return _behind(content, b"\n")


def _behind(content: bytes | mmap.mmap, mark: bytes) -> int:
    at = content.find(mark)
    if at < 0:
        raise ValueError("the head alone takes more bytes than an answer may have")
    return at + len(mark)


def _row_ends(content: bytes | mmap.mmap, form: QueryResultsFormat, start: int) -> Iterator[int]:
    if form == QueryResultsFormat.JSON:
        return _json_ends(content, start)
    if form == QueryResultsFormat.CSV:
        return _csv_ends(content, start)
    return _mark_ends(content, start, _BREAK[form])


def _json_ends(content: bytes | mmap.mmap, start: int) -> Iterator[int]:
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


def _csv_ends(content: bytes | mmap.mmap, start: int) -> Iterator[int]:
    match = _CSV.match(content, start)
    while match:
        yield match.end()
        match = _CSV.match(content, match.end())


def _unquoted_ends(content: bytes | mmap.mmap, start: int) -> Iterator[int]:
    """Yield where the rows of a CSV table end, without a look at what is in quotation marks."""
    mark = _BREAK[QueryResultsFormat.CSV]
    quote = content.find(b'"', start)
    end = content.find(mark, start)
    while end >= 0:
        if 0 <= quote < end:
            quoted = _QUOTED.match(content, quote)
            if quoted is None:
                return
            at = quoted.end()
            quote = content.find(b'"', at)
        else:
            at = end + len(mark)
            yield at
        if end < at:
            end = content.find(mark, at)


def _mark_ends(content: bytes | mmap.mmap, start: int, mark: bytes) -> Iterator[int]:
    at = content.find(mark, start)
    while at >= 0:
        yield at + len(mark)
        at = content.find(mark, at + len(mark))
