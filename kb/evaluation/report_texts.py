"""One text of the report: gold and claims side by side, marked in the words, then slot by slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kb.evaluation.records import Text, shown
from kb.evaluation.verdicts import Judged

SLOTS: Final = (
    "agents", "agent_states", "counterparts", "counterpart_states", "companions", "place", "facility",
    "country", "items", "office", "edtf", "modality", "polarity", "speaker", "via",
)  # fmt: skip
CALM: Final = ("right", "left out")
"""Verdicts whose cards stand closed."""
SHADES: Final = {
    "missed": "bad", "spurious": "bad", "core wrong": "bad", "full wrong": "half", "row wrong": "half",
    "left out": "none", "right": "good",
}  # fmt: skip
"""The shade of a mark; of several over the same words the first in this order."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A number in the text that leads to a card."""

    number: int
    label: str
    classes: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text over which the same claims stand, and the numbers of those that begin here."""

    words: str
    refs: tuple[Ref, ...]
    shade: str
    """Empty where nothing is marked."""
    classes: str


@dataclass(frozen=True, slots=True)
class SlotRow:
    """A slot as gold and claim fill it."""

    name: str
    values: tuple[str, ...]
    state: str
    """differs, extra where only the gold is empty, or empty."""


@dataclass(frozen=True, slots=True)
class Card:
    """A gold line, a claim, or both, slot by slot."""

    number: int
    judged: Judged
    classes: str
    heads: tuple[str, ...]
    rows: tuple[SlotRow, ...]

    @property
    def open(self) -> bool:
        """Say whether there is anything to look at."""
        return self.judged.verdict not in CALM

    @property
    def optional(self) -> bool:
        """Say whether the gold calls it optional."""
        return bool(self.judged.gold and self.judged.gold.optional)

    @property
    def note(self) -> str:
        """Return the note in the gold."""
        return self.judged.gold.note if self.judged.gold else ""

    @property
    def wrong(self) -> list[str]:
        """Return the names of the slots that differ."""
        return [row.name for row in self.rows if row.state == "differs"]


@dataclass(frozen=True, slots=True)
class Page:
    """A text with both its sides and its cards, which are numbered from 1 in the order of the text."""

    anchor: str
    text: Text
    gold: tuple[Piece, ...]
    found: tuple[Piece, ...]
    cards: tuple[Card, ...]
    counts: Counter[str]
    """By verdict."""
    classes: str

    @property
    def title(self) -> str:
        """Return the title, else the first words."""
        article = self.text.article
        return article.title or " ".join(article.text.split()[:10]) + " …"


def slug(verdict: str) -> str:
    """Return a verdict as a class of the style sheet has it."""
    return verdict.replace(" ", "-")


def combo(judged: Judged) -> str:
    """Return the class that says type and verdict at once."""
    return f"c-{judged.type.value}-{slug(judged.verdict)}"


def classes(judged: Iterable[Judged]) -> str:
    """Return the classes by which the filters find something, sorted."""
    found: set[str] = set()
    for each in judged:
        found |= {f"t-{each.type.value}", f"v-{slug(each.verdict)}", combo(each)}
    return " ".join(sorted(found))


def page_of(number: int, text: Text, judged: Sequence[Judged]) -> Page:
    """Return what the report shows of a text; ``number`` counts texts from 1."""
    gold = [(n, each, each.gold.claim) for n, each in enumerate(judged, 1) if each.gold]
    found = [(n, each, each.found) for n, each in enumerate(judged, 1) if each.found]
    words = text.article.text
    return Page(
        anchor=f"text-{number}",
        text=text,
        gold=_pieces(words, [(claim.start, claim.end, n, each) for n, each, claim in gold]),
        found=_pieces(words, [(claim.start, claim.end, n, each) for n, each, claim in found]),
        cards=tuple(_card(n, each) for n, each in enumerate(judged, 1)),
        counts=Counter(each.verdict for each in judged),
        classes=classes(judged),
    )


def _pieces(text: str, spans: Sequence[tuple[int, int, int, Judged]]) -> tuple[Piece, ...]:
    """Return a text cut where spans (start, end, number, judgement) begin or end, since they overlap."""
    cuts = sorted({0, len(text)}.union(*((start, end) for start, end, _, _ in spans)))
    pieces = []
    for low, high in pairwise(cuts):
        refs = tuple(_ref(number, judged) for start, _, number, judged in spans if start == low)
        over = [judged for start, end, _, judged in spans if start <= low and high <= end]
        shades = sorted((SHADES[each.verdict] for each in over), key=list(SHADES.values()).index)
        pieces.append(Piece(text[low:high], refs, shades[0] if shades else "", classes(over)))
    return tuple(pieces)


def _ref(number: int, judged: Judged) -> Ref:
    return Ref(number, f"{judged.type.value}, {judged.verdict}", classes([judged]))


def _card(number: int, judged: Judged) -> Card:
    sides = [("gold", judged.gold.claim if judged.gold else None), ("found", judged.found)]
    claims = [(name, claim) for name, claim in sides if claim]
    rows = []
    for slot in ("quote", *SLOTS):
        values = tuple(shown(claim, slot) for _, claim in claims)
        if any(values):
            name = "words" if slot == "quote" else slot.replace("_", " ")
            rows.append(SlotRow(name, values, _state(slot, values, judged)))
    return Card(number, judged, classes([judged]), tuple(name for name, _ in claims), tuple(rows))


def _state(slot: str, values: Sequence[str], judged: Judged) -> str:
    if slot not in judged.differs:
        return ""
    return "differs" if values[0] else "extra"
