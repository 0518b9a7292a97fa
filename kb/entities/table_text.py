"""The text of a table: lines and cells, and how a value stands in a cell.

Tab-separated, UTF-8, the first line is the header, no quoting. Values of one cell are separated by " | ".
In a value, a backslash keeps what would be mistaken: ``\\|`` ``\\t`` ``\\n`` ``\\r`` ``\\\\``, ``\\s`` for a
space at its start or end, ``\\"`` for a quotation mark at the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kb.entities.table_faults import Fault

SEPARATOR: Final = " | "
_KEPT: Final = {"\\": "\\", "|": "|", "t": "\t", "n": "\n", "r": "\r", "s": " ", '"': '"'}
_WRITTEN: Final = {"\\": "\\\\", "|": "\\|", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_MARK: Final = b"\xef\xbb\xbf"
"""The byte order mark that spreadsheets put before UTF-8."""
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the file, and the text of each column's cell."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its file has it."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> tuple[Table | None, list[Fault]]:
    """Return a file's table, None where there is no header to go by, and the faults of its form.

    Lines of a wrong number of cells are left out of the table.
    """
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [
            Fault(name, 0, "", f"cannot be read: {error.strerror}", "Name a file that you may read")
        ]
    if content.startswith(_UTF_16):
        return None, [
            Fault(name, 0, "", "the text is UTF-16", "Save it as UTF-8 (in a spreadsheet: CSV UTF-8, tabs)")
        ]
    lines = [line.decode(errors="replace") for line in content.removeprefix(_MARK).split(b"\n")]
    table, faults = parse_table("\n".join(lines), name)
    wrong = [
        Fault(name, number, "", "the line is not UTF-8", "Save the file as UTF-8")
        for number, line in enumerate(content.split(b"\n"), 1)
        if not _is_utf_8(line)
    ]
    return table, [*wrong, *faults]


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def parse_table(text: str, name: str) -> tuple[Table | None, list[Fault]]:
    """Return a text's table and the faults of its form, as read_table does; ``name`` stands in the faults."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    header = tuple(cell.strip(" ") for cell in lines[0].split("\t"))
    wrong = _of_header(header, name)
    if wrong:
        return None, wrong
    rows, faults = [], []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) == len(header):
            rows.append(Row(number, dict(zip(header, cells, strict=True))))
        else:
            repair = "Write one cell for each column, empty ones too, with a tab between two"
            problem = f"the line has {len(cells)} cells, the header {len(header)}"
            faults.append(Fault(name, number, "", problem, repair))
    if not rows and not faults:
        faults.append(Fault(name, 0, "", "no row below the header", "Write one line for each entity"))
    return Table(name, header, tuple(rows)), faults


def _of_header(header: Sequence[str], name: str) -> list[Fault]:
    mark = next((one for one in (";", ",") if len(header) == 1 and one in header[0]), None)
    if list(header) == [""]:
        told = "no header", "Begin with a line of column names; `legation entity table` shows one"
    elif header[0].upper().startswith(("PREFIX ", "@PREFIX ", "@BASE ")):
        told = "this is Turtle, not a table", "Give a table as `legation entity table` writes it"
    elif "id" not in header and mark:
        told = f"cells are separated by {mark!r}", "Save the table with tabs between its cells"
    elif "id" not in header:
        told = "no column id", "Name the column of identifiers id"
    else:
        twice = sorted({column for column in header if header.count(column) > 1})
        return [Fault(name, 1, one, "the column stands twice", "Put its values into one") for one in twice]
    return [Fault(name, 1, "", *told)]


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table's text from columns and rows of cells."""
    return "".join("\t".join(cells) + "\n" for cells in (columns, *rows))


def join_values(values: Iterable[str]) -> str:
    """Return a cell that holds these values, none of them empty."""
    return SEPARATOR.join(map(_written, values))


def split_values(cell: str) -> list[str]:
    """Return the values that a cell holds.

    Raises ValueError, with what is wrong and the repair, for an empty value among others, a backslash that
    keeps nothing, or a cell in quotation marks.
    """
    cell = cell.strip(" ")
    if not cell:
        return []
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        repair = 'Take them off (and write doubled ones once); write \\" for one that belongs to the value'
        raise ValueError("the cell stands in quotation marks, as a spreadsheet writes it", repair)
    parts = [part.strip(" ") for part in re.split(r"(?:^| )\|(?= |$)", cell)]
    if "" in parts:
        raise ValueError("an empty value beside a separator", "Write values with ' | ' only between two")
    return [_read(part) for part in parts]


def _written(value: str) -> str:
    text = "".join(_WRITTEN.get(character, character) for character in value)
    if text.startswith('"'):
        text = "\\" + text
    start, end = len(value) - len(value.lstrip(" ")), len(value) - len(value.rstrip(" "))
    if start == len(value):
        return "\\s" * start
    return "\\s" * start + text[start : len(text) - end] + "\\s" * end


def _read(part: str) -> str:
    def kept(match: re.Match[str]) -> str:
        if match[1] not in _KEPT:
            raise ValueError(f"the backslash in {match[0]} keeps nothing", "Write two for one that is meant")
        return _KEPT[match[1]]

    return re.sub(r"\\(.?)", kept, part, flags=re.DOTALL)
