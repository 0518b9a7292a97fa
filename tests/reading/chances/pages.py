"""Texts of the invented world laid out for weighing, and weights made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kb.articles.layout import body_spans
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.event_signs import Look
from kb.reading.chances.forest import Forest, forest
from kb.reading.chances.near import Near
from kb.reading.chances.telling import Telling
from kb.reading.chances.weighing import events
from kb.reading.chances.weights import Weights
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.page import Page
from tests.reading.desk import article, invented_lexicon


def account(text: str, *, outlet: str = "unknown", lexicon: Lexicon | None = None) -> Account:
    """Return an account of a text."""
    page = Page(article(text, outlet=outlet), lexicon or invented_lexicon(), body_spans(text))
    return Account(Referents(page, offices.find(page)))


def seen(telling: Telling, word: str, kind: str) -> tuple[Look, list[str]]:
    """Return what there is to see of the last trigger with these letters as an event of a type."""
    found = [
        (look, signs) for look, type_, signs in events(telling) if look.token.text == word and type_ == kind
    ]
    assert found, f"{word} is no trigger of {kind}"
    return found[-1]


def near(text: str, word: str, kind: str) -> tuple[Near, ...]:
    """Return the parties near the last trigger with these letters."""
    return seen(account(text).telling, word, kind)[0].near


def words_of(found: tuple[Near, ...]) -> dict[str, str | None]:
    """Return by name the word that stands for each party, in their order."""
    return {one.party.name: _letters(one.word) for one in found}


def _letters(word: Token | None) -> str | None:
    return word.text if word is not None else None


def even(start: float) -> Forest:
    """Return trees by which every cast has the same log-odds."""
    return forest({"roots": [0], "figure": [0], "most": [0.0], "first": [0], "second": [0],
                   "value": [0.0], "depth": 0, "start": start})  # fmt: skip


def by_hand(
    *,
    events: Mapping[str, float] | None = None,
    agents: Mapping[str, float] | None = None,
    counterparts: Mapping[str, float] | None = None,
    start: float = 2.0,
    least: float = 0.5,
) -> Weights:
    """Return weights for a few signs; casts differ by the chances of their members alone."""
    alike = even(0.0)
    return Weights(events or {}, agents or {}, counterparts or {}, alike, even(start), {"": least})
