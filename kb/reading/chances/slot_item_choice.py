"""Choose which of the names that an event's items may have are told: one for each noun, the likely ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kb.reading.chances.forest import Forest
from kb.reading.chances.slot_items import TYPES, Item, items
from kb.reading.chances.slot_wares import Wares
from kb.reading.merge import Told
from kb.reading.model import Party

_LEAST: Final = 0.1
"""Chance that an event's likeliest item must have."""
_MANY: Final = 20
"""Items of a list that is too long to be weighed: rules read it, or nothing does."""
_MORE: Final = 0.5
"""Chance that a further item must have."""


def item_rows(wares: Wares, one: Told, at: int) -> list[Item]:
    """Return the names of items that an event may have; none for one that keeps the rules'.

    That is a type of which they are not weighed, and a long list. ``at``: its place among the events of the
    scene, -1 for one that is not there.
    """
    weighed = one.draft.type in TYPES and len(one.draft.parties("items")) <= _MANY
    return items(wares, one, at) if weighed else []


def likeliest_items(
    trees: Forest, told: Sequence[Told], found: Sequence[Sequence[Item]]
) -> list[tuple[Party, ...]]:
    """Return each event's items: the likeliest and those that are likely beside it.

    ``found``: what each may have. The rules' items stand where nothing else is likelier than any of them.
    """
    asked = [item.figures for held in found for item in held]
    shares = trees.chances(asked).tolist() if asked else []
    chosen, begun = [], 0
    for one, held in zip(told, found, strict=True):
        own = shares[begun : begun + len(held)]
        chosen.append(_chosen(one.draft.parties("items"), held, own) if held else one.draft.parties("items"))
        begun += len(held)
    return chosen


def _chosen(rules: tuple[Party, ...], held: Sequence[Item], shares: Sequence[float]) -> tuple[Party, ...]:
    names = {party.name for party in rules}
    best: dict[int, tuple[float, Item]] = {}
    for item, share in zip(held, shares, strict=True):
        if item.head not in best or share > best[item.head][0]:
            best[item.head] = share, item
    by_rule = [share for item, share in zip(held, shares, strict=True) if item.party.name in names]
    others = [share for share, item in best.values() if item.party.name not in names]
    if by_rule and min(by_rule) >= max([_LEAST, *others]):
        return rules
    first, *more = sorted(best.values(), key=lambda one: (-one[0], one[1].head))
    if first[0] < _LEAST:
        return ()
    told = {first[1].party.name: first[1].party}
    for share, item in more:
        if share >= _MORE:
            told.setdefault(item.party.name, item.party)
    return tuple(told.values())
