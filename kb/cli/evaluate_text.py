"""The tables of an evaluation and of a comparison, for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from kb.cli.grid import grid
from kb.evaluation.comparing import Change, Difference
from kb.evaluation.figures import Figure
from kb.evaluation.levels import LEVELS
from kb.evaluation.records import FEW, GROUP_NAMES, GoldSet, shown
from kb.evaluation.scoring import Evaluation, Row
from kb.records import Claim


def evaluation_text(found: Evaluation, gold: GoldSet, source: str) -> str:
    """Return every table of an evaluation, each under a line that says what it is."""
    aliases = f"; aliases: {', '.join(gold.aliases)}" if gold.aliases else ""
    parts = [
        f"{len(gold.texts)} texts; claims: {source}{aliases}",
        _titled("Found (precision, recall, F1 and its 95 % interval over texts)", _groups(found.groups)),
        _titled("By type (F1)", _rows("type", [row for row in found.types if row.gold or row.found], True)),
        _titled("By family (F1, twelve event types)", _rows("family", found.families)),
        _titled("By dyad (F1, twelve event types)", _rows("dyad", found.dyads)),
        _titled("Slots (share right where the trigger matches, of how many)", _slots(found)),
        _titled("Tiers (core, eleven types)", _steps("kept", found)),
        _titled("By confidence (core, eleven types)", _steps("from", found)),
        _titled("Calibration (eleven types)", _calibration(found)),
    ]
    return "\n\n".join(parts)


def _titled(title: str, table: str) -> str:
    return f"{title}\n{table}"


def _groups(rows: Iterable[Row]) -> str:
    heads = ("what", "gold", "found", "level", "P", "R", "F1", "interval")
    cells = []
    for row in rows:
        for level in LEVELS:
            first = level == LEVELS[0]
            head = (GROUP_NAMES[row.name], str(row.gold), str(row.found)) if first else ("", "", "")
            figure = row.figures[level]
            values = (_share(figure.precision), _share(figure.recall), _share(figure.f1), _interval(figure))
            cells.append((*head, level, *values))
    return grid(heads, cells)


def _rows(name: str, rows: Sequence[Row], types: bool = False) -> str:
    heads = (name, "texts", "gold", "found", *LEVELS, "core interval", *(["bar"] if types else []))
    cells = []
    for row in rows:
        figures = [_share(row.figures[level].f1) for level in LEVELS]
        bar = [f"too few (below {FEW})" if row.few else ""] if types else []
        head = (row.name, str(row.texts), str(row.gold), str(row.found))
        cells.append((*head, *figures, _interval(row.figures["core"]), *bar))
    return grid(heads, cells)


def _slots(found: Evaluation) -> str:
    names = sorted({name for slots in found.slots.values() for name in slots})

    def cell(group: str, name: str) -> str:
        slot = found.slots[group].get(name)
        return f"{_share(slot.accuracy)} of {slot.of}" if slot else ""

    return grid(
        ("slot", *(GROUP_NAMES[group] for group in found.slots)),
        [(name, *(cell(group, name) for group in found.slots)) for name in names],
    )


def _steps(head: str, found: Evaluation) -> str:
    steps = found.tiers if head == "kept" else found.curve
    rows = [
        (step.name, str(step.found), _share(step.core.precision), _share(step.core.recall)) for step in steps
    ]
    return grid((head, "claims", "precision", "recall"), rows)


def _calibration(found: Evaluation) -> str:
    rows = [
        (f"{each.low:.1f}–{each.low + 0.1:.1f}", str(each.found), _share(each.confidence), _share(each.core),
         _share(each.full))
        for each in found.calibration
    ]  # fmt: skip
    return grid(("confidence", "claims", "mean", "core right", "full right"), rows)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _interval(figure: Figure) -> str:
    return f"{figure.interval[0]:.3f}–{figure.interval[1]:.3f}" if figure.interval else ""


def comparison_text(differences: Sequence[Difference], changes: Sequence[Change], level: str) -> str:
    """Return what two runs differ in: figures, then claims, the worse ones first."""
    parts = [
        _titled("F1 before and after (and the 95 % interval of the difference)", _differences(differences))
    ]
    parts.append(_titled(f"{len(changes)} claims differ", _turns(changes)))
    for turn in ("worse", "better", "same"):
        chosen = [each for each in changes if each.turn(level) == turn]
        if chosen:
            title = f"{turn.capitalize()} at the level {level}"
            parts.append("\n".join([title, *(change_text(each) for each in chosen)]))
    return "\n\n".join(parts)


def _turns(changes: Sequence[Change]) -> str:
    """Return how many changed claims turned right or wrong at each level."""
    rows = []
    for level in LEVELS:
        counts = Counter(each.turn(level) for each in changes)
        rows.append((level, *(str(counts[turn]) for turn in ("better", "worse", "same"))))
    return grid(("level", "better", "worse", "same"), rows)


def _differences(differences: Sequence[Difference]) -> str:
    rows = []
    for each in differences:
        low_high = f"{each.interval[0]:+.3f} to {each.interval[1]:+.3f}" if each.interval else ""
        change = f"{each.after - each.before:+.3f}"
        rows.append(
            (GROUP_NAMES[each.group], each.level, _share(each.before), _share(each.after), change, low_high)
        )
    return grid(("what", "level", "before", "after", "change", "interval"), rows)


def change_text(change: Change) -> str:
    """Return a change as one line, and a line for each slot that changed or is wrong."""
    claim = change.claim
    verdicts = " → ".join(each.verdict if each else "–" for each in (change.before, change.after))
    lines = [
        f"  {change.doc} {claim.start}–{claim.end} {claim.type}: {change.kind} ({verdicts}) “{claim.quote}”"
    ]
    old = change.before.found if change.before else None
    if old:
        lines += [f"      {slot}: {_filler(old, slot)} → {_filler(claim, slot)}" for slot in change.slots]
    judged = change.after or change.before
    if judged and judged.gold and judged.verdict != "right":
        filled = [slot for slot in judged.differs if shown(judged.gold.claim, slot)]
        lines += [f"      gold {slot}: {shown(judged.gold.claim, slot)}" for slot in filled]
    return "\n".join(lines)


def _filler(claim: Claim, slot: str) -> str:
    return shown(claim, slot) or "–"
