"""Give the operations of an update the data set that they read: the protocol's, or their own.

An operation that reads several graphs as one (USING twice) gets a graph that holds both, for as long as it
runs: Oxigraph would match a triple once for each graph that has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final
from uuid import uuid4

from pyoxigraph import NamedNode

from kb.errors import BadParameter, BadQuery
from kb.store.binding import sparql_term
from kb.store.interface import DEFAULT_NAMES, Dataset
from kb.store.tokens import Token, place
from kb.store.workbench_operations import NAMES, Edit

_DEFAULT: Final = "DEFAULT"


def hold_undecided(request: str, outer: Sequence[Token]) -> None:
    """Hold an update, beside which the protocol names graphs, to naming none itself. Raises BadQuery."""
    for token in outer:
        if token.keyword in ("USING", "WITH"):
            raise BadQuery(
                f"the update says {token.keyword} and the protocol names graphs too",
                place=place(request, token.start),
                repair="Leave out using-graph-uri and using-named-graph-uri, or the clause",
            )


def dataset_edits(request: str, operation: Sequence[Token], using: Dataset | None) -> Iterator[Edit]:
    """Yield what gives one operation its data set; only one with a pattern reads anything."""
    where = next((n for n, token in enumerate(operation) if token.keyword == "WHERE"), 0)
    if not where or len(operation) < where + 3:
        return
    head, opening, closing = operation[where : where + 3]
    pattern = ""
    if using is not None:
        if operation[where - 1].keyword == "DELETE":  # DELETE WHERE { … } takes no USING, its long form does
            pattern = f"{request[opening.start : closing.end]} "
        default = [_term(name) for name in dict.fromkeys(using.default)]
        named = [f"USING NAMED {_term(name)} " for name in using.named]
    else:
        clauses = list(_using(operation[:where]))
        if len(clauses) < 2:
            return
        default, named = [name.text for _, name in clauses], []
        yield from (Edit(word.start, name.end, "") for word, name in clauses)
    read = default[0] if default else ""
    if len(default) > 1 or read == _DEFAULT:
        read = f"<urn:uuid:{uuid4()}>"
        copies = "".join(f"ADD SILENT {name} TO {read} ; " for name in default)
        yield Edit(operation[0].start, operation[0].start, copies)
        yield Edit(closing.end, closing.end, f" ; DROP SILENT GRAPH {read}")
    clause = f"USING {read} " if read else ""
    yield Edit(head.start, head.start, "".join([pattern, clause, *named]))


def _using(before: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    """Yield the word USING and the name after it, of each clause that names a default graph."""
    for word, name in pairwise(before):
        if word.keyword == "USING" and name.kind in NAMES:
            yield word, name


def _term(name: str) -> str:
    """Return a graph that the protocol names as an operation names it. Raises BadParameter."""
    if name in DEFAULT_NAMES:
        return _DEFAULT
    try:
        return sparql_term(NamedNode(name))
    except ValueError:
        raise BadParameter(f"{name!r} is not an absolute IRI", repair="Give a full IRI") from None
