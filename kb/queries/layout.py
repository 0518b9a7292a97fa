"""Which columns of an answer a reader sees as columns, and which belong to the quote that a row rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kb.queries.answers import Answer
from kb.queries.question import RECORD, Question
from kb.queries.values import Term

BESIDE_THE_QUOTE: Final = frozenset(
    (
        "quote",
        "speaker",
        "via",
        "article",
        "outlet",
        "published",
        "start",
        "end",
        "basis",
        "claim",
        "earliest",
        "latest",
    )
)
"""These say who said it where: a screen shows them with the quote, not as columns of their own."""


_OF_A_THING: Final = ("_name", "_quote", "_source")
"""Columns that end so tell of the thing in another column: its name stands there, the rest on its page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column as a reader sees it: the thing, and its name where the answer has one."""

    name: str
    about: str
    name_column: str | None


def shown_columns(question: Question) -> tuple[Shown, ...]:
    """Return the columns to show, in order; a thing and its name are one column."""
    names = {column.name for column in question.columns}
    return tuple(
        Shown(column.name, column.about, f"{column.name}_name" if f"{column.name}_name" in names else None)
        for column in question.columns
        if column.name not in (BESIDE_THE_QUOTE if question.told else RECORD)
        and (column.name != question.fact or f"{column.name}_name" in names)
        and not column.name.endswith(_OF_A_THING)
    )


def heading(name: str) -> str:
    """Return a column's name as words: ``made_then`` is "Made then"."""
    return name.replace("_", " ").capitalize()


def verb(speaker: str) -> str:
    """Return "say" for a group that keeps its own words ("South Korean officials"), else "says"."""
    last = speaker.split()[-1] if speaker.split() else ""
    return "say" if last.islower() and last.endswith("s") else "says"


def records(answer: Answer) -> list[Mapping[str, Term]]:
    """Return an answer's rows as mappings from column to term, without the empty ones."""
    return [
        {name: term for name, term in zip(answer.columns, row, strict=True) if term is not None}
        for row in answer.rows
    ]  # fmt: skip
