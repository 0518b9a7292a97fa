"""Word classes and lemmas by the model's own rules, each kind of word worked out once.

spaCy lays each of its rules on each word of a text. But for a few rules on pairs of words ("let 's") the
outcome depends on the word's form, tag and dependency alone, and is remembered by them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, cast

import numpy as np
from spacy.attrs import DEP, LEMMA, MORPH, ORTH, POS, TAG
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token
from spacy.tokens._retokenize import set_token_attrs

_KEPT: Final = 200_000
"""Kinds of words that are remembered at most; then all are forgotten."""
_TITLED: Final = "NNPS"
"""The tag of plurals with capitals, which the lemmatiser leaves as they stand: "Russian-Serbian Talks"."""

Test = Callable[[Token], bool]
_READERS: Final[dict[str, Callable[[Token], Any]]] = {
    "TAG": lambda token: token.tag_,
    "LOWER": lambda token: token.lower_,
    "DEP": lambda token: token.dep_,
    "IS_SPACE": lambda token: token.is_space,
}


@dataclass(frozen=True, slots=True)
class _Rule:
    number: int
    tests: tuple[tuple[Test, ...], ...]
    """For each word in turn."""
    index: int
    """Which of the words it changes."""

    def fits(self, token: Token) -> bool:
        """Tell whether the word that it changes passes its tests."""
        return all(test(token) for test in self.tests[self.index])


class _Rules:
    """Rules, found by what the word that they change is or must be tagged as."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[_Rule]] = defaultdict(list)
        self._by_tag: dict[str, list[_Rule]] = defaultdict(list)
        self._others: list[_Rule] = []
        self._on_words: list[_Rule] = []
        """Those of the others that look at the word itself."""
        self._known: dict[tuple[str, str, bool], list[_Rule]] = {}
        """Which rules fit whatever the word, by its tag, dependency and whether it is blank."""

    def add(self, rule: _Rule, pattern: Sequence[Mapping[str, Any]]) -> None:
        """Add a rule with its pattern, which has one or two words."""
        if len(pattern) > 2:
            raise ValueError("a rule on three words")
        match pattern[rule.index]:
            case {"LOWER": str(word)}:
                self._by_word[word].append(rule)
            case {"LOWER": {"IN": words}}:
                for word in words:
                    self._by_word[word].append(rule)
            case {"LOWER": _}:
                self._on_words.append(rule)
            case {"TAG": str(tag)}:
                self._by_tag[tag].append(rule)
            case _:
                self._others.append(rule)

    def of(self, token: Token) -> list[_Rule]:
        """Return the rules that a word fits by itself."""
        kind = token.tag_, token.dep_, token.is_space
        whatever = self._known.get(kind)
        if whatever is None:
            rules = (*self._by_tag.get(token.tag_, ()), *self._others)
            whatever = self._known[kind] = [rule for rule in rules if rule.fits(token)]
        own = (*self._by_word.get(token.lower_, ()), *self._on_words)
        return [*(rule for rule in own if rule.fits(token)), *whatever]


class _Outcome(NamedTuple):
    values: tuple[int, int, int, int, int]
    """Tag, dependency, word class, morphology, lemma."""
    pairs: tuple[_Rule, ...]
    """Rules on pairs that the word may be part of."""


class WordRules:
    """Lays the rules of a model on documents whose tags and dependencies are known."""

    def __init__(self, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        """Take a model's rules.

        Raises ValueError where one is of a kind that this module does not know.
        """
        self._ruler, self._lemmatizer = ruler, lemmatizer
        index = lemmatizer.lookups.get_table("lemma_index")
        for kind in list(index):  # lists of tens of thousands of words, each searched from its beginning
            index[kind] = frozenset(index[kind])
        self._single, self._pairs = _Rules(), _Rules()
        entries: list[dict[str, Any]] = ruler.patterns
        for number, entry in enumerate(entries):
            for pattern in entry["patterns"]:
                chosen = self._single if len(pattern) == 1 else self._pairs
                chosen.add(_Rule(number, tuple(map(_tests, pattern)), entry["index"]), pattern)
        self._known: dict[tuple[int, int, int], _Outcome] = {}

    def annotate(self, document: Doc) -> None:
        """Set word class, morphology and lemma of each word, and what else the rules set."""
        if len(document) == 0:
            return
        if len(self._known) > _KEPT:
            self._known.clear()
        rows = []
        for place, kind in enumerate(map(tuple, document.to_array([ORTH, TAG, DEP]).tolist())):
            found = self._known.get(kind)
            if found is None:
                found = self._known[kind] = self._work_out(document[place])
            numbers = [n for rule in found.pairs for n in self._fitting(rule, document, place)]
            rows.append(self._values(document[place], numbers) if numbers else found.values)
        document.from_array([TAG, DEP, POS, MORPH, LEMMA], cast(Any, np.array(rows, dtype=np.uint64)))

    def _work_out(self, token: Token) -> _Outcome:
        return _Outcome(self._values(token, []), tuple(self._pairs.of(token)))

    def _singular(self, token: Token) -> str:
        """Return the lemma that a capitalised plural would have in small letters."""
        plain = Doc(token.vocab, words=[token.lower_], tags=["NNS"], pos=["NOUN"])
        return self._lemmatizer.lemmatize(plain[0])[0]

    @staticmethod
    def _fitting(rule: _Rule, document: Doc, place: int) -> list[int]:
        """Return the rule's number where it fits the pair of which the word is the one that it changes."""
        start = place - rule.index
        if start < 0 or start + 2 > len(document):
            return []
        both = zip(rule.tests, (document[start], document[start + 1]), strict=True)
        return [rule.number] if all(test(token) for tests, token in both for test in tests) else []

    def _values(self, token: Token, numbers: list[int]) -> tuple[int, int, int, int, int]:
        tag, dep = token.tag, token.dep
        fitting = [rule.number for rule in self._single.of(token)]
        for number in sorted({*fitting, *numbers}):
            set_token_attrs(token, self._ruler.attrs[number])
        if token.lemma == 0:
            token.lemma_ = (
                self._singular(token) if token.tag_ == _TITLED else self._lemmatizer.lemmatize(token)[0]
            )
        morphology: Any = token.morph
        values = (token.tag, token.dep, token.pos, morphology.key, token.lemma)
        token.tag, token.dep = tag, dep
        token.lemma = 0
        return values


def _tests(pattern: Mapping[str, Any]) -> tuple[Test, ...]:
    return tuple(_test(_READERS[name], wanted) for name, wanted in pattern.items() if _knows(name))


def _knows(name: str) -> bool:
    if name not in _READERS:
        raise ValueError(f"a rule on {name}")
    return True


def _test(read: Callable[[Token], Any], wanted: Any) -> Test:
    """Return a test of one attribute: equal, one of several, none of several, as a pattern."""
    match wanted:
        case {"IN": among}:
            return lambda token: read(token) in among
        case {"NOT_IN": among}:
            return lambda token: read(token) not in among
        case {"REGEX": pattern}:
            found = re.compile(pattern)
            return lambda token: found.search(read(token)) is not None
        case str() | bool():
            return lambda token: bool(read(token) == wanted)
    raise ValueError(f"a rule with {wanted}")
