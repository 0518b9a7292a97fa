"""An answer as text: a table for terminals, CSV, TSV, JSON, XML; and Turtle of what it rests on."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from kb.namespaces import LG, PREFIXES, shorten
from kb.queries.answer_json import as_json
from kb.queries.answers import Answer
from kb.queries.layout import heading, records, shown_columns, verb
from kb.queries.ordering import remembering, text_of
from kb.queries.paging import Page
from kb.queries.results_json import as_results_json
from kb.queries.results_xml import as_xml
from kb.queries.values import Cell, Term, plain, plain_of, term_of
from kb.store import Store
from kb.store.binding import sparql_term

WIDTH: Final = 100
"""How many characters wide a table's quotes are wrapped."""
WIDEST: Final = 44
"""How many characters a table's cell shows; the other formats give all."""


_BATCH: Final = 500
"""How many claims or records are fetched at once, well within a store's limits."""
_CLAIMS: Final = (
    "CONSTRUCT { ?node ?property ?value } WHERE { VALUES ?claim { %s } "
    f"?claim (<{LG}hasSlot>|<{LG}hasEvidence>)? ?node . ?node ?property ?value }}"
)


_RECORDS: Final = (
    "CONSTRUCT { ?node ?property ?value } WHERE { VALUES ?record { %s } "
    f"?record <{PREFIXES['dct']}source>? ?node . ?node ?property ?value }}"
)


class Format(StrEnum):
    """The forms that an answer takes as text."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    RESULTS_JSON = "srj"
    TURTLE = "turtle"


CUT: Final = "Rows were left out: there are more than the limit."
"""What ends an answer that was cut, where its form can hold a remark."""


def render(answer: Answer, form: Format, store: Store, page: Page | None = None) -> str:
    """Return an answer in one form, ending in a newline; JSON tells of the page, where it is one.

    The store is asked again only for Turtle: the claims or records that the rows rest on.
    """
    if form is Format.TURTLE:
        return support_turtle(answer, store) + (f"\n# {CUT}\n" if answer.truncated else "")
    return as_json(answer, page) if form is Format.JSON else _WRITERS[form](answer)


def as_csv(answer: Answer) -> str:
    """Return an answer as CSV after SPARQL 1.1 Query Results CSV: IRIs and literals as plain text."""
    written, text = io.StringIO(), remembering(plain_of)
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(answer.columns)
    table.writerows([list(map(text, cells)) for cells in answer.cells])
    return written.getvalue()


def as_tsv(answer: Answer) -> str:
    """Return an answer as TSV after SPARQL 1.1 Query Results TSV: each value as a Turtle term."""
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    text = remembering(_turtle_term)
    lines += ["\t".join(map(text, cells)) for cells in answer.cells]
    return "\n".join(lines) + "\n"


def as_table(answer: Answer) -> str:
    """Return an answer for a terminal: aligned columns, and beneath each row the words or sources of it."""
    shown = shown_columns(answer.question)
    rows = records(answer)
    cells = [[_cell(row, column.name, column.name_column) for column in shown] for row in rows]
    heads = [heading(column.name) for column in shown]
    widths = [max(map(len, [head, *values])) for head, *values in zip(heads, *cells, strict=True)]
    lines = [_aligned(heads, widths), "  ".join("─" * width for width in widths)]
    for row, values in zip(rows, cells, strict=True):
        lines += [_aligned(values, widths), *(_quoted(row) if answer.question.told else _known_from(row))]
    return "\n".join([*lines, "", _count(answer)]) + "\n"


def support_turtle(answer: Answer, store: Store) -> str:
    """Return what an answer's rows rest on as Turtle: claims with slots and evidence, or curated records."""
    told = answer.question.told
    column, query = ("claim", _CLAIMS) if told else (answer.question.fact, _RECORDS)
    terms = map(term_of, set(answer.cells_in(column)))
    nodes = sorted((term for term in terms if isinstance(term, NamedNode)), key=str)
    triples: set[Triple] = set()
    for start in range(0, len(nodes), _BATCH):
        triples |= store.construct(query % " ".join(map(sparql_term, nodes[start : start + _BATCH])))
    return turtle(triples)


def turtle(triples: Iterable[Triple]) -> str:
    """Return triples as Turtle in a fixed order, with the prefixes that they use and no other."""
    ordered = sorted(triples, key=str)
    everything = "\n".join(map(str, ordered))
    used = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"<{namespace}" in everything}
    written = serialize(ordered, format=RdfFormat.TURTLE, prefixes=used)
    return (written or b"").decode()


def _turtle_term(cell: Cell) -> str:
    # Tabs are escaped here: N-Triples leaves them as they are.
    return text_of(cell).replace("\t", "\\t")


def _cell(row: Mapping[str, Term], name: str, name_column: str | None) -> str:
    term = row.get(name_column or name) or row.get(name)
    if isinstance(term, NamedNode):
        return shorten(term.value) or term.value
    text = printable(plain(term))
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _aligned(values: list[str], widths: list[int]) -> str:
    return "  ".join(value.ljust(width) for value, width in zip(values, widths, strict=True)).rstrip()


def _quoted(row: Mapping[str, Term]) -> list[str]:
    text = {name: printable(plain(term)) for name, term in row.items()}
    said = f"{text['speaker']} {verb(text['speaker'])}: " if "speaker" in text else ""
    through = f", via {text['via']}" if "via" in text else ""
    source = f"{text.get('outlet', 'unknown outlet')}, {text.get('published', 'undated')}{through}"
    article = shorten(text["article"]) or text["article"]
    line = f"{said}“{text['quote']}” ({source}; {article} {text['start']}–{text['end']})"
    return textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _known_from(row: Mapping[str, Term]) -> list[str]:
    line = f"Known from {printable(plain(row.get('source')))}"
    return textwrap.wrap(line, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _count(answer: Answer) -> str:
    rows = "1 row" if len(answer.cells) == 1 else f"{len(answer.cells)} rows"
    counted = f"{rows}; more were left out" if answer.truncated else rows
    return f"{counted}\n{answer.known.sentence()}" if answer.known else counted


def printable(text: str) -> str:
    """Return a text without characters that could steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


_WRITERS: Final[dict[Format, Callable[[Answer], str]]] = {
    Format.TABLE: as_table,
    Format.CSV: as_csv,
    Format.TSV: as_tsv,
    Format.XML: as_xml,
    Format.RESULTS_JSON: as_results_json,
}
