"""Floors under figures, for continuous integration: ``core=.60``, ``eleven.row=.40``, ``slot.edtf=.85``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kb.errors import BadInput
from kb.evaluation.figures import Figure
from kb.evaluation.levels import ALL_SLOTS, LEVELS
from kb.evaluation.records import FEW, GROUPS
from kb.evaluation.scoring import Evaluation

SUFFIXES: Final = ("", ".p", ".r")
"""F1, precision, recall."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A figure's name and the least that it may be."""

    name: str
    least: float


@dataclass(frozen=True, slots=True)
class Held:
    """What a floor found."""

    floor: Floor
    value: float
    of: int
    """The gold lines, or for a slot the matches, that the figure rests on."""
    is_type: bool

    @property
    def too_few(self) -> bool:
        """Say whether this is a type with too few gold lines for a bar."""
        return self.is_type and self.of < FEW

    @property
    def missed(self) -> bool:
        """Say whether the figure lies below its floor."""
        return not self.too_few and self.value < self.floor.least

    def __str__(self) -> str:
        name, value, least = self.floor.name, self.value, self.floor.least
        if self.too_few:
            return f"{name} is {value:.4f} of {self.of} gold lines, too few for a floor (below {FEW})"
        if self.missed:
            return f"{name} is {value:.4f}, {least - value:.4f} below its floor {least:g}"
        return f"{name} is {value:.4f}, at or above its floor {least:g}"


def parse_floors(words: Iterable[str]) -> list[Floor]:
    """Return the floors that NAME=VALUE words give.

    Raises BadInput for another form, a value that is no share, and a name that no figure has.
    """
    floors = []
    for word in words:
        name, _, value = word.partition("=")
        try:
            least = float(value)
        except ValueError:
            least = -1.0
        if not 0 <= least <= 1:
            repair = "Write NAME=VALUE with a value from 0 to 1, such as core=.60"
            raise BadInput(f"{word!r} is no floor", place="--min", repair=repair)
        floors.append(Floor(name.strip(), least))
    known = _names()
    for floor in floors:
        if floor.name not in known:
            near = difflib.get_close_matches(floor.name, known, 3) or ["core", "eleven.core", "slot.edtf"]
            repair = f"Such as {', '.join(near)}; --format json lists all under 'measures'"
            raise BadInput(f"no figure is called {floor.name!r}", place="--min", repair=repair)
    return floors


def _names() -> list[str]:
    """Return the name of every figure that ``measures`` gives."""
    groups = ["", "eleven.", "standing."]
    kinds = [f"{kind.value}." for kind in (*GROUPS["events"], *GROUPS["standing"])]
    levels = [f"{before}{level}" for before in (*groups, *kinds) for level in LEVELS]
    figures = [f"{name}{suffix}" for name in (*levels, "accepted.core") for suffix in SUFFIXES]
    return figures + [f"{before}slot.{slot}" for before in groups for slot in ALL_SLOTS]


def hold(evaluation: Evaluation, floors: Sequence[Floor]) -> list[Held]:
    """Return what each floor found."""
    known = measures(evaluation)
    return [Held(floor, *known[floor.name]) for floor in floors]


def measures(evaluation: Evaluation) -> dict[str, tuple[float, int, bool]]:
    """Return every figure by name: its value, how many lines it rests on, whether it is that of a type.

    ``LEVEL`` and ``slot.NAME`` are over the twelve event types; ``eleven.``, ``standing.`` or a type's name
    goes before; ``.p`` and ``.r`` behind a level are precision and recall, F1 where neither stands. A slot
    that no match fills is 0.
    """
    found: dict[str, tuple[float, int, bool]] = {}

    def put(name: str, figure: Figure, of: int, is_type: bool = False) -> None:
        for suffix, value in zip(SUFFIXES, (figure.f1, figure.precision, figure.recall), strict=True):
            found[name + suffix] = (value, of, is_type)

    for row in evaluation.groups:
        before = "" if row.name == "events" else f"{row.name}."
        for level, figure in row.figures.items():
            put(before + level, figure, row.gold)
        for slot in ALL_SLOTS:
            got = evaluation.slots[row.name].get(slot)
            found[f"{before}slot.{slot}"] = (got.accuracy, got.of, False) if got else (0.0, 0, False)
    for row in evaluation.types:
        for level, figure in row.figures.items():
            put(f"{row.name}.{level}", figure, row.gold, True)
    accepted = evaluation.tiers[0]
    put("accepted.core", accepted.core, accepted.found)
    return found
