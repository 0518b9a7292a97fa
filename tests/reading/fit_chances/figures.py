"""What is to be expected of texts that nothing was fitted to: trigger and core F1, by the least chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kb.reading.accounts import NEAR
from kb.records import ClaimType
from tests.reading.fit_chances.cases import Cases
from tests.reading.fit_chances.growing import Tried

ELEVEN: Final = "eleven types"
LEAVE: Final = 0.004
"""Core F1 that may be left behind for telling more: what is unsure is marked so."""


Results = Sequence[tuple[Cases, Sequence[Tried]]]


def core_figures(texts: Results, least: float) -> str:
    """Return trigger and core F1 of the eleven types and of Statement, before repeats are merged."""
    told = []
    for spoken in (False, True):
        trigger, core, found, gold = _counts(texts, least, spoken)
        name = "Statement" if spoken else ELEVEN
        told.append(f"{name} trigger {_f1(trigger, found, gold):.3f} core {_f1(core, found, gold):.3f}")
    return ", ".join(told)


def sure_figures(texts: Results, least: float) -> str:
    """Return how right at the core what is surer than a chance is, and how much of gold that is."""
    told = []
    for spoken in (False, True):
        _, core, found, gold = _counts(texts, least, spoken)
        name = "Statement" if spoken else ELEVEN
        told.append(f"{name} P {core / max(found, 1):.3f} R {core / max(gold, 1):.3f} ({found})")
    return ", ".join(told)


def best_least(texts: Results, shares: Sequence[float]) -> dict[str, float]:
    """Return from which chance on an event is told: the least with nearly the best core F1."""

    def f1(share: float, spoken: bool) -> float:
        _, core, found, gold = _counts(texts, share, spoken)
        return _f1(core, found, gold)

    found = {}
    for name, spoken in (("", False), ("Statement", True)):
        each = {share: f1(share, spoken) for share in shares}
        found[name] = min(share for share in shares if each[share] >= max(each.values()) - LEAVE)
    return found


def chosen(text: Sequence[Tried], least: float) -> Iterator[Tried]:
    """Yield the likeliest event of those that a sentence tells with triggers near each other."""
    held: list[Tried] = []
    for one in sorted(text, key=lambda one: -one.chance):
        if one.chance < least:
            return
        near = any(
            other.case.type == one.case.type
            and other.case.sentence == one.case.sentence
            and (abs(other.case.token - one.case.token) < NEAR or _who(other) == _who(one))
            for other in held
        )
        if not near:
            held.append(one)
            yield one


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / max(found + gold, 1)


def _who(one: Tried) -> frozenset[str]:
    return one.option.names


def _counts(texts: Results, least: float, spoken: bool) -> tuple[int, int, int, int]:
    trigger = core = found = gold = 0
    for text, all_tried in texts:
        kinds = [one for one in all_tried if (one.case.type == "Statement") == spoken]
        used: set[int] = set()
        for one in chosen(kinds, least):
            found += 1
            line = one.line
            is_core = line is not None and id(line) not in used
            line = line if is_core else next((g for g in one.case.gold if id(g) not in used), None)
            core += is_core
            trigger += line is not None
            used |= {id(line)} if line is not None else set()
        lines = [line for line in text.gold if (line.claim.type is ClaimType.STATEMENT) == spoken]
        gold += sum(not line.optional or id(line) in used for line in lines)
    return trigger, core, found, gold
