"""When two names are the same: case, accents, titles, order of words, one letter, a middle name, an alias."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from kb.evaluation.words import words

LONG_WORD: Final = 6
"""Letters from which on one of them may differ: romanisation, not another name."""
LONGEST_NAME: Final = 4
"""Words up to which a longer name may be a shorter one with a middle name or patronymic."""


@cache
def plain(name: str) -> str:
    """Return a name in lower case, without accents, each mark of punctuation a blank."""
    letters = unicodedata.normalize("NFKD", name)
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return re.sub(r"[^\w\s]", " ", folded)


@cache
def fold(name: str, states: bool = True) -> str:
    """Return a name plain, without titles before it; with ``states``, a state under its one name."""
    left = plain(name).split()
    while len(left) > 1 and left[0] in words().titles:
        left = left[1:]
    text = " ".join(left)
    return words().state_forms.get(text, text) if states else text


def near(one: str, other: str) -> bool:
    """Say whether two words are equal, or long, without digits, and one letter apart."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < LONG_WORD or len(long) - len(short) > 1 or any(c.isdigit() for c in one + other):
        return False
    at = next((k for k, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    changed = len(short) == len(long) and short[at + 1 :] == long[at + 1 :]
    return changed or short[at:] == long[at + 1 :]


def same_form(one: str, other: str) -> bool:
    """Say whether two folded names are the same, aliases aside."""
    if not one or not other or one == other:
        return one == other
    first, second = one.split(), other.split()
    if len(first) == len(second):
        return all(near(a, b) for a, b in zip(sorted(first), sorted(second), strict=True))
    short, long = sorted((first, second), key=len)
    ends = short[0] == long[0] and short[-1] == long[-1]
    return len(short) >= 2 and len(long) <= LONGEST_NAME and ends and set(short) <= set(long)


def same_office(one: str, other: str) -> bool:
    """Say whether more than half of the words of both are shared; a deputy is not its principal."""
    first, second = _office_words(one), _office_words(other)
    ranks = words().office_ranks
    if not first or not second or first & ranks != second & ranks:
        return False
    return len(first & second) / len(first | second) > 0.5


@cache
def _office_words(office: str) -> frozenset[str]:
    kept = (word for word in plain(office).split() if word not in words().office_small)
    return frozenset(" ".join(words().office_same.get(word, word) for word in kept).split())


@cache
def acts_as_state(name: str) -> bool:
    """Say whether a name is that of a state, or of a body of one ("the defence ministry")."""
    return fold(name) in words().states or bool(_bodies().search(name))


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(words().bodies)})\b", re.IGNORECASE)


class Names:
    """Compares names by the rules and by a table of aliases."""

    def __init__(self, aliases: Iterable[tuple[str, str]] = ()) -> None:
        """Take pairs of a form and its canonical name, unfolded."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for form, canonical in aliases:
            found[fold(form)].add(fold(canonical))
        self._aliases: Mapping[str, set[str]] = dict(found)
        self._known: dict[tuple[str, str], bool] = {}

    def same(self, one: str, other: str) -> bool:
        """Say whether two names are the same."""
        key = (one, other)
        if key not in self._known:
            self._known[key] = any(same_form(a, b) for a in self._forms(one) for b in self._forms(other))
        return self._known[key]

    def _forms(self, name: str) -> set[str]:
        folded = fold(name)
        return {folded} | self._aliases.get(folded, set())

    def same_spot(self, one: str, other: str) -> bool:
        """Say whether two names of places or facilities are the same; a longer form of one counts."""
        first, second = set(fold(one, False).split()), set(fold(other, False).split())
        return self.same(one, other) or bool(first and second and (first <= second or second <= first))

    def same_set(self, gold: Sequence[str], found: Sequence[str]) -> bool:
        """Say whether two lists hold the same names, in any order, each once."""
        left = list(found)
        for name in gold:
            hit = next((other for other in left if self.same(name, other)), None)
            if hit is None:
                return False
            left.remove(hit)
        return not left
