"""Fold the units of a text before it is parsed, and unfold the parse: each is one word to the parser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, NORM, TAG
from spacy.tokens import Doc, Token

from kb.reading.units import Unit

_NAME: Final = 3
"""Names of so many words stay as they are: the parser knows them from its own texts."""
_LINKS: Final = frozenset({"of", "for", "to", "on", "in", "at"})


@dataclass(frozen=True, slots=True)
class Inner:
    """A word inside of a unit: its head within the text, how it hangs there, and its tag."""

    head: int
    dep: str
    tag: str


class Folding:
    """Which words of a document the parser sees, and how the others hang on them."""

    def __init__(self, document: Doc, units: Sequence[Unit]) -> None:
        self._document = document
        self._words = [token.text for token in document]
        self._spaces = [bool(token.whitespace_) for token in document]
        self._norms = document.to_array([NORM])
        self._inner: dict[int, Inner] = {}
        self._heads: set[int] = set()
        for unit in units:
            span = document.char_span(unit.start, unit.end)
            name = document.char_span(unit.name, unit.name_end)
            if span is not None and name is not None and len(span) > 1 and "\n" not in span.text:
                self._fold(list(span), list(name))

    def kept(self, start: int, end: int) -> list[int]:
        """Return the words from start up to end that the parser sees."""
        return [index for index in range(start, end) if index not in self._inner]

    def folded(self, indices: Sequence[int]) -> Doc:
        """Return the document that the parser sees of some words."""
        words = [self._words[index] for index in indices]
        spaces = [self._spaces[index] or index in self._heads for index in indices]
        found = Doc(self._document.vocab, words=words, spaces=spaces)
        # What "n't" and "'s" are short for is the tokeniser's knowledge, and the network looks at it.
        return found.from_array([NORM], cast(Any, self._norms[list(indices)]))

    def unfold(self, pieces: Sequence[Sequence[int]], parsed: Sequence[Doc], tagged: Doc) -> None:
        """Give the document the heads and labels of its parsed pieces, the tags, and the units' insides."""
        document = self._document
        strings = document.vocab.strings
        table: NDArray[np.uint64] = np.zeros((len(document), 3), dtype=np.uint64)
        for indices, piece in zip(pieces, parsed, strict=True):
            places = np.array(indices)
            told = piece.to_array([HEAD, DEP])
            heads = places[np.arange(len(places)) + told[:, 0].astype(np.int64)]
            table[places, 0] = (heads - places).astype(np.uint64)
            table[places, 1] = told[:, 1]
        table[np.concatenate([np.array(indices) for indices in pieces]), 2] = tagged.to_array([TAG])
        for index in self._heads:
            table[index, 2] = strings.add("NNP")
        for index, inner in self._inner.items():
            away = np.array(inner.head - index).astype(np.uint64)
            table[index] = (away, strings.add(inner.dep), strings.add(inner.tag))
        document.from_array([HEAD, DEP, TAG], cast(Any, table))

    def _fold(self, span: list[Token], name: list[Token]) -> None:
        named = [token for token in name if token.text[:1].isalnum()] or name
        head = named[-1].i
        if head in self._inner or any(token.i in self._inner for token in span):
            return
        self._heads.add(head)
        before = [token for token in span if token.i < name[0].i]
        after = [token for token in span if token.i > name[-1].i]
        is_small = any(token.lower_ in _LINKS for token in name)  # "To Lam"
        is_plain = len(name) < len(span) and len(name) <= _NAME and not is_small
        for token in name:
            if token.i != head and not is_plain:
                self._inner[token.i] = Inner(head, _label(token), _tag(token))
        self._chain(before, head, "compound")
        self._chain(after, head, "appos")

    def _chain(self, tokens: list[Token], head: int, dep: str) -> None:
        """Hang "the Minister of X of Y" on a name: titles on the name, "of" on what it qualifies."""
        segments: list[tuple[Token | None, list[Token]]] = [(None, [])]
        for token in tokens:
            if token.lower_ in _LINKS:
                segments.append((token, []))
            else:
                segments[-1][1].append(token)
        above = head
        for link, words in segments:
            solid = [
                token
                for token in words
                if token.text[:1].isalnum() and token.lower_ not in ("the", "and", "a")
            ]
            if link is not None:
                self._inner[link.i] = Inner(above, "prep", "IN")
            root = solid[-1].i if solid else (link.i if link is not None else head)
            if solid:
                hangs = (link.i, "pobj") if link is not None else (head, dep)
                self._inner[root] = Inner(*hangs, _tag(solid[-1]))
            for token in words:
                if token.i != root:
                    self._inner[token.i] = Inner(root, _label(token), _tag(token))
            above = root


def _label(token: Token) -> str:
    if token.lower_ in ("the", "a", "an"):
        return "det"
    if token.lower_ == "and":
        return "cc"
    return "compound" if token.text[:1].isalnum() else "punct"


def _tag(token: Token) -> str:
    lower = token.lower_
    if lower in ("the", "a", "an"):
        return "DT"
    if lower == "and":
        return "CC"
    if not token.text[:1].isalnum():
        return "POS" if lower in ("'s", "’s") else "," if lower == "," else "HYPH" if lower == "-" else ":"
    return "NNP" if token.text[:1].isupper() else "NN"
