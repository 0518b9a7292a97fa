"""The examples for slots: events as the reader tells them, each with the gold line that it is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.articles.layout import body_spans
from kb.evaluation.gold import read_gold
from kb.evaluation.names import Names
from kb.evaluation.records import EVENTS, GoldLine
from kb.reading import offices
from kb.reading.accounts import Account
from kb.reading.chances.slot_grounds import Grounds
from kb.reading.chances.slot_item_choice import item_rows
from kb.reading.chances.slot_items import Item
from kb.reading.chances.slot_stance import stance_signs
from kb.reading.chances.slot_wares import Wares
from kb.reading.chances.slots import PLACED, Rows, date_rows, spot_rows
from kb.reading.chances.weighing import events
from kb.reading.chances.weights import Weights
from kb.reading.coreference import Referents
from kb.reading.lexicon import Lexicon
from kb.reading.merge import Told
from kb.reading.model import Spot, When
from kb.reading.page import Page
from kb.reading.scenes import placed
from kb.records import Claim
from tests.reading.fit_chances.cases import holds
from tests.reading.fit_chances.networks import Networks, reading


@dataclass(frozen=True, slots=True)
class Slots:
    """What one event may have in its slots, and what it has in gold."""

    text: str
    gold: Claim
    told: Told
    missed: bool
    """True where the reader does not tell it: then all but its slots was taken from gold."""
    dates: Rows[When]
    right_dates: tuple[bool, ...]
    spots: Rows[Spot]
    right_spots: tuple[bool, ...]
    signs: tuple[str, ...]
    """Of its modality; empty where that is not weighed."""
    items: tuple[Item, ...]
    right_items: tuple[bool, ...]
    names: Names


def of_folder(folder: Path, lexicon: Lexicon, fitted: Weights, networks: Networks = ()) -> Iterator[Slots]:
    """Yield the examples of each text of a folder, as read with fitted weights and the rules for slots.

    ``networks``: as for the chances.
    """
    gold = read_gold(folder)
    for doc, text in gold.texts.items():
        is_read, network = reading(f"{folder.name}/{doc}", networks)
        if not is_read:
            continue
        page = Page(text.article, lexicon, body_spans(text.article.text))
        account = Account(Referents(page, offices.find(page)), network)
        lines = [line for line in text.gold if line.claim.type in EVENTS]
        yield from of_account(f"{folder.name}/{doc}", account, lines, gold.names, fitted)


def of_account(
    name: str, account: Account, lines: Sequence[GoldLine], names: Names, fitted: Weights
) -> Iterator[Slots]:
    """Yield the examples of one text: first what the reader tells, then what it misses."""
    told = [one for one, _ in account.weighed(fitted)]
    page, open_lines = account.referents.page, list(lines)
    scene = account.scene(told)
    grounds, wares = Grounds(scene), Wares(scene)
    for at, one in enumerate(told):
        token = page.doc[one.draft.trigger]
        line = next(
            (g for g in open_lines if holds(g.claim, one.draft.type, token.idx, token.idx + len(token))),
            None,
        )
        if line is not None:
            open_lines.remove(line)
            yield _example(name, line.claim, grounds, wares, one, at, names)
    for claim, one in _missed(account, told, [line.claim for line in open_lines], names):
        yield _example(name, claim, grounds, wares, one, -1, names)


def _example(
    name: str, gold: Claim, grounds: Grounds, wares: Wares, one: Told, at: int, names: Names
) -> Slots:
    dates, spots = date_rows(grounds.scene, one, at), spot_rows(grounds, one, at)
    weighed = one.draft.type in PLACED and not one.draft.spoken
    items = tuple(item_rows(wares, one, at))
    return Slots(
        name,
        gold,
        one,
        at < 0,
        dates,
        tuple((when.edtf or None) == (gold.edtf or None) for when in dates.values),
        spots,
        tuple(is_right(gold, spot, names) for spot in spots.values),
        tuple(stance_signs(grounds.scene, one)) if weighed else (),
        items,
        tuple(any(names.same(item.party.name, name.name) for name in gold.items) for item in items),
        names,
    )


def is_right(gold: Claim, spot: Spot, names: Names) -> bool:
    """Tell whether town or region and state are gold's, also where gold has none."""
    if (gold.country or None) != (spot.country or None) or (gold.place is None) != (spot.place is None):
        return False
    return gold.place is None or spot.place is None or names.same_spot(gold.place.name, spot.place.name)


def _missed(
    account: Account, told: Sequence[Told], lines: Sequence[Claim], names: Names
) -> Iterator[tuple[Claim, Told]]:
    """Yield gold lines that are not told, each as it would be, were its trigger and its agents known."""
    found: dict[tuple[int, str], tuple[Claim, Told]] = {}
    known = {(one.draft.trigger, one.draft.type) for one in told}
    looks = list(events(account.telling)) if lines else []
    for claim in lines:
        fitting = [
            seen
            for seen, kind, _ in looks
            if holds(claim, kind, seen.token.idx, seen.token.idx + len(seen.token))
        ]
        if not fitting:
            continue
        kind = str(claim.type)
        seen = min(fitting, key=lambda one: (not account.telling.framed(one.token.i, kind), one.token.i))
        agents = tuple(
            one.party
            for one in seen.near
            if any(names.same(one.party.name, agent.name) for agent in claim.agents)
        )
        if (seen.token.i, kind) not in known:
            found.setdefault((seen.token.i, kind), (claim, account.told_of(seen.token, kind, agents)))
    whole = sorted(
        [*told, *(one for _, one in found.values())],
        key=lambda one: (one.draft.start, one.draft.end, one.draft.type),
    )
    for one in placed(account.referents.page, whole):
        held = found.get((one.draft.trigger, one.draft.type))
        if held is not None:
            yield held[0], one
