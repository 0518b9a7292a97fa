"""The records of time in a text: a mention, the basis of its date, and what a phrase means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Literal, Protocol

Tense = Literal["past", "future"]
"""Whether the sentence reports ("past") or plans ("future"): "on Wednesday" means another day in each."""


class Basis(StrEnum):
    """Why a date is what it is. The one list of the values of a claim's ``basis``."""

    EXPLICIT = "explicit"
    """The text says the date in full: "26 July 2001", "in August 2002", "in 2002"."""
    DECADE = "decade"
    """The text names ten years: "in the 1950s"."""
    SEASON = "season"
    """The text names a season: "summer 2024"."""
    PART_OF_PERIOD = "part-of-period"
    """The text says which part of a month or year; the whole is kept: "early September", "late 2002"."""
    WEEKDAY = "weekday"
    """A day of the week, counted from the publication day in news convention."""
    PUBLICATION_DAY = "publication-day"
    """The text says today, this morning, tonight."""
    RELATIVE_TO_PUBLICATION = "relative-to-publication"
    """Counted from the publication day: "yesterday", "last month", "three days ago"."""
    RELATIVE_TO_EVENT = "relative-to-event"
    """Counted from another date in the text: "a day later", "the previous day", "two months earlier"."""
    YEAR_NEAREST = "year-nearest"
    """A day or month without a year: the last before publication, or for a plan the next after it."""
    YEAR_OF_CONTEXT = "year-of-context"
    """A day or month without a year, after a full date of another year in its paragraph: nearest to that."""
    ISSUED_ON = "issued-on"
    """A government's own readout that gives no date: the day of its issue (decided by the reader)."""
    SAME_EVENT = "same-event"
    """Another mention of the same event in the text has the date (decided by the reader)."""
    VAGUE = "vague"
    """The text speaks of a time that has no date: "recently"."""
    NO_PUBLICATION_DATE = "no-publication-date"
    """The phrase counts from the publication day, and nobody said when the text was published."""
    NO_ANCHOR = "no-anchor"
    """The phrase counts from another date in the text, and there is none, or it is too coarse."""


@dataclass(frozen=True, slots=True)
class Context:
    """From where a phrase is counted."""

    published: date | None
    tense: Tense = "past"
    anchor: str | None = None
    """EDTF of the date in the text from which a relative phrase counts."""
    near: date | None = None
    """The full date, of another year than the publication's, that came before in the same paragraph."""
    month_first: bool = False
    """Whether the outlet's country writes the month before the day: "03/12/2024"."""


_UP_TO: Final = frozenset({"by", "until", "till", "through", "no later than", "not later than"})
_END: Final = re.compile(r"(?:the\s+)?(?:end|close)\s+of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """An EDTF date, or None, and why."""

    edtf: str | None
    basis: Basis


class Meaning(Protocol):
    """What a phrase means, before it is known from where it counts."""

    @property
    def kind(self) -> str:
        """Return how the phrase speaks: date, weekday, yearless, deictic, relative or vague."""

    def resolve(self, context: Context) -> Resolved:
        """Return the date that the phrase means there; never a guess."""


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A phrase of time in a text and the date it means."""

    start: int
    end: int
    phrase: str
    edtf: str | None
    basis: str
    """One of Basis."""
    kind: str
    """How the phrase speaks: "date", "weekday", "yearless", "deictic", "relative" or "vague"."""
    relation: str
    """The preposition before it ("since", "until", "by", "on"), in lower case; empty where none."""
    anchor: str | None
    """EDTF of the date from which it was counted; None for dates that stand by themselves."""
    context: Context
    meaning: Meaning

    @property
    def span(self) -> str | None:
        """Return the EDTF date with its preposition: "since 2011" is ``2011/..``, "by 2030" ``../2030``.

        "Before the end of May" is ``../2024-05``.
        """
        if self.edtf is None or "/" in self.edtf:
            return self.edtf
        if self.relation == "since":
            return f"{self.edtf}/.."
        ends = self.relation == "before" and _END.match(self.phrase) is not None
        return f"../{self.edtf}" if ends or self.relation in _UP_TO else self.edtf

    def again(self, context: Context) -> TimeMention:
        """Return the same mention as it is read in another context."""
        resolved = self.meaning.resolve(context)
        return replace(
            self,
            edtf=resolved.edtf,
            basis=str(resolved.basis),
            anchor=_counted_from(self.kind, resolved, context),
            context=context,
        )


def _counted_from(kind: str, resolved: Resolved, context: Context) -> str | None:
    if resolved.edtf is None or kind == "date":
        return None
    if kind == "relative":
        return context.anchor
    day = context.near if resolved.basis is Basis.YEAR_OF_CONTEXT else context.published
    return day.isoformat() if day else None
