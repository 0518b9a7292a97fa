"""What the network learns from: each word that may tell an event, with what gold says of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kb.articles.layout import body_spans
from kb.evaluation.gold import read_gold
from kb.evaluation.names import Names
from kb.evaluation.records import EVENTS, GoldLine
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.weighing import events
from kb.reading.context.encoder import FOLDER
from kb.reading.context.heads import MOODS
from kb.reading.context.pieces import Pieces
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.page import Page
from kb.records import Polarity
from tests.reading.fit_chances.cases import holds
from tests.reading.fit_encoder.beside import UNASKED, Beside, Seat

TYPES: Final = tuple(str(kind) for kind in EVENTS)
LONGEST: Final = 510
"""Pieces of a text that are read; the few words behind them teach nothing."""
OPTIONAL: Final = 0.5
"""What a word counts that tells only what gold calls optional."""

Numbers = NDArray[np.int64]
Figures = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Example:
    """A text with its questions, by the numbers of pieces and types."""

    name: str
    pieces: Numbers
    asked: Figures
    """Rows, one a word with a type that it may tell: piece, type, tells it?, counts, modality, denied?"""
    beside: Figures
    """Rows, one a word beside a trigger that tells: trigger's piece, type, its piece, an answer a role."""


def of_folder(folder: Path, lexicon: Lexicon) -> Iterator[Example]:
    """Yield the examples of a folder with gold; a type that its gold never has is not asked for."""
    gold, table = read_gold(folder), Pieces(FOLDER / "pieces.txt")
    wanted = {str(line.claim.type) for text in gold.texts.values() for line in text.gold}
    for doc, text in gold.texts.items():
        pieces = np.array(list(table.of(text.article.text)), dtype=np.int64).reshape(-1, 2)[:LONGEST]
        page = Page(text.article, lexicon, body_spans(text.article.text))
        account = Account(Referents(page, offices.find(page)))
        lines = [line for line in text.gold if line.claim.type in EVENTS]
        asked: list[Sequence[float]] = []
        beside: list[Sequence[float]] = []
        for question, seats in _questions(account, lines, gold.names, wanted):
            offset, type_, *answers = question
            if _is_read(pieces, int(offset)):
                trigger = _at(pieces, int(offset))
                asked.append([trigger, type_, *answers])
                beside += [
                    [trigger, type_, _at(pieces, at), *roles] for at, roles in seats if _is_read(pieces, at)
                ]
        rows = np.array(asked, dtype=np.float32).reshape(-1, 6)
        words = np.array(beside, dtype=np.float32).reshape(-1, 7)
        yield Example(f"{folder.name}/{doc}", pieces[:, 1], rows, words)


def _questions(
    account: Account, lines: Sequence[GoldLine], names: Names, wanted: set[str]
) -> Iterator[tuple[Sequence[float], Sequence[Seat]]]:
    """Yield each word with a type that it may tell, and the words beside it where it does."""
    words = Beside(account, names)
    for seen, kind, _ in events(account.telling):
        if kind not in wanted:
            continue
        token = seen.token
        told = [line for line in lines if holds(line.claim, kind, token.idx, token.idx + len(token))]
        counts = OPTIONAL if told and all(line.optional for line in told) else 1.0
        modality, denied = (
            (MOODS.index(told[0].claim.modality), told[0].claim.polarity is Polarity.NEGATED)
            if told
            else (UNASKED, UNASKED)
        )
        question = (token.idx, TYPES.index(kind), bool(told), counts, modality, denied)
        yield question, words.of(seen, [line.claim for line in told]) if told else ()


def _at(pieces: Numbers, offset: int) -> int:
    return max(int(np.searchsorted(pieces[:, 0], offset, side="right")) - 1, 0)


def _is_read(pieces: Numbers, offset: int) -> bool:
    return len(pieces) > 0 and (len(pieces) < LONGEST or offset <= pieces[-1, 0])
