"""How near a query is to a form: a score from 0 to 100, and the ways in which the two meet.

100 is the same words in the same order, whatever the case, marks, hyphens and apostrophes. Off that go

| what differs | points |
|---|---|
| spacing only ("Kim Jongun") | 1 |
| order of words ("Jong Un Kim") | 3 |
| each letter put in, left out, changed or swapped with its neighbour | 60 ÷ letters of the longer name |
| the word that is furthest off | 20 × the share of its letters |
| a word joined or split, beside such a letter | 4 |
| digits ("Su-34" for "Su-35") | 20 more |
| a form that a library made, and no source attests | 2 |
| the query is in another script, read by a library | 5 |
| same sound in another romanisation of Korean | 6 |
| initials for words ("V. Putin") | 10 |
| words of one that the other lacks ("Marshal Kim Jong Un") | 12, and 40 × their share of the letters |

A name of four letters or more may be one letter off, one of eight or more two; across scripts, where
spellings follow different rules, three letters in ten. Korean counts by letters, of which a syllable has two
or three: twice as many may be off. What scores below ``LEAST`` is no match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA, DamerauLevenshtein

from kb.entities.name_index_keys import digits, rotations
from kb.entities.name_index_records import How

LEAST: Final = 55.0
SPACING: Final = 1.0
ORDER: Final = 3.0
EDITS: Final = 60.0
WORD: Final = 20.0
SPLIT: Final = 4.0
DIGITS: Final = 20.0
GENERATED: Final = 2.0
SCRIPT: Final = 5.0
SOUND: Final = 6.0
INITIALS: Final = 10.0
PART: Final = 12.0
MISSING: Final = 40.0
_ACROSS: Final = 0.3
_FEW_WORDS: Final = 4
"""So many words that two names do not share are paired in every way."""


class Nearness(NamedTuple):
    """How near two names are: a score, the ways, the letters that differ."""

    score: float
    how: tuple[How, ...]
    edits: int = 0


def edits_allowed(length: int, across_scripts: bool = False) -> int:
    """Return how many letters a name of some length may be off."""
    if across_scripts:
        return max(1, int(_ACROSS * length)) if length > 3 else 0
    return 0 if length < 4 else 1 if length < 8 else 2


def nearness(query: Sequence[str], form: Sequence[str], across_scripts: bool = False) -> Nearness | None:
    """Return how near the folded words of a query are to those of a form, None where they are too far."""
    ways = (_whole(query, form, across_scripts), _with_initials(query, form), _partly(query, form))
    found = [way for way in ways if way is not None and way.score >= LEAST]
    return max(found, default=None)


def _whole(query: Sequence[str], form: Sequence[str], across_scripts: bool) -> Nearness | None:
    """Compare all letters of both, first in order, then in other orders of the form's words."""
    asked, borne = "".join(query), "".join(form)
    longer = max(len(asked), len(borne))
    most = edits_allowed(longer, across_scripts) * (2 if _is_hangul(asked) else 1)
    straight = _distance(asked, borne, most)
    turned = most + 1
    if straight and len(form) > 1:
        limit = min(most, straight - 1)
        turned = _in_other_order(query, form, limit)
        turned = turned if turned <= limit else most + 1
    edits = min(straight, turned)
    if edits > most or (edits and _has_odd_initial(query, form)):
        return None
    how: list[How] = []
    score = 100.0
    if turned < straight:
        how.append(How.ORDER)
        score -= ORDER
    elif not edits and tuple(query) != tuple(form):
        how.append(How.SPACING)
        score -= SPACING
    if edits:
        how.append(How.TYPO)
        score -= EDITS * edits / longer + WORD * _furthest(query, form)
        score -= SPLIT * abs(len(query) - len(form))
        score -= DIGITS * (digits(asked) != digits(borne))
    return Nearness(score, tuple(how) or (How.EXACT,), edits)


def _has_odd_initial(query: Sequence[str], form: Sequence[str]) -> bool:
    """Tell whether the name of more words has an initial: to leave that out is no slip of the finger."""
    longer = query if len(query) > len(form) else form
    return len(query) != len(form) and any(len(word) == 1 for word in longer)


def _is_hangul(key: str) -> bool:
    """Tell whether a folded key is Korean: letters, of which a slip often takes a whole syllable."""
    return "\u1100" <= key[:1] <= "\u11ff"


def _distance(one: str, other: str, most: int) -> int:
    """Return how many letters two words are off, or a number above ``most``.

    The quick distance lets no letter be changed beside a swap; the full one takes ten times as long.
    """
    quick = OSA.distance(one, other, score_cutoff=most + 1)
    return quick if quick != most + 1 else DamerauLevenshtein.distance(one, other, score_cutoff=most)


def _furthest(query: Sequence[str], form: Sequence[str]) -> float:
    """Return how much of a word of the query is off from the nearest of the form, at most; 0 to 1.

    "Iraq" for "Iran" is another name, whatever stands before it. Words joined or split do not count.
    """
    if len(query) != len(form):
        return 0.0
    return max(min(OSA.normalized_distance(word, other) for other in form) for word in query)


def _in_other_order(query: Sequence[str], form: Sequence[str], most: int) -> int:
    """Return how many letters a query is off from the words of a form in the best order, or ``most + 1``."""
    if len(query) != len(form):
        sorted_form = "".join(sorted(form))
        pairs = [
            ("".join(sorted(query)), sorted_form),
            *(("".join(query), other) for other in rotations(form)),
        ]
        return min(OSA.distance(one, other, score_cutoff=most) for one, other in pairs)
    left, right = (
        list((Counter(one) - Counter(other)).elements()) for one, other in ((query, form), (form, query))
    )
    if len(left) > min(most, _FEW_WORDS):  # each of them is a letter off at least
        return most + 1
    return min(sum(map(OSA.distance, left, order)) for order in permutations(right))


def _with_initials(query: Sequence[str], form: Sequence[str]) -> Nearness | None:
    """Compare where the query has single letters for words of the form, before or after its full words."""
    letters = [word for word in query if len(word) == 1]
    full = [word for word in query if len(word) > 1]
    if not letters or not full or len(form) < len(query):
        return None
    rest = list(form)
    edits = 0
    for word in full:
        best = min(rest, key=lambda other: OSA.distance(word, other))
        distance = OSA.distance(word, best)
        if distance > min(1, edits_allowed(len(best))):
            return None
        edits += distance
        rest.remove(best)
    if edits > 1 or not _begin(letters, rest):
        return None
    missing = sum(map(len, rest[len(letters) :])) / sum(map(len, form))
    off = INITIALS + MISSING / 2 * missing + EDITS * edits / sum(map(len, form))
    return Nearness(100.0 - off, (How.INITIALS, How.TYPO) if edits else (How.INITIALS,), edits)


def _begin(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Tell whether the letters begin the words, one for one from the first."""
    return len(letters) <= len(words) and all(
        word.startswith(letter) for letter, word in zip(letters, words, strict=False)
    )


def _partly(query: Sequence[str], form: Sequence[str]) -> Nearness | None:
    """Compare where all words of one stand in the other; the query's last word may be a beginning."""
    asked, borne = set(query), set(form)
    if asked == borne:
        return None
    if asked < borne:
        missing = borne - asked
    elif borne < asked and len("".join(form)) > 3:
        missing = asked - borne
    elif set(query[:-1]) <= borne and any(word.startswith(query[-1]) for word in borne - set(query[:-1])):
        missing = borne - set(query[:-1])
        begun = min((word for word in missing if word.startswith(query[-1])), key=len)
        missing = {*(missing - {begun}), begun[len(query[-1]) :]}
    else:
        return None
    share = sum(map(len, missing)) / max(sum(map(len, asked)), sum(map(len, borne)))
    return Nearness(100.0 - PART - MISSING * min(share, 1.0), (How.PART,), 0)
