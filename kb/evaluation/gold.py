"""A folder of texts with gold: texts/, INDEX.tsv, gold/, and tables of aliases."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kb.articles import take_in_all
from kb.claims import from_json
from kb.errors import BadInput
from kb.evaluation.lines import Faults, json_lines, without_empty_names
from kb.evaluation.names import Names
from kb.evaluation.records import GoldLine, GoldSet, Text
from kb.records import Article

KEYS: Final = (
    "doc", "n", "type", "agents", "agent_states", "counterparts", "counterpart_states", "companions", "place",
    "facility", "country", "items", "office", "edtf", "modality", "polarity", "speaker", "via", "quote",
    "start", "end", "optional", "note",
)  # fmt: skip
"""What every line of a gold file has."""
ALIASES: Final = "aliases.tsv"


def read_gold(folder: Path, aliases: Sequence[Path] = (), limit: int | None = None) -> GoldSet:
    """Return the texts of a folder with their gold.

    ``aliases`` are tables beside those that stand in the folder or beside it; ``limit`` is that of a text in
    bytes. Raises one BadInput for all that is wrong, each with file, line and repair.
    """
    _refuse_another_layout(folder)
    index = folder / "INDEX.tsv"
    articles = {each.doc: each for each in take_in_all([folder / "texts"], index=index, limit=limit)}
    rows = _rows(index)
    faults = Faults()
    files = {path.stem: path for path in sorted((folder / "gold").glob("*.jsonl"))}
    for doc in sorted(articles.keys() - files.keys()):
        faults.add(
            f"{folder / 'gold' / doc}.jsonl",
            f"the text {doc} has no gold",
            "Write its gold (an empty file where it claims nothing), or move the text out of texts/",
        )
    texts = {}
    for doc, path in files.items():
        if doc not in articles:
            repair = f"Add texts/{doc}.txt and its row in INDEX.tsv, or remove it"
            faults.add(str(path), "gold without a text", repair)
            continue
        article = articles[doc]
        row = rows.get(doc, {})
        family = row.get("source") or article.outlet
        texts[doc] = Text(article, _gold_lines(path, article, faults), family, row.get("dyad") or "unknown")
    faults.refuse(str(folder))
    tables = _alias_tables(folder, aliases)
    names = Names(pair for table in tables for pair in _pairs(table))
    return GoldSet(dict(sorted(texts.items())), names, tuple(map(str, tables)))


def _refuse_another_layout(folder: Path) -> None:
    for name in ("texts", "gold", "INDEX.tsv"):
        if not (folder / name).exists():
            raise BadInput(
                f"no {name} in this folder",
                place=str(folder),
                repair="Give a folder with texts/ID.txt, gold/ID.jsonl, INDEX.tsv (columns id, outlet, date)",
            )


def _rows(index: Path) -> dict[str, dict[str, str]]:
    """Return the index table's rows by id, every column; it was checked when the texts were taken in."""
    with index.open(encoding="utf-8-sig", newline="") as table:
        rows = csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        cells = [{(key or "").strip(): value.strip() for key, value in row.items() if value} for row in rows]
    return {row["id"]: row for row in cells if "id" in row}


def _gold_lines(path: Path, article: Article, faults: Faults) -> tuple[GoldLine, ...]:
    found: list[GoldLine] = []
    for place, line in json_lines(path, faults):
        missing = [key for key in KEYS if key not in line]
        if missing:
            faults.add(place, f"no key {', '.join(missing)}", "Write every key; null or [] where it is empty")
            continue
        if not isinstance(line["optional"], bool):
            faults.add(place, f"'optional' is not true or false: {line['optional']!r}", "Write true or false")
        if not _fits(line, article, place, faults):
            continue
        try:
            claim = without_empty_names(from_json(line, place))
        except BadInput as fault:
            faults.take(fault)
            continue
        number = line["n"] if isinstance(line["n"], int) else len(found) + 1
        found.append(GoldLine(claim, number, line["optional"] is True, str(line["note"] or "")))
    return tuple(found)


def _fits(line: dict[str, object], article: Article, place: str, faults: Faults) -> bool:
    """Say whether a line is of this text and its quote stands where it says; values of a wrong kind pass."""
    if line["doc"] != article.doc:
        repair = f"Write {article.doc!r}, or move the line to its own file"
        faults.add(place, f"'doc' is {line['doc']!r}", repair)
        return False
    start, end, quote = line["start"], line["end"], line["quote"]
    if not isinstance(start, int) or not isinstance(end, int) or not isinstance(quote, str):
        return True
    shown = article.text[max(start, 0) : end]
    if shown == quote and 0 <= start < end:
        return True
    at = article.text.find(quote) if quote else -1
    found = f"It stands at {at}:{at + len(quote)}" if at >= 0 else "The text does not hold these words"
    faults.add(place, f"{start}:{end} is {shown!r}, not the quote {quote!r}", found)
    return False


def _alias_tables(folder: Path, given: Sequence[Path]) -> list[Path]:
    beside = [path for path in (folder / ALIASES, folder.resolve().parent / ALIASES) if path.exists()]
    return [*beside, *given]


def _pairs(table: Path) -> list[tuple[str, str]]:
    """Return the rows of an alias table: form, canonical; its first line names the columns."""
    try:
        lines = table.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read ({error})", place=str(table), repair="Give a UTF-8 table: form, canonical"
        ) from error
    faults, pairs = Faults(), []
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) >= 2 and all(cells[:2]):
            pairs.append((cells[0], cells[1]))
        elif line.strip():
            faults.add(f"{table}:{number}", "not two cells", "Write form, tab, canonical name")
    faults.refuse(str(table))
    return pairs
