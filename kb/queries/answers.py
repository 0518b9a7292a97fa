"""Ask a store one of the questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, repeat
from operator import itemgetter

from kb.errors import BadParameter
from kb.queries.as_of import AS_OF, Known, Past
from kb.queries.binding import bind_within
from kb.queries.halves import find
from kb.queries.library import question
from kb.queries.names import bind_known
from kb.queries.ordering import (
    Key,
    conditions,
    digest_of,
    places_of_keys,
    rank_of,
    remembering,
    text_of,
    with_keys,
)
from kb.queries.question import Question
from kb.queries.values import Cell, Cells, Row, terms
from kb.store import Store

_Placed = tuple[tuple[int, ...], Cells, Key]
"""A row and its key behind the place of the latter."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered, in an order without ties.

    Its cells are kept as the store wrote them: most are only compared and passed on.
    """

    question: Question
    parameters: tuple[tuple[str, str], ...]
    """As they were given, without the empty ones."""
    version: str
    """The state of the store that answered."""
    columns: tuple[str, ...]
    cells: tuple[Cells, ...]
    """One tuple a row, as long as the columns."""
    truncated: bool
    """Whether rows were left out because there were more than the limit."""
    keys: tuple[Key, ...] = ()
    """The key at which each row stands (see kb.queries.ordering); what pages are made by."""
    known: Known | None = None
    """What had been published by the day as of which it was asked; None where that is now."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return the rows as terms, None where a column is empty; they are made anew each time."""
        return terms(self.cells)

    def cells_in(self, column: str) -> Iterator[Cell]:
        """Yield one column's cell in each row."""
        return map(itemgetter(self.columns.index(column)), self.cells)


def answer(
    store: Store,
    name: str,
    parameters: Mapping[str, str],
    past: Past | None = None,
    *,
    halved: bool = False,
) -> Answer:
    """Ask a store the question of that name.

    ``past`` is what the store knew on the day that ``as_of`` names (see kb.as_of); things are looked up by
    name among all that the store knows now. ``halved`` asks for two halves at the same time, where the store
    can: the answer is the same.
    Raises UnknownQuestion; BadParameter, UnknownThing; QueryTimeout; StoreError.
    """
    asked = question(name)
    bound = bind_known(store, asked, parameters)
    _hold_day(asked, parameters, past)
    names = tuple(column.name for column in asked.columns)
    run = bind_within(with_keys(asked.query(bound), names), bound)
    asked_of = past.store if past else store
    found = find(asked_of, run, asked.fact if halved and asked_of.side_by_side() > 1 else "")
    width, places = len(names), places_of_keys(asked.sparql, found.variables)
    rows, keys = ordered(asked, ((row[:width], tuple([row[at] for at in places])) for row in found.rows))
    return Answer(
        question=asked,
        parameters=tuple((key, text.strip()) for key, text in parameters.items() if text.strip()),
        version=found.version,
        columns=found.variables[:width],
        cells=rows,
        truncated=found.truncated,
        keys=keys,
        known=past.known if past else None,
    )


def _hold_day(asked: Question, parameters: Mapping[str, str], past: Past | None) -> None:
    """Refuse a day to which the store that is asked does not belong: today's facts would pass for its."""
    if asked.day(parameters) != (past.known.day if past else None):
        raise BadParameter("no earlier day can be asked here", place=AS_OF.name, repair="Leave it out")


def ordered(
    question: Question, found: Iterable[tuple[Cells, Key]]
) -> tuple[tuple[Cells, ...], tuple[Key, ...]]:
    """Return the rows, each once, and their keys, in the question's order; ties go by the rows' digests."""
    rows = _once(found)
    # The same dates, names and articles come again and again: each is looked at once, and then is a number.
    columns = [
        map(_numbered(set(cells), descending=condition.descending).__getitem__, cells)
        for condition, cells in zip(
            conditions(question.sparql), zip(*rows.values(), strict=True), strict=False
        )
    ]
    places = zip(*columns, strict=True) if columns else repeat(())
    each = sorted(zip(places, rows, rows.values(), strict=False), key=itemgetter(0))
    if any(one[0] == other[0] for one, other in pairwise(each)):
        each = list(_settled(each))
    return tuple(row for _, row, _ in each), tuple(key for _, _, key in each)


def _numbered(cells: Iterable[Cell], *, descending: bool) -> dict[Cell, int]:
    """Return the place of each cell among all; no two stand at one."""
    return {cell: at for at, cell in enumerate(sorted(cells, key=rank_of, reverse=descending))}


def _settled(each: Sequence[_Placed]) -> Iterator[_Placed]:
    """Yield rows in order, those of one place by their digests."""
    text = remembering(text_of)
    for _, alike in groupby(each, key=itemgetter(0)):
        tied = list(alike)
        yield from tied if len(tied) == 1 else sorted(tied, key=lambda one: digest_of(one[1], text))


def _once(found: Iterable[tuple[Cells, Key]]) -> dict[Cells, Key]:
    """Return the rows without those that came before, each with its first key."""
    first: dict[Cells, Key] = {}
    for row, key in found:
        first.setdefault(row, key)
    return first
