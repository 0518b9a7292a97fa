"""A measured figure with its bar, and how a list of them is shown."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. It is missed where ``value`` is on the wrong side of ``bar``."""

    name: str
    value: float
    unit: str
    """"x" for a ratio of rates (more is better), "ms" for a time (less is better)."""
    bar: float | None = None
    aim: float | None = None
    ours: str = ""
    theirs: str = ""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether the bar is missed; a figure without one never is."""
        if self.bar is None:
            return False
        return self.value < self.bar if self.unit == "x" else self.value > self.bar


def ratio(
    name: str,
    ours: Sequence[float],
    theirs: Sequence[float],
    bar: float | None,
    aim: float | None,
    note: str = "",
) -> Figure:
    """Return the ratio of the medians of two series of rates (answers a second), with their spreads."""
    value = statistics.median(ours) / statistics.median(theirs)
    return Figure(name, value, "x", bar, aim, spread(ours), spread(theirs), note)


def spread(rates: Sequence[float]) -> str:
    """Return a series as its median with the least and the greatest."""
    return f"{_short(statistics.median(rates))}/s ({_short(min(rates))}–{_short(max(rates))})"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def as_table(figures: Sequence[Figure]) -> str:
    """Return figures as a Markdown table."""
    lines = ["| what | value | bar | aim | ours | the other | |", "|---|---:|---:|---:|---|---|---|"]
    for each in figures:
        bar, aim = (_with_unit(number, each.unit) for number in (each.bar, each.aim))
        note = ("**missed** " if each.missed else "") + each.note
        value = _with_unit(each.value, each.unit)
        lines.append(f"| {each.name} | {value} | {bar} | {aim} | {each.ours} | {each.theirs} | {note} |")
    return "\n".join(lines)


def as_json(figures: Sequence[Figure], about: dict[str, object]) -> str:
    """Return figures, and what is told about the run, as JSON."""
    found = [{**asdict(each), "missed": each.missed} for each in figures]
    return json.dumps({**about, "figures": found}, ensure_ascii=False, indent=2)


def _with_unit(number: float | None, unit: str) -> str:
    if number is None:
        return ""
    return f"{number:.2f}" if unit == "x" else f"{number:.0f} {unit}"
