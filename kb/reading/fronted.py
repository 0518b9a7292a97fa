"""Phrases before a sentence's subject that no comma ends: "In Strelsau President Varga met …".

The parser takes the last name of such a phrase and the subject for one name, and then finds no event: so it
reads a comma between them, and one between a place and a bare date behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kb.reading.dates_words import date_words
from kb.reading.lexicon_records import Match
from kb.reading.units import Unit

_DAYS: Final = "|".join(day.capitalize() for day in date_words().weekdays)
_MONTHS: Final = "|".join(
    name.capitalize() for name in date_words().months if len(name) > 4 or name in ("may", "june", "july")
)
_ORDINAL: Final = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE: Final = re.compile(
    rf"\b(?:(?:{_DAYS})|{_ORDINAL}(?: of)? (?:{_MONTHS})"
    rf"|(?<!the )(?:{_MONTHS})(?: {_ORDINAL}(?:-\d{{1,2}})?)?"
    r"|(?:[Ii]n|[Ss]ince|[Bb]y)(?= \d{4}))(?:,? \d{4})?(?= (?!Day\b)[A-Z])"
)
_BARE_DATE: Final = re.compile(rf" (?:{_MONTHS}) \d{{1,2}}\b")
_OPENING: Final = re.compile(
    r"(?:\A\s*|[.!?][\"')]?\s+|\n[^\S\n]*)(?P<phrase>"
    r"(?:(?:Late|Early|Earlier|Later|Also|Speaking|Arriving|Addressing|Ahead) )?"
    r"(?:[Oo]n|[Ii]n|[Aa]t|[Dd]uring|[Aa]fter|[Bb]efore|[Ff]ollowing|As|Within|[Bb]y|[Ff]rom|Upon|Under"
    r"|Through|[Oo]f|Last|[Ss]ince|Until|Amid|\d{1,2}) "
    r"(?:[^.!?;:,\n()\"]|, (?=\d{4}\b)){1,110})"
)
_PLACES: Final = frozenset({"settlement", "facility", "region"})
_ACTORS: Final = frozenset({"person", "state"})
_WHERE: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|to|from|near)(?: the)?(?: [A-Z][\w'-]+){1,4}\Z")
_LOCAL: Final = re.compile(
    r"(?:Mayor|Governor|Police|Archbishop|Bishop|Patriarch|Metropolitan|Prosecutor|Judge)\b"
)
"""Offices of towns: "the visit of Strelsau Mayor Varga"."""


def closed(copy: str, units: Sequence[Unit], matches: Sequence[Match]) -> str:
    """Return a reading copy, of equal length, with a comma for the blank that ends each such phrase."""
    letters = list(copy)
    ends = _Ends(copy, units, matches)
    for opening in _OPENING.finditer(copy):
        gap = ends.first(*opening.span("phrase"))
        if gap is not None:
            letters[gap] = ","
    for gap in ends.before_dates():
        letters[gap] = ","
    return "".join(letters)


class _Ends:
    def __init__(self, copy: str, units: Sequence[Unit], matches: Sequence[Match]) -> None:
        self._copy = copy
        named = [match for match in matches if match.form in ("name", "metonym")]
        self._places = {match.end for match in named if _kinds(match) & _PLACES}
        self._states = {match.end for match in named if "state" in _kinds(match)}
        self._titled = {unit.start: unit for unit in units if unit.start != unit.name}
        self._titled_ends = {unit.end for unit in self._titled.values()}
        self._actors = {match.start for match in named if _kinds(match) & _ACTORS}

    def first(self, start: int, end: int) -> int | None:
        """Return the offset of the blank that ends the phrase which begins at start, None for no such one."""
        return min((*self._after_date(start, end), *self._after_name(start, end)), default=None)

    def before_dates(self) -> Iterator[int]:
        """Yield the blanks between a place and a date: "will travel to Kyiv, Rabat, and Algiers May 5-9"."""
        yield from (end for end in self._places if _BARE_DATE.match(self._copy, end))

    def _after_date(self, start: int, end: int) -> Iterator[int]:
        for found in _DATE.finditer(self._copy, start, end):
            if found.end() < end:
                yield found.end()

    def _after_name(self, start: int, end: int) -> Iterator[int]:
        for gap in range(start, end - 1):
            if self._copy[gap] != " ":
                continue
            titled = gap + 1 in self._titled and not _LOCAL.match(self._copy, gap + 1)
            acts = titled or gap + 1 in self._actors
            after_place = (gap in self._places and acts) or (titled and self._is_where(start, gap))
            after_state = gap in self._states and gap + 1 in self._actors and gap not in self._places
            if after_place or after_state or (gap in self._titled_ends and titled):
                yield gap

    def _is_where(self, start: int, gap: int) -> bool:
        """Tell whether a name after "in" or "at" ends here, of whatever place: "in New York"."""
        return _WHERE.search(self._copy, start, gap) is not None


def _kinds(match: Match) -> set[str]:
    return {entry.kind for entry in match.entries}
