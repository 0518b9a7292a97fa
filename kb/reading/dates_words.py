"""The word lists of dates.yaml, and the pieces of regular expressions that are made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kb import plain_yaml

FILE: Final = Path(__file__).with_name("dates.yaml")


@dataclass(frozen=True, slots=True)
class DateWords:
    """The lists of dates.yaml; all words in lower case."""

    months: dict[str, int]
    doubtful_months: frozenset[str]
    doubtful_leads: frozenset[str]
    weekdays: tuple[str, ...]
    seasons: dict[str, int]
    numbers: dict[str, int]
    not_days_before: frozenset[str]
    not_years_after: frozenset[str]
    not_years_before: frozenset[str]
    strong_year_leads: frozenset[str]
    weak_year_leads: frozenset[str]
    vague: tuple[str, ...]
    month_first_states: frozenset[str]

    def number(self, text: str) -> int:
        """Return the number that a word or digits say."""
        return self.numbers[text.lower()] if text.lower() in self.numbers else int(text)

    def month(self, text: str) -> int:
        """Return the number of a month by its name or abbreviation, with or without a dot."""
        return self.months[text.lower().rstrip(".")]


@cache
def date_words() -> DateWords:
    """Return the word lists."""
    data = plain_yaml.load(FILE.read_text("utf-8"))
    lists = {name: frozenset(data[name]) for name in (
        "doubtful_months",
        "not_days_before", "doubtful_leads", "not_years_after", "not_years_before", "strong_year_leads",
        "weak_year_leads", "month_first_states",
    )}  # fmt: skip
    return DateWords(
        months=data["months"],
        weekdays=tuple(data["weekdays"]),
        seasons=data["seasons"],
        numbers=data["numbers"],
        vague=tuple(data["vague"]),
        **lists,
    )


def alternation(words: Iterable[str]) -> str:
    """Return a group that matches any of the words, longest first; white space inside is any white space."""
    return (
        "(?:"
        + "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w)))
        + ")"
    )


def capitalised(words: Iterable[str]) -> list[str]:
    """Return the words as names are written: "May" and "MAY", never "may"."""
    return [form for word in words for form in (word.capitalize(), word.upper())]
