"""Score the claims of a set of texts: overall, by type, by family, by dyad, slot by slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kb.evaluation.figures import Counts, Figure, count, figures, total
from kb.evaluation.pairing import Paired, pair
from kb.evaluation.records import EVENTS, FEW, GROUPS, Claims, GoldSet
from kb.evaluation.tiers import Step, Tenth, calibration, confidence_steps, tier_steps
from kb.records import ClaimType

DRAWS: Final = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what was to be found, what was found, and the figures of the four levels."""

    name: str
    texts: int
    gold: int
    found: int
    figures: Mapping[str, Figure]

    @property
    def few(self) -> bool:
        """Say whether there are too few gold lines to hold the figures to a bar."""
        return self.gold < FEW


@dataclass(frozen=True, slots=True)
class SlotFigure:
    """How often a slot is right where the trigger matches and either side fills it."""

    right: int
    of: int

    @property
    def accuracy(self) -> float:
        """Return the share that is right."""
        return self.right / self.of


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of a run, and the pairings that they rest on."""

    groups: tuple[Row, ...]
    """events, eleven, standing."""
    slots: Mapping[str, Mapping[str, SlotFigure]]
    """By group, then by slot."""
    types: tuple[Row, ...]
    families: tuple[Row, ...]
    dyads: tuple[Row, ...]
    """Families and dyads over the twelve event types."""
    tiers: tuple[Step, ...]
    curve: tuple[Step, ...]
    calibration: tuple[Tenth, ...]
    """Tiers, curve and calibration over the eleven event types."""
    paired: Mapping[str, Mapping[str, Paired]]
    """By group, then by text."""


def evaluate(gold: GoldSet, claims: Claims, draws: int = DRAWS) -> Evaluation:
    """Return the figures of claims against gold; a text without a claim counts as missed."""
    paired = {name: pair_all(gold, claims, kinds) for name, kinds in GROUPS.items()}
    events = {doc: count(each, EVENTS) for doc, each in paired["events"].items()}
    by_type = [(kind, paired[name]) for name in ("events", "standing") for kind in GROUPS[name]]
    eleven = paired["eleven"]
    return Evaluation(
        groups=tuple(
            _row(name, {doc: count(each, GROUPS[name]) for doc, each in paired[name].items()}, draws)
            for name in GROUPS
        ),
        slots={name: _slot_figures(paired[name].values()) for name in GROUPS},
        types=tuple(
            _row(kind.value, {doc: count(each, (kind,)) for doc, each in texts.items()}, draws)
            for kind, texts in by_type
        ),
        families=_by({doc: text.family for doc, text in gold.texts.items()}, events, draws),
        dyads=_by({doc: text.dyad for doc, text in gold.texts.items()}, events, draws),
        tiers=tier_steps(gold, claims),
        curve=confidence_steps(gold, claims),
        calibration=calibration(eleven.values()),
        paired=paired,
    )


def pair_all(gold: GoldSet, claims: Claims, kinds: Sequence[ClaimType]) -> dict[str, Paired]:
    """Return the pairing of every text, for some types."""
    return {
        doc: pair(
            [line for line in text.gold if line.claim.type in kinds],
            [claim for claim in claims.get(doc, ()) if claim.type in kinds],
            gold.names,
        )
        for doc, text in gold.texts.items()
    }


def _row(name: str, by_text: Mapping[str, Counts], draws: int) -> Row:
    whole = total(by_text.values())
    return Row(name, len(by_text), whole.gold, whole.found, figures(by_text, draws))


def _by(label: Mapping[str, str], events: Mapping[str, Counts], draws: int) -> tuple[Row, ...]:
    members: defaultdict[str, dict[str, Counts]] = defaultdict(dict)
    for doc, counts in events.items():
        members[label[doc]][doc] = counts
    return tuple(_row(name, texts, draws) for name, texts in sorted(members.items()))


def _slot_figures(paired: Iterable[Paired]) -> dict[str, SlotFigure]:
    marks: defaultdict[str, list[bool]] = defaultdict(list)
    for text in paired:
        for each in text.pairs:
            for slot, right in each.agreement.slots.items():
                marks[slot].append(right)
    return {slot: SlotFigure(sum(found), len(found)) for slot, found in sorted(marks.items())}
