"""Ask a store one of the questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.queries.library import question
from kb.queries.names import bind_known
from kb.queries.question import Question
from kb.queries.values import Term
from kb.store import Store


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered: rows of terms, None where a column is empty."""

    question: Question
    parameters: tuple[tuple[str, str], ...]
    """As they were given, without the empty ones."""
    version: str
    """The state of the store that answered."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool
    """Whether rows were left out because there were more than the limit."""

    def column(self, name: str) -> Iterator[Term | None]:
        """Yield one column's value in each row."""
        place = self.columns.index(name)
        return (row[place] for row in self.rows)


def answer(store: Store, name: str, parameters: Mapping[str, str]) -> Answer:
    """Ask a store the question of that name.

    Raises UnknownQuestion; BadParameter; QueryTimeout; StoreError.
    """
    asked = question(name)
    terms = bind_known(store, asked, parameters)
    found = store.select(asked.sparql, bindings=terms)
    return Answer(
        question=asked,
        parameters=tuple((key, text.strip()) for key, text in parameters.items() if text.strip()),
        version=found.version,
        columns=found.variables,
        rows=found.rows,
        truncated=found.truncated,
    )
