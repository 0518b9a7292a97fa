"""Titles of office that fit any state, read from titles.yaml."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kb import plain_yaml
from kb.errors import BadReference
from kb.reading.folding import Word, words

FILE: Final = Path(__file__).with_name("titles.yaml")
ROLES: Final = frozenset(
    {
        "HeadOfState",
        "HeadOfGovernment",
        "PartyStateLeader",
        "ForeignMinister",
        "DefenceMinister",
        "Governor",
        "Mayor",
        "OtherOffice",
    }
)
"""Local names of the roles that an office may have (lg:officeRole)."""

_LONG: Final = 200
"""Characters of a text, not a name: it is asked for its titles more than once."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office: its chief spelling and what offices it may mean, the likeliest first."""

    text: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A title in a text."""

    start: int
    end: int
    text: str
    title: Title
    plural: bool


@dataclass(frozen=True, slots=True)
class _Spelling:
    title: Title
    plural: bool


def find_titles(text: str) -> tuple[TitleMatch, ...]:
    """Return the titles that a text names, the longest where they overlap, sorted by start; any case."""
    return _of_text(text) if len(text) > _LONG else _found(text)


@lru_cache(maxsize=2)
def _of_text(text: str) -> tuple[TitleMatch, ...]:
    return _found(text)


def _found(text: str) -> tuple[TitleMatch, ...]:
    parts, lengths = words(text), _lengths()
    found, place = [], 0
    while place < len(parts):
        match = _longest(text, parts, place) if parts[place].key in lengths else None
        if match is None:
            place += 1
            continue
        found.append(match)
        while place < len(parts) and parts[place].start < match.end:
            place += 1
    return tuple(found)


def titles() -> tuple[Title, ...]:
    """Return all titles in the order of the file. Raises BadReference when the file is malformed."""
    return tuple(dict.fromkeys(spelling.title for spelling in spellings().values()))


@cache
def title_words() -> frozenset[str]:
    """Return every word of every spelling, folded: words that are common nouns where they name an office."""
    return frozenset(word for spelling in spellings() for word in spelling.split())


@cache
def spellings() -> dict[str, _Spelling]:
    """Return every spelling, folded, with its title. Raises BadReference when the file is malformed."""
    rows = plain_yaml.load(FILE.read_text("utf-8"))
    table: dict[str, _Spelling] = {}
    for row in rows:
        title = Title(row["title"], tuple(row["roles"]))
        if not title.roles or not ROLES.issuperset(title.roles):
            raise BadReference(
                f"unknown role in {title}", place=str(FILE), repair=f"Use one of {sorted(ROLES)}"
            )
        singular = [(text, False) for text in (title.text, *row.get("variants", []))]
        for text, plural in (*singular, *((text, True) for text in row.get("plurals", []))):
            if _key(text) in table:
                raise BadReference(f"{text!r} stands twice", place=str(FILE), repair="Keep one of the two")
            table[_key(text)] = _Spelling(title, plural)
    return table


def _key(text: str) -> str:
    return " ".join(word.key for word in words(text))


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Return of how many words the spellings are that begin with a word, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for spelling in spellings():
        found[spelling.split(" ")[0]].add(spelling.count(" ") + 1)
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _longest(text: str, parts: list[Word], place: int) -> TitleMatch | None:
    for length in _lengths().get(parts[place].key, ()):
        run = parts[place : place + length]
        spelling = spellings().get(" ".join(word.key for word in run)) if len(run) == length else None
        between = text[run[0].start : run[-1].end]
        if spelling is not None and not any(sign in between for sign in ",;:.()\n"):
            return TitleMatch(run[0].start, run[-1].end, between, spelling.title, spelling.plural)
    return None
