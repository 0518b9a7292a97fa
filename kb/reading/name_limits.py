"""What stands like a name and is none, and how far the name of a listed person goes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kb.reading.data import nominals
from kb.reading.lexicon_records import Entry, Match
from kb.reading.model import Mention
from kb.reading.name_spans import TITLE_WORDS

_FATHERS: Final = re.compile(
    r"(?: (?:bin|ibn|bint) [A-ZÀ-Þ][\w'’-]+(?: (?:al|Al|el|El)[ -][A-ZÀ-Þ][\w'’-]+)?)+"
)
_PLACES: Final = frozenset({"settlement", "region", "state"})
_TITLE: Final = 30
"""Characters before a name in which the last word may be a title."""
_NO_NAME: Final = re.compile(r"[IVX]{1,4}|Kingdom|Sultanate|Emirate")
"""What by itself names nobody and nothing: "Minister of Foreign Affairs II", "the Kingdom"."""


def with_fathers(text: str, match: Match) -> Match:
    """Return a listed person's name with the fathers' names behind it: "Omar bin Said bin Ali Al Xian"."""
    person = match.form == "name" and any(entry.kind == "person" for entry in match.entries)
    more = _FATHERS.match(text, match.end) if person else None
    return replace(match, end=more.end(), text=text[match.start : more.end()]) if more else match


def without_namesakes(text: str, matches: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches; what names a place is no person by his last name alone: "Colombo".

    He may be where the text names him in full, or a title stands before the name.
    """
    in_full = {entry.iri for match in matches for entry, form in _namings(match) if form != "short"}
    for match in matches:
        short = {entry.iri for entry, form in _namings(match) if form == "short"} - in_full
        place = any(entry.kind in _PLACES for entry in match.entries)
        if not place or not short or _is_titled(text, match.start):
            yield match
        else:
            held = [(entry, form) for entry, form in _namings(match) if entry.iri not in short]
            yield replace(match, entries=tuple(e for e, _ in held), forms=tuple(f for _, f in held))


def _is_titled(text: str, start: int) -> bool:
    """Tell whether a title stands before a name."""
    before = text[max(start - _TITLE, 0) : start].split()
    return bool(before) and before[-1].lower().rstrip(".") in TITLE_WORDS


def _namings(match: Match) -> list[tuple[Entry, str]]:
    return list(zip(match.entries, match.forms, strict=True))


def _given_before(text: str, mention: Mention, begun: set[int]) -> bool:
    """Tell whether a word is but a given name before a name that is listed without it."""
    alone = mention.kind == "person" and not mention.entries and " " not in mention.text
    return alone and text[mention.end : mention.end + 1] == " " and mention.end + 1 in begun


def _goes_on(text: str, match: Match) -> bool:
    """Tell whether a title with a first name is part of a longer name: "Crown Prince Varga bin Saud"."""
    words = match.text.lower().split()
    titled = words[0] in TITLE_WORDS and match.entries[0].kind == "person" and "bin" not in words
    return titled and bool(re.match(r" (?:bin|ibn|ben) [A-Z]", text[match.end : match.end + 6]))


def names_nothing(text: str, match: Match) -> bool:
    """Tell whether a form of the lexicon names nothing where it stands."""
    return _goes_on(text, match) or _rank(text, match) or is_title_alone(text, match)


def is_title_alone(text: str, match: Match) -> bool:
    """Tell whether a surname that is a title stands for its holder: "the King"."""
    titular = match.form == "short" and match.text.lower() in nominals()["persons"]
    return titular and text[max(0, match.start - 4) : match.start].lower() == "the "


def _rank(text: str, match: Match) -> bool:
    """Tell whether a family name is a rank before another name: "King Varga", "Major General Varga"."""
    ranked = match.form == "short" and match.text.lower() in TITLE_WORDS
    return ranked and bool(re.match(r"\.?[ -][A-Z]", text[match.end : match.end + 3]))


def stands_for_nothing(text: str, mention: Mention, begun: set[int]) -> bool:
    """Tell whether a mention is none; ``begun``: where the names of listed persons begin."""
    return _NO_NAME.fullmatch(mention.text) is not None or _given_before(text, mention, begun)
