"""The examples to fit to: each word of a text that may tell an event, with what gold says of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kb.articles.layout import body_spans
from kb.evaluation.gold import read_gold
from kb.evaluation.levels import core
from kb.evaluation.names import Names
from kb.evaluation.records import EVENTS, GoldLine, GoldSet
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.casts import RECENT, Candidate, Setting
from kb.reading.chances.options import Option
from kb.reading.chances.party_signs import looks, party_signs
from kb.reading.chances.weighing import events, seat, setting_of
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.model import Party, Spot
from kb.reading.page import Page
from kb.records import Claim
from tests.reading.fit_chances.networks import Networks, reading

EDGE: Final = 2
"""Characters by which a trigger may stand out of gold's quote."""


class Ids:
    """A number for each sign."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def __call__(self, signs: Sequence[str]) -> array[int]:
        """Return the numbers of signs, new ones for new signs."""
        return array("i", [self.of.setdefault(sign, len(self.of)) for sign in signs])


@dataclass(frozen=True, slots=True)
class Cases:
    """A text's cases, in the order of its words, and all its gold of the types that words may tell."""

    text: str
    cases: tuple[Case, ...]
    gold: tuple[GoldLine, ...]


@dataclass(slots=True)
class Case:
    """A trigger as an event of a type."""

    text: str
    word: str
    token: int
    sentence: int
    type: str
    signs: array[int]
    setting: Setting
    seats: tuple[Candidate, ...]
    seat_signs: list[array[int]]
    is_agent: list[bool]
    is_counterpart: list[bool]
    framed: bool
    """True where a frame found an event of the type at the word."""
    gold: tuple[GoldLine, ...]
    """The gold lines of the type in whose quotes it stands."""
    names: Names
    spot: Spot
    event: float = 0.0
    """Chance of an event, by weights fitted without its text; likewise the next two."""
    agents: list[float] = field(default_factory=list)
    counterparts: list[float] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """Return what the case counts: what gold calls optional counts half."""
        return 0.5 if self.gold and all(line.optional for line in self.gold) else 1.0

    def seated(self) -> list[Candidate]:
        """Return the candidates with the chances of fitted weights."""
        return [
            replace(one, chance=agent, counterpart=other)
            for one, agent, other in zip(self.seats, self.agents, self.counterparts, strict=True)
        ]

    def setting_with(self, event: float, earlier: Sequence[frozenset[str]]) -> Setting:
        """Return the setting of its casts with the chances of fitted weights."""
        return replace(self.setting, chance=event, earlier=tuple(earlier[-RECENT:]))

    def right(self, option: Option) -> GoldLine | None:
        """Return the gold line with which an event with these parties agrees at the core, if any."""
        if not self.gold:
            return None
        others = option.others or ()
        for line in self.gold:
            found = replace(
                line.claim,
                agents=tuple(party.ref for party in option.agents),
                agent_states=_states(option.agents),
                counterparts=tuple(party.ref for party in others),
                counterpart_states=_states(others),
                place=self.spot.place,
                facility=self.spot.facility,
                country=self.spot.country,
            )
            if core(line.claim, found, self.names):
                return line
        return None


def cases(gold: GoldSet, name: str, lexicon: Lexicon, ids: Ids, networks: Networks = ()) -> Iterator[Cases]:
    """Yield the cases of each text, as read with the network that was trained without its part.

    A text for whose part there is none is left out.
    """
    for doc, text in gold.texts.items():
        is_read, network = reading(f"{name}/{doc}", networks)
        if not is_read:
            continue
        page = Page(text.article, lexicon, body_spans(text.article.text))
        account = Account(Referents(page, offices.find(page)), network)
        lines = tuple(line for line in text.gold if line.claim.type in EVENTS)
        found = tuple(_of_text(f"{name}/{doc}", account, lines, gold.names, ids))
        yield Cases(f"{name}/{doc}", found, lines)


def of_folder(folder: Path, lexicon: Lexicon, ids: Ids, networks: Networks = ()) -> Iterator[Cases]:
    """Yield the cases of each text of a folder.

    Of a type that none of its texts has in gold there is none: whoever wrote the gold did not ask for it.
    """
    gold = read_gold(folder)
    asked = {str(line.claim.type) for text in gold.texts.values() for line in text.gold}
    for text in cases(gold, folder.name, lexicon, ids, networks):
        yield replace(text, cases=tuple(case for case in text.cases if case.type in asked))


def _of_text(name: str, account: Account, gold: Sequence[GoldLine], names: Names, ids: Ids) -> Iterator[Case]:
    telling = account.telling
    for seen, kind, signs in events(telling):
        token = seen.token
        lines = tuple(line for line in gold if holds(line.claim, kind, token.idx, token.idx + len(token)))
        told = telling.by_trigger.get((token.i, kind))
        spot = Spot()
        if lines:
            spot = told.draft.spot if told is not None else account.loose.spot(token, kind)
        seated = list(zip(seen.near, looks(telling, seen, kind), strict=True))
        yield Case(
            name,
            seen.word,
            token.i,
            token.sent.start,
            kind,
            ids(signs),
            setting_of(telling, seen, kind, 0.0, ()),
            tuple(seat(one, plain, 0.5, 0.0) for one, plain in seated),
            [ids(party_signs(plain, kind)) for _, plain in seated],
            [_among(one.party, lines, names, "agents") for one, _ in seated],
            [_among(one.party, lines, names, "counterparts") for one, _ in seated],
            telling.framed(token.i, kind),
            lines,
            names,
            spot,
        )


def holds(claim: Claim, kind: str, start: int, end: int) -> bool:
    return str(claim.type) == kind and claim.start - EDGE <= start and end <= claim.end + EDGE


def _among(party: Party, lines: Sequence[GoldLine], names: Names, role: str) -> bool:
    return any(names.same(party.name, ref.name) for line in lines for ref in getattr(line.claim, role))


def _states(side: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted({state for party in side for state in party.states}))
