"""Compare two runs over the same gold: which claims appeared, vanished or changed, and what that did."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kb.evaluation.figures import SEED, Counts, count, figure, total
from kb.evaluation.levels import LEVELS, overlap
from kb.evaluation.pairing import assign
from kb.evaluation.records import GROUPS, Claims, GoldSet
from kb.evaluation.scoring import Evaluation
from kb.evaluation.verdicts import Judged, judge
from kb.records import Claim, Ref

COMPARED: Final = (
    "agents", "agent_states", "counterparts", "counterpart_states", "companions", "place", "facility",
    "country", "items", "office", "edtf", "modality", "polarity", "speaker", "via", "quote", "tier",
)  # fmt: skip
"""What makes two claims of one event differ."""
_REACHED: Final = {"spurious": 0, "core wrong": 1, "full wrong": 2, "row wrong": 3, "right": 4}
"""How many levels a verdict stands for."""

Judgements = dict[int, Judged]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that only one run has, or that the two runs put differently, or that was judged otherwise."""

    doc: str
    kind: str
    """appeared, vanished, changed, or judged otherwise."""
    before: Judged | None
    after: Judged | None
    slots: tuple[str, ...]
    """Those that changed."""

    @property
    def claim(self) -> Claim:
        """Return the claim as the later run has it, else as the earlier one had it."""
        judged = self.after or self.before
        assert judged and judged.found
        return judged.found

    def turn(self, level: str) -> str:
        """Return better, worse or same, at a level.

        A claim that reaches the level in the later run only is better, and so is one that vanished and did
        not reach it; the other way round it is worse.
        """
        was, now = _reaches(self.before, level), _reaches(self.after, level)
        if self.before is None or self.after is None:
            return "better" if was is False or now is True else "worse"
        return "same" if was == now else "better" if now else "worse"


def _reaches(judged: Judged | None, level: str) -> bool | None:
    return None if judged is None else _REACHED[judged.verdict] > LEVELS.index(level)


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of a group and level in both runs, and the interval of the difference over draws of texts."""

    group: str
    level: str
    before: float
    after: float
    interval: tuple[float, float] | None


def changes(
    gold: GoldSet, before: tuple[Claims, Evaluation], after: tuple[Claims, Evaluation]
) -> list[Change]:
    """Return all changes, text by text, in the order of the text."""
    first, second = _judgements(before[1]), _judgements(after[1])
    found = []
    for doc in gold.texts:
        of_text = _of_text(doc, _scored(before[0], doc), _scored(after[0], doc), first, second)
        found += sorted(of_text, key=lambda each: (each.claim.start, each.claim.type, each.kind))
    return found


def _scored(claims: Claims, doc: str) -> list[Claim]:
    kinds = {kind for group in GROUPS.values() for kind in group}
    return [claim for claim in claims.get(doc, ()) if claim.type in kinds]


def _judgements(evaluation: Evaluation) -> Judgements:
    """Return the judgement on each claim, by the identity of its record: equal claims may be judged apart."""
    return {id(each.found): each for each in judge(evaluation) if each.found}


def _of_text(
    doc: str, one: list[Claim], other: list[Claim], first: Judgements, second: Judgements
) -> Iterator[Change]:
    pairs = assign(len(one), len(other), lambda i, j: _likeness(one[i], other[j]))
    for i, j in pairs:
        slots = differing(one[i], other[j])
        before, after = first[id(one[i])], second[id(other[j])]
        if slots or before.verdict != after.verdict:
            yield Change(doc, "changed" if slots else "judged otherwise", before, after, slots)
    kept, new = {i for i, _ in pairs}, {j for _, j in pairs}
    gone = [first[id(claim)] for i, claim in enumerate(one) if i not in kept]
    come = [second[id(claim)] for j, claim in enumerate(other) if j not in new]
    yield from (Change(doc, "vanished", each, None, ()) for each in gone)
    yield from (Change(doc, "appeared", None, each, ()) for each in come)


def _likeness(one: Claim, other: Claim) -> float:
    """Return how surely two claims are of the same event in the same words; 0: they are not."""
    if one.type != other.type or overlap(one, other) * 2 < min(one.end - one.start, other.end - other.start):
        return 0.0
    return 1.0 + len(COMPARED) - len(differing(one, other)) + overlap(one, other) / 10_000


def differing(one: Claim, other: Claim) -> tuple[str, ...]:
    """Return the slots in which two claims differ; IRIs, order within a slot, confidence and rule aside."""

    def plain(value: object) -> object:
        if isinstance(value, tuple):
            return sorted(map(str, map(plain, value)))
        return value.name if isinstance(value, Ref) else value

    return tuple(slot for slot in COMPARED if plain(getattr(one, slot)) != plain(getattr(other, slot)))


def differences(before: Evaluation, after: Evaluation, draws: int) -> list[Difference]:
    """Return the change of F1 for every group and level; both runs are drawn with the same texts."""
    found = []
    for group, kinds in GROUPS.items():
        docs = sorted(before.paired[group])
        one = {doc: count(before.paired[group][doc], kinds) for doc in docs}
        other = {doc: count(after.paired[group][doc], kinds) for doc in docs}
        spread = _spread(one, other, docs, draws)
        whole = total(one.values()), total(other.values())
        for level in LEVELS:
            was, now = (figure(each, level).f1 for each in whole)
            found.append(Difference(group, level, was, now, spread.get(level)))
    return found


def _spread(
    one: Mapping[str, Counts], other: Mapping[str, Counts], docs: list[str], draws: int
) -> dict[str, tuple[float, float]]:
    if draws < 1 or len(docs) < 2:
        return {}
    chance = random.Random(SEED)
    moved: dict[str, list[float]] = {level: [] for level in LEVELS}
    for _ in range(draws):
        drawn = chance.choices(docs, k=len(docs))
        was, now = total(one[doc] for doc in drawn), total(other[doc] for doc in drawn)
        for level in LEVELS:
            moved[level].append(figure(now, level).f1 - figure(was, level).f1)
    low, high = int(0.025 * draws), int(0.975 * draws)
    return {level: (sorted(values)[low], sorted(values)[high]) for level, values in moved.items()}
