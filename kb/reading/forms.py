"""Surface forms: when a stretch of text is a spelling of a form that the lexicon holds.

Case is part of a form. A lower-case word of a form ("Khabarovsk region") may have any case in the text, a
capitalised one needs a capital first letter there, an acronym of up to three letters and a word with a
digit must be the same: "us" is not "US", and "Su-35s" are several Su-35, never one Su-35S. A short word in
capitals is an acronym, and no name that is written otherwise, but in a line of capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kb.reading.folding import Word, gap, name_words

EXACT_ACRONYM: Final = 3
"""Longer acronyms are also written with one capital: "Nato", "Tass"."""

_SHORT: Final = 4
"""So many letters in capitals are an acronym outside a line of capitals."""

_PLURAL: Final = re.compile(r"(.*[0-9A-Z])s")


def singular(word: str) -> str | None:
    """Return a designation's last word without its plural s ("35s" → "35"), None where it has none."""
    match = _PLURAL.fullmatch(word) if word[-1:] == "s" else None
    return match[1] if match else None


@lru_cache(maxsize=200_000)
def _shape(form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = name_words(form)
    gaps = tuple(gap(form[left.end : right.start]) for left, right in pairwise(parts))
    return tuple(word.text for word in parts), gaps


def fits(form: str, text: str, run: Sequence[Word], *, plural: bool = False) -> bool:
    """Tell whether a run of words of a text is a spelling of a form with the same key.

    ``plural``: the last word of the run carries a plural s that the form has not.
    """
    spelt, gaps = _shape(form)
    for place, (left, right) in enumerate(pairwise(run)):
        if not _same_gap(gaps[place], gap(text[left.end : right.start]), left.text):
            return False
    seen = [word.text for word in run]
    if plural:
        seen[-1] = singular(seen[-1]) or seen[-1]
    if len(seen) == 1 and _is_acronym(seen[0], spelt[0]) and not _in_capitals(text, run[0]):
        return False
    return all(_same_case(want, have) for want, have in zip(spelt, seen, strict=True))


def _is_acronym(have: str, want: str) -> bool:
    """Tell whether a text has a short word in capitals which the form has not: "NIS" is no "Niš"."""
    return have.isupper() and 1 < len(have) <= _SHORT and not want.isupper() and want.isalpha()


def _in_capitals(text: str, word: Word) -> bool:
    """Tell whether the line that a word stands in is all capitals, as headlines are: there any word is."""
    start, end = text.rfind("\n", 0, word.start) + 1, text.find("\n", word.end)
    line = text[start : end if end >= 0 else len(text)]
    return not any(sign.islower() for sign in line)


def _same_gap(want: str, have: str, before: str) -> bool:
    if want == have:
        return True
    # "St. Petersburg" and "St Petersburg"; a longer word before the dot ends a sentence
    return {want, have} == {" ", ". "} and len(before) <= EXACT_ACRONYM


def _same_case(want: str, have: str) -> bool:
    if want.islower():
        return True
    if any(sign.isdigit() for sign in want):
        return want == have
    if want.isupper() and 1 < len(want) <= EXACT_ACRONYM:
        return want == have
    return not want[0].isupper() or have[0].isupper()
