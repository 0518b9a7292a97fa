"""Designations of hardware that reference data do not list: the series tells the class."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from kb import plain_yaml
from kb.errors import BadReference

FILE: Final = Path(__file__).with_name("designations.yaml")

_VARIANT: Final = r"(?:[A-Z]/[A-Z]|[A-Z]{1,4}\d{0,2}[A-Z]{0,3})?"
"""The letters and numbers of a variant: the S of Su-35S, the M3 of Tu-22M3, the MKI of Su-30MKI."""

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_BEFORE_NUMBER: Final = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?=[\W_]*\d)")

_HYPHEN: Final = r"[-‐‑‒–−\u00a0 ]"


@dataclass(frozen=True, slots=True)
class Series:
    """A series of designations, and the class of hardware that it names."""

    letters: str
    numbers: frozenset[int]
    class_name: str
    """Local name of an lg: class."""
    pattern: re.Pattern[str]
    joint: str
    tail: str
    """The last letters before the number, without which no text holds one of the series."""


@dataclass(frozen=True, slots=True)
class Designation:
    """A designation in a text."""

    start: int
    end: int
    text: str
    """As it stands, without a plural s."""
    name: str
    """With a plain hyphen: "Su-35S"."""
    class_name: str
    """Local name of an lg: class."""


def find_designations(text: str) -> list[Designation]:
    """Return the designations in a text that a series accounts for, sorted by start.

    Case is exact: the S of "Su-35S" is a variant, the s of "Su-35s" a plural, which stays outside.
    """
    return list(_find(text))


@lru_cache(maxsize=4)
def _find(text: str) -> tuple[Designation, ...]:
    found: dict[int, Designation] = {}
    before_numbers = set(_BEFORE_NUMBER.findall(text))
    for series in all_series():
        if series.tail not in before_numbers:
            continue
        for match in series.pattern.finditer(text):
            if int(match["number"]) not in series.numbers:
                continue
            start, end = match.start(), match.end("variant")
            name = series.letters + series.joint + match["number"] + match["variant"]
            one = Designation(start, end, text[start:end], name, series.class_name)
            if one.end > found.get(one.start, one).end or one.start not in found:
                found[one.start] = one
    return tuple(_apart(sorted(found.values(), key=lambda one: one.start)))


def class_of(designation: str) -> str | None:
    """Return the class of hardware of a whole designation, None where no series accounts for it."""
    found = find_designations(designation)
    return found[0].class_name if len(found) == 1 and found[0].text == designation else None


@cache
def all_series() -> tuple[Series, ...]:
    """Return the series of designations.yaml. Raises BadReference when a row is malformed."""
    rows = plain_yaml.load(FILE.read_text("utf-8"))
    return tuple(_series(row) for row in rows)


def _series(row: dict[str, object]) -> Series:
    letters, joint = str(row["series"]), str(row.get("joint", "-"))
    listed = row["numbers"]
    if not isinstance(listed, list) or not listed:
        raise BadReference(f"series {letters} has no numbers", place=str(FILE), repair="List them")
    variant = str(row.get("suffix", _VARIANT))
    spelt = re.escape(letters).replace(r"\ ", r"\s").replace(r"\-", _HYPHEN)
    hyphen = _HYPHEN + "?" if letters.isalpha() and len(letters) > 1 else _HYPHEN  # "AK103", but no "A10"
    between = hyphen if joint == "-" else re.escape(joint).replace(r"\ ", r"\s")
    number = "0?[0-9]+" if row.get("leading_zero") else "[1-9][0-9]*"
    return Series(
        letters,
        frozenset(n for one in listed for n in _numbers(str(one))),
        str(row["class"]),
        re.compile(
            rf"(?<![\w/-]){spelt}{between}(?P<number>{number})(?P<variant>{variant})(?=s?(?![\w+]|-\d|[.,]\d))"
        ),
        joint,
        _LETTERS.findall(letters + joint)[-1],
    )


def _numbers(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def _apart(found: list[Designation]) -> list[Designation]:
    kept: list[Designation] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
