"""An evaluation as plain values for JSON. Keys are added in later versions, never renamed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.claims import to_json
from kb.evaluation.comparing import Change, Difference
from kb.evaluation.figures import Figure
from kb.evaluation.floors import Held, measures
from kb.evaluation.levels import LEVELS
from kb.evaluation.records import GoldLine, GoldSet
from kb.evaluation.scoring import Evaluation, Row
from kb.evaluation.tiers import Step
from kb.evaluation.verdicts import Judged

Json = dict[str, object]


def evaluation_json(evaluation: Evaluation, gold: GoldSet, source: str, held: Sequence[Held]) -> Json:
    """Return all figures, rounded to six places; ``source`` says where the claims are from."""
    return {
        "claims": source,
        "texts": len(gold.texts),
        "aliases": list(gold.aliases),
        "groups": [_row(row) for row in evaluation.groups],
        "slots": {
            group: {name: {"accuracy": _round(slot.accuracy), "of": slot.of} for name, slot in slots.items()}
            for group, slots in evaluation.slots.items()
        },
        "types": [_row(row) | {"too_few": row.few} for row in evaluation.types],
        "families": [_row(row) for row in evaluation.families],
        "dyads": [_row(row) for row in evaluation.dyads],
        "tiers": [_step(step) for step in evaluation.tiers],
        "confidence": [_step(step) for step in evaluation.curve],
        "calibration": [
            {
                "from": tenth.low,
                "found": tenth.found,
                "confidence": _round(tenth.confidence),
                "core": _round(tenth.core),
                "full": _round(tenth.full),
            }
            for tenth in evaluation.calibration
        ],
        "measures": {name: _round(value) for name, (value, _, _) in measures(evaluation).items()},
        "floors": [
            {
                "name": each.floor.name,
                "least": each.floor.least,
                "value": _round(each.value),
                "missed": each.missed,
                "too_few": each.too_few,
            }
            for each in held
        ],
    }


def errors_json(judged: Iterable[Judged]) -> list[Json]:
    """Return what is not right in every slot: missed, spurious, and pairs with the slots that differ."""
    return [
        {
            "doc": each.doc,
            "verdict": each.verdict,
            "type": each.type.value,
            "differs": list(each.differs),
            "gold": gold_json(each.gold) if each.gold else None,
            "found": to_json(each.found) if each.found else None,
        }
        for each in judged
        if each.verdict not in ("right", "left out")
    ]


def gold_json(line: GoldLine) -> Json:
    """Return a gold line under its own keys."""
    own = {"optional": line.optional, "note": line.note}
    full = to_json(line.claim, line.n) | own
    keys = list(full)
    return {key: full[key] for key in keys[: keys.index("note") + 1]}


def _round(value: float) -> float:
    return round(value, 6)


def figure_json(figure: Figure) -> Json:
    """Return precision, recall, F1 and the interval where there is one."""
    found: Json = {"p": _round(figure.precision), "r": _round(figure.recall), "f1": _round(figure.f1)}
    return found | ({"interval": [_round(each) for each in figure.interval]} if figure.interval else {})


def _row(row: Row) -> Json:
    head: Json = {"name": row.name, "texts": row.texts, "gold": row.gold, "found": row.found}
    return head | {level: figure_json(figure) for level, figure in row.figures.items()}


def _step(step: Step) -> Json:
    return {"keep": step.name, "found": step.found, "core": figure_json(step.core)}


def difference_json(difference: Difference) -> Json:
    """Return how far a figure moved between two runs."""
    interval = [_round(each) for each in difference.interval] if difference.interval else None
    return {
        "group": difference.group,
        "level": difference.level,
        "before": _round(difference.before),
        "after": _round(difference.after),
        "interval": interval,
    }


def change_json(change: Change) -> Json:
    """Return a claim in which two runs differ, as either has it, each with the gold line of its pair."""

    def side(judged: Judged | None) -> Json | None:
        if judged is None or judged.found is None:
            return None
        line = gold_json(judged.gold) if judged.gold else None
        return {"verdict": judged.verdict, "claim": to_json(judged.found), "gold": line}

    return {
        "doc": change.doc,
        "type": change.claim.type.value,
        "kind": change.kind,
        "turns": {level: change.turn(level) for level in LEVELS},
        "slots": list(change.slots),
        "before": side(change.before),
        "after": side(change.after),
    }
