"""How long the answers of a question lately were: a long one is asked in halves, side by side."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from kb.queries import Question
from kb.queries.parameters import ParameterType

LONG: Final = 3_000
"""Rows from which two queries for one answer are worth it: a tenth of a second, at 30 µs a row."""

_DATE: Final = ParameterType.DATE


@dataclass(slots=True)
class Sizes:
    """The last number of rows by question and by which parameters were given; threads may share it.

    Which parameters: a state among them makes another answer than dates do, whatever state it is.
    """

    _rows: dict[tuple[str, frozenset[str]], int] = field(default_factory=dict)
    """There are only so many: a question that a request names exists, and so do its parameters."""

    def long(self, question: Question, given: Collection[str]) -> bool:
        """Tell whether the last answer was long.

        One that nobody had yet is taken to be if nothing but dates and thresholds narrows it: it is about
        the whole base.
        """
        rows = self._rows.get((question.name, frozenset(given)))
        if rows is not None:
            return rows >= LONG
        return not any(each.name in given for each in question.parameters if each.type is not _DATE)

    def note(self, question: Question, given: Collection[str], rows: int) -> None:
        """Remember how many rows an answer had."""
        self._rows[question.name, frozenset(given)] = rows
